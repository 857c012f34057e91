"""A class's pages at home: no sign-in, no cookie that matters, nothing about any child."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk.content.types import Lesson
from kiosk.core.links import register_home_address
from kiosk.core.mail import settings_in_use
from kiosk.documents.qr import qr_svg
from kiosk.features.agreements.texts import agreement_in_force
from kiosk.features.charters import queries as charters
from kiosk.features.families import queries, services
from kiosk.features.families.models import HomeLink
from kiosk.features.families.rules import home_address, is_token
from kiosk.features.people import queries as people
from kiosk.features.people.models import SchoolClass
from kiosk.features.people.session import class_here, staff_here
from kiosk.web.access import Access, access
from kiosk.web.display import LANGUAGES, Display, display_in_hand, show_in
from kiosk.web.passages import content_in_use
from kiosk.web.rendering import page

blueprint = Blueprint("families", __name__, template_folder="templates")


@dataclass(frozen=True)
class AtHome:
    """What every home page needs: whose it is, in which language, and where its other pages are."""

    token: str
    school_class: SchoolClass
    language: str

    def to(self, endpoint: str, **more: str) -> str:
        """The address of another page of the same class in the same language and with the same symbols."""
        if request.args.get("symbols") == "on":
            more.setdefault("symbols", "on")
        values: dict[str, Any] = {"token": self.token, "language": self.language, **more}
        return url_for(f"families.{endpoint}", **values)

    @property
    def languages(self) -> dict[str, str]:
        """This very page in each language."""
        return {code: self._same_page(language=code) for code in LANGUAGES}

    @property
    def with_symbols_or_not(self) -> str:
        """This very page with symbols where it has none, and the other way round."""
        return self._same_page(symbols="off" if display_in_hand().symbols == "on" else "on")

    def _same_page(self, **changes: str) -> str:
        endpoint = (request.endpoint or "").rpartition(".")[2]
        kept = {name: str(value) for name, value in (request.view_args or {}).items() if name != "token"}
        return self.to(endpoint, **{**kept, **changes})


def address_of_class(class_id: str) -> str | None:
    """What the QR code of a class says, if it has one."""
    link = queries.find_link_of_class(class_id)
    return _address_of(link) if link else None


def _address_of(link: HomeLink) -> str:
    settings = settings_in_use()
    return home_address(settings.address, services.token_of(link, key=settings.secret("server")))


register_home_address(address_of_class)


@blueprint.get("/for-home")
@access(Access.PUPIL)
def for_home() -> str:
    """The class's code for a phone at home, shown on the tablet."""
    address = address_of_class(class_here().id)
    code = qr_svg(address) if address else ""
    return page("families/for_home.html", code=code, school_class=class_here())


@blueprint.get("/staff/classes/<class_id>/home-code")
@access(Access.TEACHER)
def home_code(class_id: str) -> str:
    """The class's code for its teacher: to show, and to change when it got into wrong hands."""
    school_class = people.get_class_taught_by(staff_here(), class_id)
    link = queries.find_link_of_class(class_id)
    address = _address_of(link) if link else None
    code = qr_svg(address) if address else ""
    return page("families/home_code.html", school_class=school_class, link=link, address=address, code=code)


@blueprint.post("/staff/classes/<class_id>/home-code")
@access(Access.TEACHER)
def new_home_code(class_id: str) -> Response:
    """Give the class a new code; the old one stops working at once."""
    school_class = people.get_class_taught_by(staff_here(), class_id)
    services.give_home_link(school_class, key=settings_in_use().secret("server"))
    return redirect(url_for("families.home_code", class_id=class_id), 303)


@blueprint.get("/H/<token>")
@access(Access.ANYONE)
def scanned(token: str) -> Response | tuple[str, int]:
    """Where the code leads: to the home pages in the phone's own language, if we have it."""
    if _find_link(token) is None:
        return gone()
    language = request.accept_languages.best_match(list(LANGUAGES)) or "en"
    return redirect(url_for("families.home", token=token.upper(), language=language))


def _find_link(token: str) -> HomeLink | None:
    return queries.find_link_by_token(token) if is_token(token) else None


def gone() -> tuple[str, int]:
    """The page for a code that does not work, which says to ask the school for a new one."""
    language = request.accept_languages.best_match(list(LANGUAGES)) or "en"
    show_in(Display(language=str((request.view_args or {}).get("language", language)), symbols="off"))
    return page("families/gone.html"), 404


def _at_home(token: str, language: str) -> AtHome:
    if language not in LANGUAGES:
        abort(404)
    link = _find_link(token) or abort(make_response(gone()))
    symbols = "on" if request.args.get("symbols") == "on" else "off"
    show_in(Display(language=language, symbols=symbols))
    return AtHome(token.upper(), people.get_class_or_404(link.class_id), language)


@blueprint.get("/H/<token>/<language>")
@access(Access.ANYONE)
def home(token: str, language: str) -> str:
    """What the class does: lessons, rules, charter, and what to do when worried."""
    here = _at_home(token, language)
    return page("families/home.html", here=here, lessons=lessons_of(here.school_class))


@blueprint.get("/H/<token>/<language>/lessons/<lesson_id>")
@access(Access.ANYONE)
def lesson(token: str, language: str, lesson_id: str) -> str:
    """One lesson, for a parent and a child to read together."""
    here = _at_home(token, language)
    found = next((one for one in lessons_of(here.school_class) if one.id == lesson_id), None) or abort(404)
    talk = [screen.prompt for screen in found.screens if screen.kind == "talk"]
    return page("families/lesson.html", here=here, lesson=found, talk=talk)


@blueprint.get("/H/<token>/<language>/agreement")
@access(Access.ANYONE)
def agreement(token: str, language: str) -> str:
    """The agreement that the pupils of this class sign."""
    here = _at_home(token, language)
    return page("families/agreement.html", here=here, agreement=agreement_in_force(here.school_class.band))


@blueprint.get("/H/<token>/<language>/charter")
@access(Access.ANYONE)
def charter(token: str, language: str) -> str:
    """The charter's rules, without a stroke or a name."""
    here = _at_home(token, language)
    return page("families/charter.html", here=here, charter=charters.find_finished_charter(here.school_class.id))


@blueprint.get("/H/<token>/<language>/worried")
@access(Access.ANYONE)
def worried(token: str, language: str) -> str:
    """Who helps: the school, 999, Childline, CEOP."""
    here = _at_home(token, language)
    return page("families/worried.html", here=here, facts=content_in_use().facts)


def lessons_of(school_class: SchoolClass) -> Sequence[Lesson]:
    """The lessons of the class's band."""
    return [one for one in content_in_use().lessons.values() if one.band == school_class.band]
