"""Where a reader chooses their desk passphrase and the head makes the recovery key, from one-time links."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kiosk.features.concerns import queries, services
from kiosk.features.concerns.forms import PassphraseForm
from kiosk.features.concerns.passphrases import suggest_passphrase
from kiosk.features.concerns.sealing import PublicKey
from kiosk.features.concerns.views.blueprint import blueprint
from kiosk.features.people.models import OneTimeLink, Staff
from kiosk.features.people.queries import find_link, find_staff
from kiosk.features.people.services import use_link
from kiosk.features.people.session import school_here
from kiosk.features.people.types import LinkFor
from kiosk.web.access import Access, access
from kiosk.web.rendering import page

Answer = str | tuple[str, int] | Response


@blueprint.get("/desk/enrol/<token>")
@access(Access.ANYONE)
def choose_passphrase(token: str) -> Answer:
    """A reader chooses their desk passphrase."""
    found = _find(token, LinkFor.DESK)
    if found is None:
        return _used()
    return _enrol_page(found[1], PassphraseForm())


@blueprint.post("/desk/enrol/<token>")
@access(Access.ANYONE)
def keep_passphrase(token: str) -> Answer:
    """Make the reader's key under their passphrase."""
    found = _find(token, LinkFor.DESK)
    if found is None:
        return _used()
    link, staff = found
    form = PassphraseForm(names=(staff.name, school_here().name))
    if not form.validate():
        return _enrol_page(staff, form), 422
    services.enrol_reader(staff, form.passphrase.data or "")
    use_link(link)
    flash(_("Your desk passphrase is set. Sign in, then unlock the desk with it."))
    return redirect(url_for("people.staff_sign_in"), 303)


@blueprint.get("/desk/recovery/<token>")
@access(Access.ANYONE)
def make_recovery_key(token: str) -> Answer:
    """The head makes the recovery key, in the browser, and prints it."""
    found = _find(token, LinkFor.RECOVERY_KEY)
    if found is None:
        return _used()
    return page("concerns/recovery.html", staff=found[1], had_one=queries.find_recovery_key() is not None, error="")


@blueprint.post("/desk/recovery/<token>")
@access(Access.ANYONE)
def keep_recovery_key(token: str) -> Answer:
    """Keep the public half; the private one has never left the browser."""
    found = _find(token, LinkFor.RECOVERY_KEY)
    if found is None:
        return _used()
    link, staff = found
    try:
        public = PublicKey.from_text(request.form.get("public_key", ""), "recovery")
    except ValueError:
        error = _("The key did not arrive whole. Load this page again and make it once more.")
        had_one = queries.find_recovery_key() is not None
        return page("concerns/recovery.html", staff=staff, had_one=had_one, error=error), 422
    services.set_recovery_key(public, by=staff)
    use_link(link)
    flash(_("The recovery key is in place. Keep its two sheets apart, one of them outside the school."))
    return redirect(url_for("people.staff_sign_in"), 303)


def _find(token: str, purpose: LinkFor) -> tuple[OneTimeLink, Staff] | None:
    """A link that still works, and whose it is; a desk link only while they are a reader."""
    link = find_link(token, purpose)
    staff = find_staff(link.staff_id) if link else None
    if link is None or staff is None or (purpose is LinkFor.DESK and not staff.is_a(*queries.READERS)):
        return None
    return link, staff


def _used() -> tuple[str, int]:
    return page("people/link_used.html"), 410


def _enrol_page(staff: Staff, form: PassphraseForm) -> str:
    had_one = queries.find_reader_key(staff) is not None
    return page("concerns/enrol.html", form=form, staff=staff, had_one=had_one, suggestion=suggest_passphrase())
