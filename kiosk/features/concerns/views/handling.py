"""One concern: opened, read, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk.features.concerns import queries, services
from kiosk.features.concerns.board import CONCEPTS
from kiosk.features.concerns.forms import CLOSINGS, CloseForm, NoteForm, SeenForm, UnlockForm, WrittenForm
from kiosk.features.concerns.models import Concern, ConcernEvent
from kiosk.features.concerns.queries import Listed
from kiosk.features.concerns.reading import entries_of, find_told
from kiosk.features.concerns.session import Unlocked, find_unlocked
from kiosk.features.concerns.told import Note
from kiosk.features.concerns.types import EventKind, Said, State
from kiosk.features.concerns.views.blueprint import blueprint
from kiosk.features.concerns.views.desk import Answer, frame, locked_page, unlocked_with
from kiosk.features.people.models import Staff
from kiosk.features.people.queries import passports_of
from kiosk.features.people.session import staff_here
from kiosk.features.people.wording import lines_of
from kiosk.web.access import Access, access
from kiosk.web.display import LANGUAGES
from kiosk.web.passages import note_named_symbols
from kiosk.web.rendering import page
from kiosk.web.requests import keep_what_was_written


@blueprint.post("/desk/concerns/<concern_id>/open")
@access(Access.READER)
def open_concern(concern_id: str) -> Answer:
    """Open a concern: it is written down who did."""
    return _do(services.open_concern, concern_id)


@blueprint.get("/desk/concerns/<concern_id>")
@access(Access.READER)
def concern(concern_id: str) -> Answer:
    """One concern, word for word; only after it was opened at this desk."""
    listed, events = _get(concern_id)
    unlocked = find_unlocked()
    if unlocked is None or not queries.was_opened_since(concern_id, staff_here(), unlocked.opened_at):
        return redirect(url_for("concerns.desk"), 303)
    return _show(listed, events, unlocked)


@blueprint.post("/desk/concerns/<concern_id>/acknowledge")
@access(Access.READER)
def acknowledge(concern_id: str) -> Answer:
    """“I have this.”"""
    return _do(services.acknowledge, concern_id)


@blueprint.post("/desk/concerns/<concern_id>/notes")
@access(Access.READER)
def write_note(concern_id: str) -> Answer:
    """Add what was done."""
    return _write(services.write_note, concern_id, NoteForm())


@blueprint.post("/desk/concerns/<concern_id>/seen")
@access(Access.READER)
def mark_seen(concern_id: str) -> Answer:
    """Write down that somebody has seen the child."""
    return _write(services.mark_seen, concern_id, SeenForm())


@blueprint.post("/desk/concerns/<concern_id>/close")
@access(Access.READER)
def close(concern_id: str) -> Answer:
    """Close a concern with a reason."""
    return _write(services.close, concern_id, CloseForm(), to_the_list=True)


@blueprint.post("/desk/concerns/<concern_id>/reopen")
@access(Access.READER)
def reopen(concern_id: str) -> Answer:
    """Take a closed concern up again."""
    return _do(services.reopen, concern_id)


def _do(act: Callable[[Concern, Staff], None], concern_id: str) -> Answer:
    """Something that takes no words, at a desk that is open."""
    concern = _get(concern_id)[0].concern
    if find_unlocked() is None:
        return redirect(url_for("concerns.desk"), 303)
    act(concern, staff_here())
    return _to(concern)


def _write(
    keep: Callable[[Concern, Staff, Note], None], concern_id: str, form: WrittenForm, *, to_the_list: bool = False
) -> Answer:
    """Something in words: they come back where they are not yet enough, or where the desk locked itself meanwhile."""
    listed, events = _get(concern_id)
    unlock_form = UnlockForm()
    unlocked = _unlocked(unlock_form)
    if unlocked is None:
        return _locked(unlock_form)
    if not form.validate():
        _note_reading(listed.concern, unlocked)
        return _show(listed, events, unlocked, form), 422
    keep(listed.concern, staff_here(), form.note)
    return redirect(url_for("concerns.desk"), 303) if to_the_list else _to(listed.concern)


def _get(concern_id: str) -> tuple[Listed, list[ConcernEvent]]:
    """A concern that this reader may open; to everybody else there is none."""
    found = queries.find_listed(staff_here(), concern_id) if concern_id.isalnum() else None
    return found or abort(404)


def _to(concern: Concern) -> Response:
    return redirect(url_for("concerns.concern", concern_id=concern.id), 303)


def _unlocked(form: UnlockForm) -> Unlocked | None:
    """The desk that is open here, or that the passphrase in this very form opens."""
    unlocked = find_unlocked()
    if unlocked is None and request.form.get("passphrase") and unlocked_with(form):
        return find_unlocked()
    return unlocked


def _locked(form: UnlockForm) -> tuple[str, int]:
    """The desk locked itself meanwhile: what was written is kept in the page and goes on with the passphrase."""
    dropped = {"csrf_token", "passphrase"}
    kept = {name: value for name, value in request.form.items() if name not in dropped}
    return locked_page(form, kept), 422


def _note_reading(concern: Concern, unlocked: Unlocked) -> None:
    """A form that comes back shows the concern too: nobody reads one without its being written down."""
    if not queries.was_opened_since(concern.id, staff_here(), unlocked.opened_at):
        services.open_concern(concern, staff_here())
        keep_what_was_written()


def _show(
    listed: Listed, events: list[ConcernEvent], unlocked: Unlocked, sent_back: WrittenForm | None = None
) -> str:
    note_named_symbols("tell")
    names = queries.names_of({one.staff_id for one in events})
    told = find_told(unlocked.private_key, listed.concern)
    forms = {
        kind: sent_back if isinstance(sent_back, kind) else kind(formdata=None)
        for kind in (NoteForm, SeenForm, CloseForm)
    }
    return page(
        "concerns/concern.html",
        listed=listed,
        concern=listed.concern,
        told=told,
        passports=passports_of({told.who.pupil_id, told.signed_in.pupil_id} - {""}) if told else [],
        lines_of=lines_of,
        entries=entries_of(unlocked.private_key, listed.concern, events, names),
        names=names,
        known=CONCEPTS,
        closings={one.value: text for one, text in CLOSINGS.items()},
        tongues=LANGUAGES,
        note_form=forms[NoteForm],
        seen_form=forms[SeenForm],
        close_form=forms[CloseForm],
        EventKind=EventKind,
        Said=Said,
        State=State,
        **frame(),
    )
