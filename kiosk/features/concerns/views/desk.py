"""The readers' desk: locked it is a nameless page with a number; unlocked, the list."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from flask import abort, jsonify, make_response, redirect, request, session, url_for
from flask_babel import format_timedelta, ngettext
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.core import outbox
from kiosk.core.clock import now
from kiosk.core.mail import settings_in_use
from kiosk.features.concerns import keys, queries, services
from kiosk.features.concerns.board import NEWEST
from kiosk.features.concerns.forms import UnlockForm
from kiosk.features.concerns.reading import find_told
from kiosk.features.concerns.session import Unlocked, find_unlocked, lock_here, open_here
from kiosk.features.concerns.types import ALERT, State
from kiosk.features.concerns.views.blueprint import blueprint
from kiosk.features.people.models import Staff
from kiosk.features.people.queries import find_who_is_in
from kiosk.features.people.rules import grants_of
from kiosk.features.people.session import staff_here
from kiosk.web.access import Access, access
from kiosk.web.passages import note_named_symbols
from kiosk.web.rendering import page
from kiosk.web.requests import keep_what_was_written, let_others_write

Answer = str | tuple[str, int] | Response


@blueprint.get("/desk")
@access(Access.READER)
def desk() -> Answer:
    """The desk of the reader who is here."""
    unlocked = find_unlocked()
    if unlocked is None:
        return locked_page(UnlockForm())
    return page("concerns/desk.html", done=False, **_list(unlocked, done=False), **frame())


@blueprint.get("/desk/done")
@access(Access.READER)
def done() -> Answer:
    """The concerns that are closed, newest first."""
    unlocked = find_unlocked()
    if unlocked is None:
        return redirect(url_for("concerns.desk"), 303)
    return page("concerns/desk.html", done=True, **_list(unlocked, done=True), **frame())


@blueprint.post("/desk/unlock")
@access(Access.READER)
def unlock() -> Answer:
    """Unlock the desk with its passphrase."""
    form = UnlockForm()
    if not unlocked_with(form):
        return locked_page(form), 422
    return redirect(url_for("concerns.desk"), 303)


@blueprint.post("/desk/lock")
@access(Access.READER)
def lock() -> Response:
    """Lock the desk now."""
    services.lock_desk(current_user.who.sign_in)
    lock_here()
    return redirect(url_for("concerns.desk"), 303)


@blueprint.get("/desk/touch")
@access(Access.READER)
def touch() -> tuple[str, int]:
    """Somebody is at the desk, writing; the cookie notes it."""
    return ("", 204) if find_unlocked() else ("", 409)


@blueprint.get("/desk/poll")
@access(Access.ANYONE, is_poll=True)
def poll() -> Response:
    """How many wait. A reader who left the desk alone is still told, until their sign-in ends."""
    staff = _whose_desk()
    waiting = queries.waiting_for(staff)
    answer = {
        "waiting": waiting.new,
        "told": waiting.told,
        "version": waiting.version,
        "text": waiting_text(waiting),
        "title": desk_title(waiting),
        "locked": find_unlocked() is None,
        "here": bool(current_user.is_authenticated),
    }
    response = make_response(answer)
    response.set_etag(sha256(response.get_data()).hexdigest()[:20])
    return response.make_conditional(request)


@blueprint.get("/desk/rows")
@access(Access.READER, is_poll=True)
def rows() -> Answer:
    """The list anew, for the page that shows it."""
    unlocked = find_unlocked()
    if unlocked is None:
        return "", 409
    return jsonify(html=page("concerns/rows.html", done=False, **_list(unlocked, done=False)))


def _whose_desk() -> Staff:
    """The reader whose sign-in this device holds, touched lately or not."""
    who = find_who_is_in(str(session.get("_user_id", "")))
    if who is None:
        abort(401)
    if who.staff is None or Access.READER not in grants_of(who.staff.roles):
        abort(403)
    return who.staff


def unlocked_with(form: UnlockForm) -> bool:
    """Try the passphrase in the form; where it does not fit, the form says why."""
    if not form.validate():
        return False
    keep_what_was_written()
    try:
        sealed = services.get_sealed_key(staff_here())
        let_others_write()
        private_key = keys.unlock(sealed, form.passphrase.data or "")
        open_here(services.open_desk(staff_here(), current_user.who.sign_in, private_key))
        return True
    except services.HasNoKeyError:
        form.passphrase.errors = [_("You have not chosen a desk passphrase yet. Ask for your link.")]
    except services.WaitError as wait:
        form.passphrase.errors = [
            ngettext(
                "Too many tries. Wait %(num)s minute, then try again.",
                "Too many tries. Wait %(num)s minutes, then try again.",
                wait.minutes,
            )
        ]
    except keys.WrongPassphrase:
        services.note_wrong_passphrase(staff_here())
        form.passphrase.errors = [_("This is not your desk passphrase. Try again.")]
    return False


def locked_page(form: UnlockForm, kept: Mapping[str, str] | None = None) -> str:
    """The nameless page. `kept`: what was being written when the desk locked itself, to go on with."""
    return page(
        "concerns/locked.html",
        form=form,
        kept=kept or {},
        action=request.path if kept else url_for("concerns.unlock"),
        has_key=queries.find_reader_key(staff_here()) is not None,
        **frame(),
    )


def frame() -> dict[str, object]:
    """What every page of the desk shows around its own: how it stands, and what is failing."""
    waiting = queries.waiting_for(staff_here())
    return {
        "waiting": waiting,
        "waiting_text": waiting_text(waiting),
        "desk_title": desk_title(waiting),
        "notes": _notes(),
        "idle_seconds": settings_in_use().desk_idle_minutes * 60,
    }


def _notes() -> list[tuple[str, str]]:
    """What a reader should know of the desk itself: does mail go out, can children send."""
    mail, missing, words = outbox.health(ALERT), queries.tell_is_live().missing, queries.approved_edition()
    if mail.failing:
        failing = _("Mail is failing: %(number)s not sent. Tell the technician.", number=mail.failing)
        notes = [("late", f"{failing} {mail.last_error or ''}".strip())]
    elif mail.waiting:
        notes = [("done", _("Mail: %(number)s on its way", number=mail.waiting))]
    else:
        notes = [("done", _("Mail: all sent"))]
    if "readers" in missing:
        notes.append(("late", _("Children cannot send: two readers must have chosen a desk passphrase.")))
    if "recovery-key" in missing:
        notes.append(("late", _("Children cannot send: there is no recovery key yet.")))
    if words < NEWEST:
        notes.append(("late", _("The words and symbols for telling wait for your approval.")))
    return notes


def desk_title(waiting: queries.Waiting) -> str:
    """The title of the page, with the number that waits."""
    title = str(_("Safeguarding desk"))
    return f"({waiting.new}) {title}" if waiting.new else title


def waiting_text(waiting: queries.Waiting) -> str:
    """How many wait and for how long, in a sentence."""
    if not waiting.new or waiting.since is None:
        return str(_("Nothing is waiting."))
    number = ngettext("%(num)s concern is waiting.", "%(num)s concerns are waiting.", waiting.new)
    long = format_timedelta(now() - waiting.since, granularity="minute")
    asks = [_("Somebody wants a grown-up to come.")] if waiting.wants_somebody_to_come else []
    return " ".join([number, _("The oldest has waited for %(long)s.", long=long), *asks])


def _list(unlocked: Unlocked, *, done: bool) -> dict[str, object]:
    """The list by groups, each concern opened for its row."""
    staff = staff_here()
    note_named_symbols("tell")
    listed = queries.concerns_for(staff, done=done)
    people = {one.staff_id for each in listed for one in each.standing.everybody}
    told = [(one, find_told(unlocked.private_key, one.concern)) for one in listed]
    groups = {state: [pair for pair in told if pair[0].standing.state is state] for state in State}
    return {"groups": groups, "names": queries.names_of(people), "State": State}
