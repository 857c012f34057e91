"""What is sealed of a telling comes back word for word, and nothing of another shape is believed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from kiosk.features.concerns.told import Note, NotReadable, Shown, Somebody, Told, Word
from kiosk.features.concerns.types import Said

TOLD = Told(
    sent_at=datetime(2026, 11, 23, 10, 42, tzinfo=UTC),
    language="ur",
    level="symbols",
    wants_somebody_to_come=True,
    said=Said.PUPIL,
    who=Somebody("pupil", "Amina", "Willow", "a1", "w1"),
    signed_in=Somebody("pupil", "Ben", "Willow", "b1", "w1"),
    words="میں ڈر گیا\n<b>not bold</b> {{ 7 * 7 }}",
    symbols=(Word("i", "I"), Word("want", "want")),
    feelings=(Word("sad", "sad"),),
    shown=(Shown("begin", "We can help you.", ("I want a grown-up to come", "Leave"), "Leave"),),
)


def test_it_comes_back_word_for_word() -> None:
    assert Told.from_payload(json.loads(json.dumps(TOLD.to_payload()))) == TOLD


def _changed(name: str, value: Any) -> dict[str, Any]:
    return {**TOLD.to_payload(), name: value}


@pytest.mark.parametrize(
    "payload",
    [
        {},
        _changed("format", 2),
        _changed("words", None),
        _changed("words", ["a"]),
        _changed("words", "a" * 200_000),
        _changed("wants_somebody_to_come", 1),
        _changed("said", "the caretaker"),
        _changed("who", "Amina"),
        _changed("who", {"name": "Amina"}),
        _changed("symbols", "i want"),
        _changed("symbols", [{"concept": "i"}]),
        _changed("symbols", ["i"]),
        _changed("shown", {"page": "begin"}),
        _changed("shown", [{"page": "begin", "asked": "a", "options": "b", "chosen": "c"}]),
        _changed("sent_at", "today"),
        _changed("sent_at", "2026-11-23T10:42:00"),
        _changed("sent_at", 7),
    ],
)
def test_another_shape_is_not_believed_and_says_nothing_of_its_content(payload: dict[str, Any]) -> None:
    with pytest.raises(NotReadable) as refused:
        Told.from_payload(payload)
    assert refused.value.args == () and refused.value.__context__ is None


def test_a_note_comes_back_too() -> None:
    note = Note("Talked with her.", by_whom="Tara", when="today", reason="handled")
    assert Note.from_payload(json.loads(json.dumps(note.to_payload()))) == note
    for broken in ({}, {"text": "a"}, {**note.to_payload(), "when": 7}):
        with pytest.raises(NotReadable):
            Note.from_payload(broken)
