"""The one clock, so that a test can hold it still."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_held: ContextVar[datetime | None] = ContextVar("held clock", default=None)


def now() -> datetime:
    """This moment, in UTC."""
    return _held.get() or datetime.now(UTC)


def today() -> date:
    """Today's date where the school is."""
    return now().astimezone(LONDON).date()


def school_year(day: date) -> int:
    """The year in which the school year of that day began: it turns on 1 September."""
    return day.year if day.month >= 9 else day.year - 1


@contextmanager
def held(moment: datetime) -> Iterator[None]:
    """Hold the clock still within the block."""
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)


@contextmanager
def later(**by: float) -> Iterator[None]:
    """Hold the clock at a later moment within the block; takes what timedelta takes."""
    with held(now() + timedelta(**by)):
        yield
