"""A reader's unlocked desk: half of their key in the database, half in a cookie of its own.

The cookie also holds, signed, when somebody last touched the desk; what a page asks for by itself is no touch.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from flask import Response, g, request
from flask_login import current_user
from itsdangerous import BadData, URLSafeSerializer

from kiosk.core.clock import now
from kiosk.core.mail import settings_in_use
from kiosk.features.concerns import keys, queries
from kiosk.features.concerns.sealing import PrivateKey
from kiosk.features.concerns.services import DeskOpened
from kiosk.web.access import is_poll

COOKIE = "desk"
PATH = "/desk"


@dataclass(frozen=True)
class Unlocked:
    """A desk that is open here."""

    opened: DeskOpened
    blob: bytes
    opened_at: datetime

    @cached_property
    def private_key(self) -> PrivateKey:
        """The reader's key; in memory for this request alone."""
        return keys.open_from_session(self.blob, self.opened.cookie_key)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings_in_use().secret("desk"), salt="desk")


def find_unlocked() -> Unlocked | None:
    """The desk that is open here, unless it was locked, left alone for too long, or is another sign-in's."""
    if "unlocked_desk" not in g:
        g.unlocked_desk = _find()
    unlocked: Unlocked | None = g.unlocked_desk
    return unlocked


def _find() -> Unlocked | None:
    opened = g.get("new_desk") or _from_cookie()
    if opened is None or not current_user.is_authenticated:
        return None
    session = queries.find_desk_session(opened.token, current_user.who.sign_in.id)
    if session is None:
        return None
    unlocked = Unlocked(opened, session.blob, session.opened_at)
    try:
        _ = unlocked.private_key
    except keys.DeskLocked:
        return None
    return unlocked


def _from_cookie() -> DeskOpened | None:
    """What the cookie holds, unless nobody has touched the desk for too long."""
    try:
        token, cookie_key, touched = _signer().loads(request.cookies.get(COOKIE, ""))
        idle_seconds = now().timestamp() - float(touched)
    except (BadData, TypeError, ValueError):
        return None
    # A touch from the future is a clock that went back: better locked.
    is_idle = not 0 <= idle_seconds < settings_in_use().desk_idle_minutes * 60
    return None if is_idle else DeskOpened(str(token), str(cookie_key))


def open_here(opened: DeskOpened) -> None:
    """Let the desk that was just unlocked be the one on this device."""
    g.new_desk = opened
    g.pop("unlocked_desk", None)


def lock_here() -> None:
    """Forget the desk on this device; its row is the caller's to delete."""
    g.desk_locked = True
    g.unlocked_desk = None


def keep_cookie(response: Response) -> Response:
    """Give the cookie anew with each touch, and take it away when the desk was locked."""
    opened = g.get("new_desk")
    if opened is None and not is_poll() and g.get("unlocked_desk") is not None:
        opened = g.unlocked_desk.opened
    secure = settings_in_use().secure
    if g.get("desk_locked"):
        response.delete_cookie(COOKIE, path=PATH, secure=secure, httponly=True, samesite="Strict")
    elif opened is not None:
        value = _signer().dumps([opened.token, opened.cookie_key, int(now().timestamp())])
        response.set_cookie(COOKIE, value, path=PATH, secure=secure, httponly=True, samesite="Strict")
    return response
