"""What leaves the process: written in the same transaction as its cause, sent after that is committed.

The table is the only queue. A row is claimed with a lease, so that a worker killed in the middle gives it
back; it is tried again with growing pauses for as long as it takes; it is never dropped.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core import tenancy
from kiosk.core.clock import now
from kiosk.core.database import SchoolRow, after_commit, db, new_id, transaction

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=10)
FAILING_AFTER = 2
"""So many failures in a row and people are told that a channel is failing."""

Handler = Callable[[dict[str, Any]], None]


class DeliveryError(Exception):
    """A channel did not take it; the message is for the technician and holds no content."""


class OutboxItem(SchoolRow):
    """One thing to be done once, outside the process. `payload` holds ids, never content."""

    __tablename__ = "outbox_item"
    __table_args__ = (Index("ix_outbox_item_due", "school_id", "done_at", "due_at"),)

    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    lease: Mapped[str | None] = mapped_column(String(40))
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(300))


@dataclass(frozen=True)
class Claimed:
    """An item in hand, free of the session it was read in."""

    school_id: str
    id: str
    kind: str
    payload: dict[str, Any]
    attempts: int
    lease: str


_handlers: dict[str, Handler] = {}
_waking: list[Callable[[], None]] = []


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Declare the function that sends items of a kind; it raises DeliveryError where it could not."""

    def declare(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return declare


def wake_with(wake: Callable[[], None]) -> None:
    """Say how the worker is woken when something was written; the periodic tick comes anyway."""
    _waking[:] = [wake]


def put(kind: str, payload: dict[str, Any], *, due_at: datetime | None = None) -> OutboxItem:
    """Write an item in the transaction in hand; it is done as soon as may be, or not before `due_at`."""
    moment = now()
    item = OutboxItem(kind=kind, payload=payload, made_at=moment, due_at=due_at or moment, attempts=0)
    db.session.add(item)
    for wake in _waking:
        after_commit(wake)
    return item


def pause_after(attempts: int, jitter: float) -> timedelta:
    """How long to wait after so many failed attempts; jitter from 0 to 1 spreads them."""
    doublings = int(2 ** min(attempts - 1, 12))
    pause = min(FIRST_PAUSE * doublings, LONGEST_PAUSE)
    return pause * (0.75 + 0.5 * jitter)


def deliver_due(most: int = 50) -> int:
    """Send what is due for the school in hand; returns how many were sent."""
    sent = 0
    for claimed in _claim(most):
        error = _attempt(claimed)
        _settle(claimed, error)
        sent += error is None
    return sent


def _claim(most: int) -> list[Claimed]:
    moment, lease = now(), new_id()
    with transaction():
        due = (
            select(OutboxItem)
            .where(OutboxItem.done_at.is_(None), OutboxItem.due_at <= moment)
            .where((OutboxItem.leased_until.is_(None)) | (OutboxItem.leased_until < moment))
            .order_by(OutboxItem.due_at, OutboxItem.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        items = list(db.session.scalars(due))
        claimed = []
        for item in items:
            item.lease, item.leased_until = lease, moment + LEASE
            claimed.append(Claimed(item.school_id, item.id, item.kind, dict(item.payload), item.attempts, lease))
    return claimed


def _attempt(claimed: Claimed) -> str | None:
    handler = _handlers.get(claimed.kind)
    if handler is None:
        return f"Nothing here sends items of the kind {claimed.kind!r}."
    try:
        handler(claimed.payload)
    except DeliveryError as error:
        return str(error)[:300]
    except Exception as error:
        # Whatever went wrong, the row stays and everybody else's is sent.
        log.exception("outbox item %s of kind %s failed", claimed.id, claimed.kind)
        return type(error).__name__
    return None


def _settle(claimed: Claimed, error: str | None) -> None:
    with transaction():
        item = db.session.get(OutboxItem, (claimed.school_id, claimed.id))
        # Another worker took it over after our lease ran out: its word counts.
        if item is None or item.lease != claimed.lease:
            return
        item.lease = item.leased_until = None
        item.attempts = claimed.attempts + 1
        item.last_error = error
        if error is None:
            item.done_at = now()
        else:
            item.due_at = now() + pause_after(item.attempts, random.random())  # noqa: S311


@dataclass(frozen=True)
class Health:
    """How the outbox of a school is doing."""

    waiting: int
    failing: int
    last_error: str | None


def health(kind: str | None = None) -> Health:
    """How many items wait, how many have failed again and again, and what was said last."""
    waits = [OutboxItem.done_at.is_(None), *([OutboxItem.kind == kind] if kind else [])]
    fails = [*waits, OutboxItem.attempts >= FAILING_AFTER]
    last = db.session.scalars(select(OutboxItem).where(*fails).order_by(OutboxItem.due_at.desc()).limit(1)).first()
    # A count of a column and not of a subquery: only so is it of the school in hand.
    waiting, failing = (db.session.scalar(select(func.count(OutboxItem.id)).where(*of)) or 0 for of in (waits, fails))
    return Health(waiting, failing, last.last_error if last else None)


def deliver_everywhere(school_ids: list[str]) -> int:
    """Send what is due for each of the schools."""
    sent = 0
    for school_id in school_ids:
        with tenancy.in_school(school_id):
            sent += deliver_due()
    return sent
