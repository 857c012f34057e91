"""What a reader does with a concern: each thing is added as an event, and nothing is changed."""

from __future__ import annotations

from kiosk.core import audit
from kiosk.core.clock import now
from kiosk.core.database import db, new_id
from kiosk.features.concerns import queries
from kiosk.features.concerns.models import Concern, ConcernEvent
from kiosk.features.concerns.rules import Event, standing
from kiosk.features.concerns.sealing import CannotSeal, Context, PublicKey, seal
from kiosk.features.concerns.told import Note
from kiosk.features.concerns.types import CHAIN, EventKind, State
from kiosk.features.people.models import Staff


def open_concern(concern: Concern, staff: Staff) -> None:
    """Write down that a reader opens a concern."""
    _add_event(concern, staff, EventKind.OPENED)


def acknowledge(concern: Concern, staff: Staff) -> None:
    """“I have this”: nothing more is written where they have it already."""
    events = _events(concern)
    if standing(events, staff.id).state not in {State.MINE, State.DONE}:
        _add_event(concern, staff, EventKind.ACKNOWLEDGED)


def write_note(concern: Concern, staff: Staff, note: Note) -> None:
    """Add what was done."""
    _add_event(concern, staff, EventKind.NOTED, note)


def mark_seen(concern: Concern, staff: Staff, note: Note) -> None:
    """Write down that somebody has seen the child, and what was said."""
    _add_event(concern, staff, EventKind.SEEN, note)


def close(concern: Concern, staff: Staff, note: Note) -> None:
    """Close a concern with a reason; a closed one stays as it is."""
    if standing(_events(concern), staff.id).state is not State.DONE:
        _add_event(concern, staff, EventKind.CLOSED, note)


def reopen(concern: Concern, staff: Staff) -> None:
    """Take a closed concern up again: it is then with whoever did."""
    if standing(_events(concern), staff.id).state is State.DONE:
        _add_event(concern, staff, EventKind.REOPENED)
        _add_event(concern, staff, EventKind.ACKNOWLEDGED)


def _events(concern: Concern) -> list[Event]:
    # Under the chain's lock, so that what is decided from them is still so when it is written.
    audit.lock_chain(CHAIN)
    return queries.plain_events(concern.id)


def _add_event(concern: Concern, staff: Staff, kind: EventKind, note: Note | None = None) -> None:
    entry = ConcernEvent(id=new_id(), concern_id=concern.id, staff_id=staff.id, kind=kind.value, at=now())
    audit.record(CHAIN, kind.value, actor=staff.id, subject=concern.id)
    entry.number = queries.next_event_number(concern.id)
    if note is not None:
        entry.envelope = _sealed_note(concern, entry.id, note)
    db.session.add(entry)
    db.session.flush()


def _sealed_note(concern: Concern, event_id: str, note: Note) -> str:
    """Sealed to whoever may open the concern itself, and bound to it and to this event."""
    recovery = queries.find_recovery_key()
    if recovery is None:
        raise CannotSeal("The recovery key is missing.")
    readers = [PublicKey.from_text(key.public) for key in queries.keys_in_use_that_open(concern.id)]
    to = [*readers, PublicKey.from_text(recovery.public, "recovery")]
    return seal(note.to_payload(), context=note_context(concern, event_id), to=to).to_json()


def note_context(concern: Concern, event_id: str) -> Context:
    """Where a note belongs: its concern and its event."""
    return Context(concern.school_id, concern.id, f"note-{event_id}")
