"""Who may call a route: each says so itself, and a test holds the list."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as WerkzeugResponse

View = TypeVar("View", bound=Callable[..., Any])


class Access(StrEnum):
    """Who a route is for. Staff are let in by what they are, never by a number."""

    ANYONE = "anyone"
    PUPIL = "pupil"
    """A signed-in pupil, or a class that signs in together."""
    STAFF = "staff"
    TEACHER = "teacher"
    """A teacher; the view itself checks that the class is theirs."""
    LEAD = "lead"
    """The headteacher, who also runs the school's settings."""
    READER = "reader"
    """Somebody who may read concerns: a DSL, a deputy, or another reader named at set-up."""


def access(
    who: Access, *, is_poll: bool = False, by_origin: bool = False, most_bytes: int = 0
) -> Callable[[View], View]:
    """Declare who may call a view.

    `is_poll`: asked for again and again by a page alone, so it is no sign that somebody is there.
    `by_origin`: an unsafe request proved by its Origin alone, since its page may be cached and holds no token.
    `most_bytes`: what it may be sent, where that is more than a form.
    """

    def declare(view: View) -> View:
        view.__kiosk_access__ = who  # type: ignore[attr-defined]
        view.__kiosk_is_poll__ = is_poll  # type: ignore[attr-defined]
        view.__kiosk_by_origin__ = by_origin  # type: ignore[attr-defined]
        view.__kiosk_most_bytes__ = most_bytes  # type: ignore[attr-defined]
        return view

    return declare


def view_in_hand() -> Any:
    """The view function of the request in hand, or None."""
    return current_app.view_functions.get(request.endpoint) if request.endpoint else None


def is_poll() -> bool:
    """Whether the request in hand was made by a page and not by a person."""
    return bool(getattr(view_in_hand(), "__kiosk_is_poll__", False))


def init_access(app: Flask) -> None:
    """Hold each request to what its route declares."""
    app.before_request(_hold)


def undeclared_routes(app: Flask) -> list[str]:
    """The endpoints that do not say who may call them."""
    return sorted(name for name, view in app.view_functions.items() if not hasattr(view, "__kiosk_access__"))


def may(who: Access) -> bool:
    """Whether the person in hand may call a route with this access."""
    if who is Access.ANYONE:
        return True
    return bool(current_user.is_authenticated and who in current_user.grants)


def _hold() -> Response | WerkzeugResponse | None:
    view = view_in_hand()
    if view is None:
        return None
    who = getattr(view, "__kiosk_access__", None)
    if who is None:
        raise RuntimeError(f"{request.endpoint} does not declare its access.")
    if may(who):
        return None
    if current_user.is_authenticated:
        abort(403)
    if request.method in {"GET", "HEAD"} and not is_poll():
        start = "people.choose_class" if who is Access.PUPIL else "people.staff_sign_in"
        return redirect(url_for(start))
    abort(401)
