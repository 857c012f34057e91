"""Rules about people, without a database or a request."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from kiosk.core.identity import code_of
from kiosk.features.people.types import Role
from kiosk.web.access import Access

LOCKED_AFTER = 5
LONGEST_LOCK = timedelta(minutes=15)

GRANTS: dict[Role, frozenset[Access]] = {
    Role.TEACHER: frozenset({Access.STAFF, Access.TEACHER}),
    Role.HEAD: frozenset({Access.STAFF, Access.TEACHER, Access.LEAD}),
    Role.DSL: frozenset({Access.STAFF, Access.READER}),
    Role.DEPUTY: frozenset({Access.STAFF, Access.READER}),
}


def grants_of(roles: Collection[str]) -> frozenset[Access]:
    """What staff with these roles may call; an unknown role grants nothing."""
    known = {role.value: GRANTS[role] for role in Role}
    return frozenset[Access]().union(*(known[role] for role in roles if role in known))


def is_own_host(host: str, address: str) -> bool:
    """Whether a school without a host name of its own may be reached under this one.

    A name that somebody else owns may be pointed at the kiosk, and a page there would then be let in as ours.
    """
    if host in {"localhost", urlsplit(address).hostname}:
        return True
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def pause_after_failures(failures: int) -> timedelta:
    """How long a name must wait after so many failed sign-ins in a row."""
    if failures < LOCKED_AFTER:
        return timedelta()
    return min(timedelta(minutes=2 ** min(failures - LOCKED_AFTER, 10)), LONGEST_LOCK)


def password_problem(password: str, *, names: Collection[str] = ()) -> str | None:
    """Why a password will not do: `short`, `common` or `name`; None where it will."""
    plain = code_of(password)
    if len(password) < 12:
        return "short"
    if len(set(plain)) < 5 or plain in COMMON:
        return "common"
    if any(len(code_of(name)) > 3 and code_of(name) in plain for name in names):
        return "name"
    return None


COMMON = frozenset({"passwordpassword", "password1234", "123456789012", "qwertyuiop12", "letmeinletmein"})
