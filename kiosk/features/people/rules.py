"""Rules about people, without a database or a request."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from kiosk.core.clock import school_year
from kiosk.core.identity import code_of
from kiosk.features.people.types import Role
from kiosk.web.access import Access
from kiosk.web.display import DEFAULT, Display, Tablet

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


def display_of_pupil(start: Display, chosen: Mapping[str, str] | None, tablet: Tablet) -> Display:
    """How a pupil's pages look on this tablet.

    Whoever has chosen gets just that on every tablet. Whoever has not (`chosen` is None) gets the tablet's own, but how
    a text reaches them starts from `start`, their band's way in this school, and never from what somebody set before.
    """
    if chosen is None:
        own = ("level", "symbols", "colour", "tone", "words")
        liked = tablet.display.with_choices({name: getattr(start, name) for name in own})
    else:
        liked = replace(start, language=tablet.display.language).with_choices(chosen)
    return liked.as_heard_here(headphones=tablet.headphones)


def chosen_by_pupil(start: Display, liked: Display) -> dict[str, str]:
    """What is kept of how a pupil likes it: what differs from where their band starts, and always their language."""
    return liked.apart_from(start) | {"language": liked.language}


def display_of_class(start: Display, tablet: Tablet) -> Display:
    """How the pages of a class that signs in together look: as their band starts, with what was set on this tablet."""
    return start.with_choices(tablet.display.apart_from(DEFAULT)).as_heard_here(headphones=tablet.headphones)


def pause_after_failures(failures: int) -> timedelta:
    """How long a name must wait after so many failed sign-ins in a row."""
    if failures < LOCKED_AFTER:
        return timedelta()
    return min(timedelta(minutes=2 ** min(failures - LOCKED_AFTER, 10)), LONGEST_LOCK)


def end_of_school_year(day: date) -> date:
    """The last day of the school year that this day is in."""
    return date(school_year(day) + 1, 8, 31)


def consent_ends_by(given_on: date) -> date:
    """The last day to which consent given on this day can hold: it is asked for anew each year (R32)."""
    return given_on + timedelta(days=366)


def consent_day_problem(given_on: date, until: date, today: date) -> str | None:
    """Why consent does not hold: `not-yet`, `too-old`, `ended` or `too-long`; None where it does."""
    if given_on > today:
        return "not-yet"
    if consent_ends_by(given_on) < today:
        return "too-old"
    if until < today:
        return "ended"
    return "too-long" if until > consent_ends_by(given_on) else None


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
