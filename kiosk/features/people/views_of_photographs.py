"""Photographs: what a tablet shows, and where staff add and remove them."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response as Answer
from flask import abort, flash, redirect, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kiosk.core.clock import today
from kiosk.features.people import photographs, queries
from kiosk.features.people.blueprint import blueprint
from kiosk.features.people.models import Pupil, Staff
from kiosk.features.people.photograph_form import DAY, PhotographForm
from kiosk.features.people.pictures import CONTENT_TYPE, PictureError, square_of
from kiosk.features.people.rules import end_of_school_year
from kiosk.features.people.session import staff_here
from kiosk.features.people.types import ConsentBy
from kiosk.features.people.wording import CONSENT_WAYS, CROP_NAMES
from kiosk.web.access import Access, access
from kiosk.web.rendering import page
from kiosk.web.requests import let_others_write

MOST_BYTES_OF_UPLOAD = 24 * 1024 * 1024
"""More than a picture may have, so that one a little too large is answered beside its field."""
OF_STAFF = (ConsentBy.THEMSELF,)


@blueprint.get("/photograph/<photograph_id>")
@access(Access.ANYONE, is_poll=True)
def photograph(photograph_id: str) -> Response:
    """The picture itself. Anyone's, as faces are shown before anybody signs in; its address is random."""
    picture = queries.find_picture(photograph_id)
    if picture is None:
        abort(404)
    answer = Answer(picture, mimetype=CONTENT_TYPE)
    answer.set_etag(photograph_id)
    # Asked for again each time it is shown: withdrawn, it is gone from every tablet.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


@blueprint.app_template_global()
def photo_of(somebody: Any) -> str:
    """The address of the photograph of whoever has a `photo`; empty where there is none to show."""
    return url_for("people.photograph", photograph_id=somebody.photo) if somebody.photo else ""


@blueprint.app_template_filter()
def long_date(day: date) -> str:
    """A day as people write it."""
    return str(format_date(day, DAY))


@blueprint.get("/staff/classes/<class_id>/pupils/<pupil_id>/photograph")
@access(Access.TEACHER)
def pupil_photograph(class_id: str, pupil_id: str) -> str:
    """A pupil's photograph, and the consent for it."""
    return _page(queries.get_pupil_taught_by(staff_here(), class_id, pupil_id))


@blueprint.post("/staff/classes/<class_id>/pupils/<pupil_id>/photograph")
@access(Access.TEACHER, most_bytes=MOST_BYTES_OF_UPLOAD)
def keep_pupil_photograph(class_id: str, pupil_id: str) -> Response | tuple[str, int]:
    """Keep a pupil's photograph, or say what to mend."""
    return _keep(queries.get_pupil_taught_by(staff_here(), class_id, pupil_id))


@blueprint.post("/staff/classes/<class_id>/pupils/<pupil_id>/photograph/remove")
@access(Access.TEACHER)
def remove_pupil_photograph(class_id: str, pupil_id: str) -> Response:
    """Consent was withdrawn: the photograph goes at once."""
    return _remove(queries.get_pupil_taught_by(staff_here(), class_id, pupil_id))


@blueprint.get("/staff/photographs")
@access(Access.LEAD)
def staff_photographs() -> str:
    """Everybody on the staff, and whose photograph children see."""
    return page("people/staff_photographs.html", everybody=queries.all_staff())


@blueprint.get("/staff/photographs/<staff_id>")
@access(Access.LEAD)
def staff_photograph(staff_id: str) -> str:
    """The photograph of a member of staff, and their consent."""
    return _page(queries.find_staff(staff_id) or abort(404))


@blueprint.post("/staff/photographs/<staff_id>")
@access(Access.LEAD, most_bytes=MOST_BYTES_OF_UPLOAD)
def keep_staff_photograph(staff_id: str) -> Response | tuple[str, int]:
    """Keep the photograph of a member of staff, or say what to mend."""
    return _keep(queries.find_staff(staff_id) or abort(404))


@blueprint.post("/staff/photographs/<staff_id>/remove")
@access(Access.LEAD)
def remove_staff_photograph(staff_id: str) -> Response:
    """Consent was withdrawn: the photograph goes at once."""
    return _remove(queries.find_staff(staff_id) or abort(404))


def _keep(person: Pupil | Staff) -> Response | tuple[str, int]:
    has_picture = queries.find_photograph_of(person) is not None
    file = request.files.get("picture")
    form = PhotographForm.read(_written(person), file, _ways(person), has_picture=has_picture)
    picture = None
    if not form.errors and form.sent:
        # Nobody waits for a place to write while a picture is made small.
        let_others_write()
        try:
            picture = square_of(form.sent, form.crop)
        except PictureError as error:
            form.refuse_picture(error.problem)
    if form.errors or form.consent is None:
        return _page(person, form.errors), 422
    try:
        photographs.keep(person, form.consent, picture, by=staff_here())
    except photographs.NoPictureError:
        # Removed by somebody else, just now.
        form.refuse_picture("none")
        return _page(person, form.errors), 422
    until = long_date(form.consent.until)
    flash(_("Kept. The photograph is shown beside the name until %(until)s.", until=until))
    return redirect(_address(person), 303)


def _remove(person: Pupil | Staff) -> Response:
    photographs.remove(person, by=staff_here())
    flash(_("The photograph and the consent are removed. No page shows it any more."))
    return redirect(_address(person), 303)


def _ways(person: Pupil | Staff) -> tuple[ConsentBy, ...]:
    return tuple(ConsentBy) if isinstance(person, Pupil) else OF_STAFF


def _written(person: Pupil | Staff) -> dict[str, str]:
    """What was written; a member of staff speaks for themself, and nobody else does."""
    own = {} if isinstance(person, Pupil) else {"given_by": person.name, "given_as": ConsentBy.THEMSELF.value}
    return request.form.to_dict() | own


def _address(person: Pupil | Staff) -> str:
    if isinstance(person, Pupil):
        return url_for("people.pupil_photograph", class_id=person.class_id, pupil_id=person.id)
    return url_for("people.staff_photograph", staff_id=person.id)


def _page(person: Pupil | Staff, errors: dict[str, str] | None = None) -> str:
    found = queries.find_photograph_of(person)
    start = {"given_on": today().isoformat(), "until": end_of_school_year(today()).isoformat(), "given_as": "parent"}
    if found and found.is_in_force:
        given = found.consent
        start |= {"given_by": given.given_by, "given_as": given.given_as.value, "given_on": given.given_on.isoformat(),
                  "until": given.until.isoformat()}  # fmt: skip
    is_pupil = isinstance(person, Pupil)
    return page(
        "people/photograph.html",
        person_shown=person,
        pupil=person if is_pupil else None,
        name=person.first_name if isinstance(person, Pupil) else person.name,
        photograph=found,
        # As it was sent, where it comes back: a box that was not ticked is not ticked again.
        written=start | _written(person) if errors else start,
        errors=errors or {},
        ways=[(way.value, CONSENT_WAYS[way]) for way in _ways(person)],
        way_names=CONSENT_WAYS,
        crops=list(CROP_NAMES.items()),
    )
