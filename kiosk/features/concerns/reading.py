"""Opening what was sealed, with a reader's unlocked key; nothing that is opened here is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.features.concerns.models import Concern, ConcernEvent
from kiosk.features.concerns.sealing import CannotOpen, Context, Envelope, PrivateKey, open_with
from kiosk.features.concerns.services import note_context
from kiosk.features.concerns.told import Note, NotReadable, Told
from kiosk.features.concerns.types import EventKind


def find_told(private_key: PrivateKey, concern: Concern) -> Told | None:
    """What a child told, or None where this key does not open it or it is not what a telling looks like."""
    payload = _find_payload(private_key, concern.envelope, Context(concern.school_id, concern.id))
    try:
        return Told.from_payload(payload) if payload is not None else None
    except NotReadable:
        return None


@dataclass(frozen=True)
class Entry:
    """One thing that was done with a concern, and what was written, where this key opens it."""

    kind: EventKind
    by: str
    at: datetime
    note: Note | None
    is_unreadable: bool


def entries_of(
    private_key: PrivateKey, concern: Concern, events: Sequence[ConcernEvent], names: Mapping[str, str]
) -> list[Entry]:
    """Everything that was done with a concern, in order, opened."""
    return [_entry(private_key, concern, event, names.get(event.staff_id, "")) for event in events]


def _entry(private_key: PrivateKey, concern: Concern, event: ConcernEvent, name: str) -> Entry:
    note = None
    if event.envelope is not None:
        payload = _find_payload(private_key, event.envelope, note_context(concern, event.id))
        try:
            note = Note.from_payload(payload) if payload is not None else None
        except NotReadable:
            note = None
    is_unreadable = event.envelope is not None and note is None
    return Entry(EventKind(event.kind), name, event.at, note, is_unreadable)


def _find_payload(private_key: PrivateKey, envelope: str, context: Context) -> dict[str, Any] | None:
    try:
        return open_with(private_key, Envelope.from_json(envelope), context)
    except CannotOpen:
        return None
