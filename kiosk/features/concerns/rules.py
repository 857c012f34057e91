"""Rules about concerns, without a database or a request."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.core.identity import keyed_hash
from kiosk.features.concerns.types import EventKind, State, VocabularyAnswer

RECEIPT_LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class Event:
    """What a reader did with a concern, without its content."""

    kind: EventKind
    staff_id: str
    at: datetime


@dataclass(frozen=True)
class Standing:
    """Where a concern stands."""

    state: State
    first_opened: Event | None
    has_it: Event | None
    closed: Event | None
    was_seen: bool

    @property
    def everybody(self) -> tuple[Event, ...]:
        """The events that say who has had to do with it."""
        return tuple(one for one in (self.first_opened, self.has_it, self.closed) if one)


def standing(events: Sequence[Event], reader_id: str) -> Standing:
    """Where a concern stands for a reader, from everything that was done with it, in order."""
    first_opened = next((one for one in events if one.kind is EventKind.OPENED), None)
    has_it = next((one for one in reversed(events) if one.kind is EventKind.ACKNOWLEDGED), None)
    ended = next((one for one in reversed(events) if one.kind in {EventKind.CLOSED, EventKind.REOPENED}), None)
    closed = ended if ended and ended.kind is EventKind.CLOSED else None
    if closed:
        state = State.DONE
    elif has_it is None:
        state = State.NEW
    else:
        state = State.MINE if has_it.staff_id == reader_id else State.WITH_A_COLLEAGUE
    return Standing(state, first_opened, has_it, closed, any(one.kind is EventKind.SEEN for one in events))


def digest_of(sent_id: str, content: str) -> str:
    """What is kept of the bytes that were sent: nobody who lacks the random id can try contents against it."""
    return keyed_hash(sent_id.encode(), "concern", content).hex()


def receipt_stamp(key: bytes, school_id: str, moment: datetime) -> str:
    """Shows that something was sent in this minute, and not what, by whom or under which id."""
    return _stamp(key, school_id, int(moment.timestamp()) // 60)


def receipt_is_fresh(key: bytes, school_id: str, stamp: str, moment: datetime) -> bool:
    """Whether the stamp is ours and of the last few minutes: an old receipt says nothing about now."""
    minute_now = int(moment.timestamp()) // 60
    lasting = range(int(RECEIPT_LASTS.total_seconds()) // 60 + 1)
    given = stamp.encode()
    return any(hmac.compare_digest(given, _stamp(key, school_id, minute_now - ago).encode()) for ago in lasting)


def _stamp(key: bytes, school_id: str, minute: int) -> str:
    return keyed_hash(key, "receipt", school_id, str(minute)).hex()[:32]


def edition_after(said: Iterable[tuple[VocabularyAnswer, int]]) -> int:
    """The edition of the words for telling that children are shown after all that was said to them, in order.

    “Not yet” to a newer edition takes no word of an older one away.
    """
    edition = 0
    for answer, meant in said:
        edition = meant if answer is VocabularyAnswer.APPROVED else min(edition, meant - 1)
    return edition
