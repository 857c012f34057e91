"""Reads about concerns. A reader's own keys decide which rows they are shown, and which are counted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, Select, func, select

from kiosk.core import tenancy
from kiosk.core.database import db
from kiosk.core.identity import hash_of
from kiosk.features.concerns.models import (
    Concern,
    ConcernEvent,
    ConcernWrap,
    DeskSession,
    ReaderKey,
    RecoveryKey,
    VocabularyDecision,
)
from kiosk.features.concerns.rules import Event, Standing, edition_after, standing
from kiosk.features.concerns.types import EventKind, Liveness, VocabularyAnswer
from kiosk.features.people.models import SignIn, Staff
from kiosk.features.people.types import Role

READERS = (Role.DSL, Role.DEPUTY)
MOST_DONE = 50


def reader_keys_in_use() -> list[tuple[ReaderKey, Staff]]:
    """The key of each reader on the route, by name: whoever still is one and has chosen a desk passphrase."""
    found = db.session.execute(
        select(ReaderKey, Staff)
        .join(Staff, (Staff.school_id == ReaderKey.school_id) & (Staff.id == ReaderKey.staff_id))
        .where(ReaderKey.retired_at.is_(None), Staff.left_at.is_(None))
        .order_by(Staff.name, Staff.id)
    )
    return [(key, staff) for key, staff in found if staff.is_a(*READERS)]


def find_recovery_key() -> RecoveryKey | None:
    """The recovery key in use."""
    return db.session.scalars(select(RecoveryKey).where(RecoveryKey.retired_at.is_(None))).first()


def tell_is_live() -> Liveness:
    """Whether *tell* can take a concern, and what is missing."""
    return Liveness(readers=len(reader_keys_in_use()), has_recovery_key=find_recovery_key() is not None)


def keys_in_use_that_open(concern_id: str) -> list[ReaderKey]:
    """The keys in use of the readers who may open a concern; a newer key of theirs counts as theirs."""
    may = (
        select(ReaderKey.staff_id)
        .join(
            ConcernWrap,
            (ConcernWrap.school_id == ReaderKey.school_id) & (ConcernWrap.key_id == ReaderKey.key_id),
        )
        .where(ConcernWrap.concern_id == concern_id, ReaderKey.school_id == tenancy.get_school_id())
    )
    return list(
        db.session.scalars(
            select(ReaderKey).where(ReaderKey.retired_at.is_(None), ReaderKey.staff_id.in_(may)).order_by(ReaderKey.id)
        )
    )


def find_reader_key(staff: Staff) -> ReaderKey | None:
    """The key that a reader uses now."""
    return db.session.scalars(
        select(ReaderKey).where(ReaderKey.staff_id == staff.id, ReaderKey.retired_at.is_(None))
    ).first()


def find_sent(sent_hash: str, digest: str) -> Concern | None:
    """The concern that this very sending stored already."""
    return db.session.scalars(select(Concern).where(Concern.sent_hash == sent_hash, Concern.digest == digest)).first()


def find_desk_session(token: str, sign_in_id: str) -> DeskSession | None:
    """A desk unlocked under this sign-in, while the key that it holds is in use."""
    return db.session.scalars(
        select(DeskSession)
        .join(
            ReaderKey,
            (ReaderKey.school_id == DeskSession.school_id) & (ReaderKey.id == DeskSession.reader_key_id),
        )
        .where(
            DeskSession.token_hash == hash_of(token),
            DeskSession.sign_in_id == sign_in_id,
            ReaderKey.retired_at.is_(None),
        )
    ).first()


def desk_sessions_of(sign_in: SignIn) -> Sequence[DeskSession]:
    """What was unlocked under a sign-in."""
    return db.session.scalars(
        select(DeskSession).where(DeskSession.sign_in_id == sign_in.id).order_by(DeskSession.id)
    ).all()


def _may_open(staff: Staff) -> Select[str]:
    keys = select(ReaderKey.key_id).where(ReaderKey.staff_id == staff.id)
    return select(ConcernWrap.concern_id).where(
        ConcernWrap.school_id == tenancy.get_school_id(), ConcernWrap.key_id.in_(keys)
    )


@dataclass(frozen=True)
class Waiting:
    """How a reader's desk stands, locked or not."""

    new: int
    """Concerns that nobody has said “I have this” to."""
    told: int
    """Every concern there ever was for this reader: it only grows."""
    events: int
    since: datetime | None
    """When the oldest new one came."""
    wants_somebody_to_come: bool

    @property
    def version(self) -> str:
        """Changes with anything that the desk's list shows."""
        return f"{self.told}.{self.events}"


def waiting_for(staff: Staff) -> Waiting:
    """How many concerns wait for this reader and since when; two queries, however many there are."""
    is_new = (_count(EventKind.ACKNOWLEDGED) == 0) & (_count(EventKind.CLOSED) == 0)
    told, new, since, urgent = db.session.execute(
        select(
            func.count(Concern.id),
            func.count(Concern.id).filter(is_new),
            func.min(Concern.received_at).filter(is_new),
            func.count(Concern.id).filter(is_new, Concern.wants_somebody_to_come),
        ).where(Concern.id.in_(_may_open(staff)))
    ).one()
    events = db.session.scalar(select(func.count(ConcernEvent.id)).where(ConcernEvent.concern_id.in_(_may_open(staff))))
    return Waiting(new, told, events or 0, since, bool(urgent))


def _count(*kinds: EventKind) -> ScalarSelect[int]:
    """How many events of these kinds the concern of the query in hand has."""
    return (
        select(func.count(ConcernEvent.id))
        .where(
            ConcernEvent.school_id == Concern.school_id,
            ConcernEvent.concern_id == Concern.id,
            ConcernEvent.kind.in_([kind.value for kind in kinds]),
        )
        .correlate(Concern)
        .scalar_subquery()
    )


@dataclass(frozen=True)
class Listed:
    """A concern on the desk, still sealed."""

    concern: Concern
    standing: Standing
    has_a_twin: bool
    """Whether the same sending came with other content too."""


def concerns_for(staff: Staff, *, done: bool = False) -> list[Listed]:
    """The concerns that this reader may open, the oldest first; those that are done the newest first, at most 50."""
    # Closing and opening again take turns, so more of one than of the other says which was last.
    is_done = _count(EventKind.CLOSED) > _count(EventKind.REOPENED)
    mine = select(Concern).where(Concern.id.in_(_may_open(staff)), is_done if done else ~is_done)
    newest = mine.order_by(Concern.received_at.desc(), Concern.id).limit(MOST_DONE)
    oldest = mine.order_by(Concern.received_at, Concern.id)
    concerns = db.session.scalars(newest if done else oldest).all()
    events = _events_of([one.id for one in concerns])
    twins = _sent_twice({one.sent_hash for one in concerns})
    return [Listed(one, standing(_plain(events.get(one.id, ())), staff.id), one.sent_hash in twins) for one in concerns]


def _sent_twice(sent_hashes: Collection[str]) -> set[str]:
    """Those of the sendings that came more than once, each time with other content."""
    twice = (
        select(Concern.sent_hash)
        .where(Concern.sent_hash.in_(sent_hashes))
        .group_by(Concern.sent_hash)
        .having(func.count(Concern.id) > 1)
        .order_by(Concern.sent_hash)
    )
    return set(db.session.scalars(twice))


def find_listed(staff: Staff, concern_id: str) -> tuple[Listed, list[ConcernEvent]] | None:
    """One concern that this reader may open, with everything that was done with it."""
    concern = db.session.scalars(
        select(Concern).where(Concern.id == concern_id, Concern.id.in_(_may_open(staff)))
    ).first()
    if concern is None:
        return None
    events = list(_events_of([concern.id]).get(concern.id, ()))
    has_a_twin = bool(_sent_twice([concern.sent_hash]))
    return Listed(concern, standing(_plain(events), staff.id), has_a_twin), events


def _events_of(concern_ids: Collection[str]) -> dict[str, list[ConcernEvent]]:
    found: dict[str, list[ConcernEvent]] = {}
    if concern_ids:
        for event in db.session.scalars(
            select(ConcernEvent)
            .where(ConcernEvent.concern_id.in_(concern_ids))
            .order_by(ConcernEvent.concern_id, ConcernEvent.number)
        ):
            found.setdefault(event.concern_id, []).append(event)
    return found


def plain_events(concern_id: str) -> list[Event]:
    """What was done with a concern, in order, without its content."""
    return _plain(_events_of([concern_id]).get(concern_id, ()))


def _plain(events: Sequence[ConcernEvent]) -> list[Event]:
    return [Event(EventKind(one.kind), one.staff_id, one.at) for one in events]


def next_event_number(concern_id: str) -> int:
    """The number of the next thing done with a concern."""
    last = db.session.scalar(select(func.max(ConcernEvent.number)).where(ConcernEvent.concern_id == concern_id))
    return (last or 0) + 1


def was_opened_since(concern_id: str, staff: Staff, moment: datetime) -> bool:
    """Whether this reader opened the concern at or after that moment."""
    opened = select(ConcernEvent.id).where(
        ConcernEvent.concern_id == concern_id,
        ConcernEvent.staff_id == staff.id,
        ConcernEvent.kind == EventKind.OPENED.value,
        ConcernEvent.at >= moment,
    )
    return db.session.scalars(opened.limit(1)).first() is not None


def names_of(staff_ids: Collection[str]) -> dict[str, str]:
    """The names of those staff, of whoever has left too."""
    found = db.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(staff_ids)).order_by(Staff.id))
    return {row.id: row.name for row in found}


def find_vocabulary_decision() -> tuple[VocabularyDecision, str] | None:
    """What was last said to the words that a child can tell with, and the name of who said it."""
    found = db.session.execute(
        select(VocabularyDecision, Staff.name)
        .join(
            Staff,
            (Staff.school_id == VocabularyDecision.school_id) & (Staff.id == VocabularyDecision.staff_id),
        )
        .order_by(VocabularyDecision.number.desc())
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else None


def approved_edition() -> int:
    """The edition of the words for telling that this school's readers approved; 0 while they have not."""
    said = db.session.execute(
        select(VocabularyDecision.answer, VocabularyDecision.edition).order_by(VocabularyDecision.number)
    )
    return edition_after((VocabularyAnswer(row.answer), row.edition) for row in said)


def next_vocabulary_number() -> int:
    """The number of the next thing said to the words for telling."""
    return (db.session.scalar(select(func.max(VocabularyDecision.number))) or 0) + 1
