"""Which school is in hand: every row belongs to one, and every query sees one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token

_school: ContextVar[str | None] = ContextVar("school in hand", default=None)
_told: list[Callable[[], None]] = []


class NoSchoolInHandError(RuntimeError):
    """Rows of a school were asked for while no school was in hand."""


def find_school_id() -> str | None:
    """The school in hand, or None."""
    return _school.get()


def get_school_id() -> str:
    """The school in hand; raises NoSchoolInHandError."""
    school_id = _school.get()
    if school_id is None:
        raise NoSchoolInHandError("No school is in hand: enter one with in_school() first.")
    return school_id


def take_in_hand(school_id: str | None) -> Token[str | None]:
    """Take a school in hand until the token is given back; prefer in_school()."""
    token = _school.set(school_id)
    for tell in _told:
        tell()
    return token


def when_taken_in_hand(tell: Callable[[], None]) -> None:
    """Have something told each time another school is in hand."""
    _told.append(tell)


def give_back(token: Token[str | None]) -> None:
    """Undo take_in_hand()."""
    _school.reset(token)
    if _school.get() is not None:
        for tell in _told:
            tell()


@contextmanager
def in_school(school_id: str) -> Iterator[None]:
    """Take a school in hand within the block."""
    token = take_in_hand(school_id)
    try:
        yield
    finally:
        give_back(token)
