"""Who is in front of this device: a row in the database, found by the token in a signed cookie.

The cookie also holds when somebody last touched the device, so that reading a page writes nothing;
what a page asks for by itself does not count as a touch.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_login import AnonymousUserMixin, LoginManager, UserMixin, current_user, login_user, logout_user

from kiosk.core import tenancy
from kiosk.core.clock import now
from kiosk.core.mail import settings_in_use
from kiosk.core.schools import School, find_school_by_host
from kiosk.core.settings import Settings
from kiosk.features.people import queries, services
from kiosk.features.people.models import Pupil, SchoolClass, Staff
from kiosk.features.people.queries import WhoIsIn
from kiosk.features.people.rules import grants_of, is_own_host
from kiosk.web.access import Access, is_poll, view_in_hand
from kiosk.web.display import COOKIE, forget, start_from, tablet_in_hand
from kiosk.web.kept import addresses_without_school, is_no_school

TOKEN, SEEN = "who", "seen"
login_manager = LoginManager()


class Nobody(AnonymousUserMixin):
    """Nobody is signed in."""

    grants: frozenset[Access] = frozenset()
    pupil: Pupil | None = None
    school_class: SchoolClass | None = None
    staff: Staff | None = None
    idle_minutes = 0


@dataclass(frozen=True)
class Person(UserMixin):
    """Somebody is signed in: exactly one of a pupil, a class together, or a member of staff."""

    who: WhoIsIn
    token: str

    @property
    def pupil(self) -> Pupil | None:
        """The pupil, where it is one."""
        return self.who.pupil

    @property
    def school_class(self) -> SchoolClass | None:
        """The class of the pupil, or the class that signed in together."""
        return self.who.school_class

    @property
    def staff(self) -> Staff | None:
        """The member of staff, where it is one."""
        return self.who.staff

    @cached_property
    def grants(self) -> frozenset[Access]:
        """What this person may call."""
        return grants_of(self.staff.roles) if self.staff else frozenset({Access.PUPIL})

    @property
    def idle_minutes(self) -> int:
        """After how long without a touch they are signed out."""
        settings = settings_in_use()
        return settings.staff_idle_minutes if self.staff else settings.pupil_idle_minutes

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie: the token of the sign-in."""
        return self.token


class PersonalSessions(SecureCookieSessionInterface):
    """The signed cookie, left alone where an answer is the same for everybody."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the cookie, or give a session that cannot be used."""
        begins = app.extensions.get("kiosk addresses without school")
        if begins is None:
            begins = app.extensions["kiosk addresses without school"] = addresses_without_school(app)
        if request.path.startswith(begins):
            return self.make_null_session(app)
        return super().open_session(app, request)


def init_session(app: Flask, settings: Settings) -> None:
    """Find school and person for each request."""
    app.session_interface = PersonalSessions()
    app.config.update(
        SECRET_KEY=settings.secret("session"),
        SESSION_COOKIE_NAME="kiosk",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
    )
    login_manager.anonymous_user = Nobody
    login_manager.session_protection = None
    login_manager.init_app(app)
    login_manager.user_loader(_load)
    app.before_request(_take_school_in_hand)
    app.before_request(_show_as_the_tablet_stands)
    app.after_request(_note_touch)
    app.teardown_request(_leave_school)


def _take_school_in_hand() -> None:
    # Files are the same for every school, and a page of them needs no database.
    if is_no_school(view_in_hand()):
        return
    host = urlsplit(f"//{request.host}").hostname or ""
    school = find_school_by_host(host)
    if school is None or (school.host is None and not is_own_host(host, settings_in_use().address)):
        abort(404)
    g.school = school
    g.school_token = tenancy.take_in_hand(school.id)


def _somebody_left() -> bool:
    """Whether this device still holds a sign-in that has ended or was left alone for too long."""
    return "school" in g and not is_poll() and "_user_id" in session and not current_user.is_authenticated


def _show_as_the_tablet_stands() -> None:
    # Whoever it was walked away: how they liked it is nothing for whoever comes now.
    if _somebody_left():
        start_from(tablet_in_hand().shown)


def _leave_school(_error: BaseException | None) -> None:
    token = g.pop("school_token", None)
    if token is not None:
        tenancy.give_back(token)


def _load(token: str) -> Person | None:
    if tenancy.find_school_id() is None:
        return None
    who = queries.find_who_is_in(token)
    if who is None:
        return None
    person = Person(who, token)
    idle_seconds = now().timestamp() - float(session.get(SEEN, 0))
    return person if idle_seconds < person.idle_minutes * 60 else None


def _note_touch(response: Response) -> Response:
    if _somebody_left():
        if COOKIE in request.cookies:
            forget(response)
    elif "school" in g and not is_poll() and session.get("_user_id"):
        session[SEEN] = int(now().timestamp())
    return response


def sign_in_here(token: str) -> None:
    """Let the sign-in with this token be the one on this device; what was here before is gone."""
    who = queries.find_who_is_in(token)
    assert who is not None  # noqa: S101  (it was made in this very request)
    if current_user.is_authenticated:
        services.sign_out(current_user.who.sign_in)
    session.clear()
    session[SEEN] = int(now().timestamp())
    login_user(Person(who, token))


def sign_out_here() -> None:
    """End the sign-in on this device and forget everything that its cookie held."""
    if current_user.is_authenticated:
        services.sign_out(current_user.who.sign_in)
    logout_user()
    session.clear()


def pupil_here() -> Pupil | None:
    """The pupil in front of this device, or None where a class signed in together."""
    pupil: Pupil | None = current_user.pupil
    return pupil


def class_here() -> SchoolClass:
    """The class in front of this device; only on routes for pupils."""
    school_class = current_user.school_class
    assert isinstance(school_class, SchoolClass)  # noqa: S101
    return school_class


def staff_here() -> Staff:
    """The member of staff in front of this device; only on routes for staff."""
    staff = current_user.staff
    assert isinstance(staff, Staff)  # noqa: S101
    return staff


def school_here() -> School:
    """The school of the request in hand."""
    school: Any = g.school
    assert isinstance(school, School)  # noqa: S101
    return school
