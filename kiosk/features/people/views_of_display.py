"""“How do you like it?”: set by whoever holds the tablet, for themself or for the tablet."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import make_response, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from kiosk.core.mail import settings_in_use
from kiosk.features.people import queries, services
from kiosk.features.people.blueprint import blueprint
from kiosk.features.people.models import Pupil
from kiosk.features.people.rules import chosen_by_pupil, display_of_pupil
from kiosk.features.people.session import class_here, pupil_here
from kiosk.web.access import Access, access
from kiosk.web.display import (
    CHOICES,
    Display,
    Tablet,
    defaults_for,
    display_in_hand,
    read_choices,
    remember,
    remember_tablet,
    start_from,
    tablet_in_hand,
)
from kiosk.web.passages import get_phrase, passage_of
from kiosk.web.rendering import page

LEVELS = CHOICES["level"]


@blueprint.get("/display")
@access(Access.ANYONE)
def choose_display() -> str:
    """How do you like it? Words, colours, letters, sound, and how you press."""
    pupil = pupil_here()
    if pupil:
        # Their teacher may have set something since they signed in.
        start_from(_liked_by(pupil, tablet_in_hand()))
    return _page(display_in_hand(), set())


@blueprint.post("/display")
@access(Access.ANYONE)
def keep_display() -> Response | tuple[str, int]:
    """Keep how this pupil likes it in their profile; how a class or a tablet stands, on the tablet."""
    tablet, secure = tablet_in_hand(), settings_in_use().secure
    chosen, wrong = read_choices(request.form)
    if wrong:
        return _page(display_in_hand().with_choices(chosen), wrong), 422
    response = make_response(redirect(_safe_path(request.form.get("back", "")), 303))
    pupil, school_class = pupil_here(), current_user.school_class
    if pupil:
        # What would speak by itself is kept, even where this tablet lets nothing do so.
        liked = _liked_by(pupil, replace(tablet, headphones=True)).with_choices(chosen)
        services.keep_choices(pupil, chosen_by_pupil(defaults_for(class_here().band), liked))
        remember(response, liked.as_heard_here(headphones=tablet.headphones), secure=secure)
    elif school_class:
        shown = display_in_hand().with_choices(chosen).as_heard_here(headphones=tablet.headphones)
        remember(response, shown, secure=secure)
    else:
        headphones = request.form.get("headphones", "on" if tablet.headphones else "off") == "on"
        remember_tablet(response, Tablet(tablet.display.with_choices(chosen), headphones), secure=secure)
    return response


def _liked_by(pupil: Pupil, tablet: Tablet) -> Display:
    profile = queries.find_profile(pupil.id)
    return display_of_pupil(defaults_for(class_here().band), profile.choices if profile else None, tablet)


def _page(shown: Display, wrong: set[str]) -> str:
    return page(
        "people/display.html",
        shown=shown,
        written=request.form,
        wrong=wrong,
        samples={level: passage_of(get_phrase("display.sample"), level=level) for level in LEVELS},
        headphones=tablet_in_hand().headphones,
        back=_safe_path(request.values.get("back", "")),
    )


def _safe_path(path: str) -> str:
    """The path if it stays in this kiosk, else where whoever is here starts."""
    if re.fullmatch(r"/[A-Za-z0-9_\-./]*(\?[A-Za-z0-9_\-=&]*)?", path) and "//" not in path:
        return path
    if current_user.staff:
        return url_for("people.staff_home")
    return url_for("lessons.home" if current_user.is_authenticated else "people.choose_class")
