"""How each pupil of a class uses the kiosk, set by their teacher."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kiosk.features.people import queries, services
from kiosk.features.people.blueprint import blueprint
from kiosk.features.people.forms import ProfileForm
from kiosk.features.people.models import Pupil
from kiosk.features.people.rules import chosen_by_pupil, display_of_pupil
from kiosk.features.people.session import staff_here
from kiosk.features.people.types import Passport
from kiosk.features.people.wording import LINES, SECTIONS, lines_of, told_of
from kiosk.web.access import Access, access
from kiosk.web.display import CHOICES, DEFAULT, Display, Tablet, defaults_for
from kiosk.web.passages import get_phrase, passage_of
from kiosk.web.rendering import page

ANY_TABLET = Tablet(DEFAULT, headphones=True)


@blueprint.get("/staff/classes/<class_id>/pupils")
@access(Access.TEACHER)
def profiles(class_id: str) -> str:
    """The class: who has something set, and what."""
    school_class = queries.get_class_taught_by(staff_here(), class_id)
    return page(
        "people/profiles.html",
        school_class=school_class,
        pupils=queries.pupils_of(class_id),
        profiles=queries.profiles_of_class(class_id),
        told_of=told_of,
        lines_of=lines_of,
    )


@blueprint.get("/staff/classes/<class_id>/pupils/<pupil_id>")
@access(Access.TEACHER)
def profile(class_id: str, pupil_id: str) -> str:
    """One pupil: how they like it, and how they say yes, no and stop."""
    pupil = queries.get_pupil_taught_by(staff_here(), class_id, pupil_id)
    found = queries.find_profile(pupil.id)
    return _page(pupil, _liked_by(pupil), found.passport if found else Passport(), {})


@blueprint.post("/staff/classes/<class_id>/pupils/<pupil_id>")
@access(Access.TEACHER)
def keep_profile(class_id: str, pupil_id: str) -> Response | tuple[str, int]:
    """Keep what the teacher set, on every tablet from the pupil's next start."""
    pupil = queries.get_pupil_taught_by(staff_here(), class_id, pupil_id)
    form = ProfileForm.read(request.form)
    liked = _liked_by(pupil)
    chosen = liked.with_choices(form.choices)
    if form.errors:
        return _page(pupil, chosen, form.passport, form.errors), 422
    # Who only wrote the lines has not chosen how the pages look: these go on as the band and the tablet have them.
    if chosen != liked:
        services.keep_choices(pupil, chosen_by_pupil(defaults_for(pupil.school_class.band), chosen), by=staff_here())
    services.keep_passport(pupil, form.passport, by=staff_here())
    flash(_("Kept. It holds on every tablet from the next time %(name)s starts.", name=pupil.first_name))
    return redirect(url_for("people.profiles", class_id=class_id), 303)


@blueprint.post("/staff/classes/<class_id>/pupils/<pupil_id>/forget")
@access(Access.TEACHER)
def forget_profile(class_id: str, pupil_id: str) -> Response:
    """Forget all of it: the pupil's pages are as their band starts them."""
    pupil = queries.get_pupil_taught_by(staff_here(), class_id, pupil_id)
    services.forget_profile(pupil)
    flash(_("Forgotten. %(name)s starts as the class does.", name=pupil.first_name))
    return redirect(url_for("people.profiles", class_id=class_id), 303)


def _liked_by(pupil: Pupil) -> Display:
    found = queries.find_profile(pupil.id)
    return display_of_pupil(defaults_for(pupil.school_class.band), found.choices if found else None, ANY_TABLET)


def _page(pupil: Pupil, shown: Display, passport: Passport, errors: dict[str, str]) -> str:
    return page(
        "people/profile.html",
        pupil=pupil,
        shown=shown,
        passport=passport,
        errors=errors,
        written=request.form,
        sections=SECTIONS,
        lines=LINES,
        samples={level: passage_of(get_phrase("display.sample"), level, shown.language) for level in CHOICES["level"]},
        has_profile=queries.find_profile(pupil.id) is not None,
    )
