"""What a tablet may send about a lesson: ids and numbers, never anything that a child wrote."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.features.lessons import forms
from kiosk.features.lessons.types import Answer, Asked, Sent

TICKET = "a" * 40
GOOD: dict[str, Any] = {"id": "a" * 24, "screen": "@before", "answer": "share", "tries": 1, "right": True}
ASKED = {"id": "a" * 24, "lesson": "my-lesson", "version": "0" * 12, "level": "full", "language": "en"}


def test_a_batch_is_read_whole() -> None:
    end = {"id": "b" * 24, "finished": True}
    sent = forms.read_sent({"ticket": TICKET, "events": [GOOD, end]})
    assert sent == Sent(TICKET, (Answer("a" * 24, "@before", "share", 1, True),), finished=True)


def test_what_a_tablet_asks_for_is_read() -> None:
    assert forms.read_asked(ASKED) == Asked("a" * 24, "my-lesson", "0" * 12, "full", "en")


@pytest.mark.parametrize(
    "event",
    [
        None,
        [],
        "share",
        {},
        {**GOOD, "name": "Amina"},
        {key: value for key, value in GOOD.items() if key != "tries"},
        {**GOOD, "id": "short"},
        {**GOOD, "id": "a" * 40},
        {**GOOD, "id": 7},
        {**GOOD, "screen": "I live at 4 Elm Street"},
        {**GOOD, "screen": "x" * 70},
        {**GOOD, "screen": None},
        {**GOOD, "answer": "I live at 4 Elm Street"},
        {**GOOD, "answer": ""},
        {**GOOD, "answer": "sha\u0000re"},
        {**GOOD, "answer": "share\n"},
        {**GOOD, "answer": "s\ud800"},
        {**GOOD, "answer": "a" * 400},
        {**GOOD, "answer": ["share"]},
        {**GOOD, "tries": 0},
        {**GOOD, "tries": 1e9},
        {**GOOD, "tries": 1_000},
        {**GOOD, "tries": True},
        {**GOOD, "tries": "1"},
        {**GOOD, "right": "yes"},
        {**GOOD, "right": 1},
        {"id": "a" * 24, "finished": False},
        {"id": "a" * 24, "finished": True, "screen": "@before"},
        {"id": {}, "finished": True},
    ],
)
def test_an_answer_of_another_shape_is_not_understood(event: Any) -> None:
    with pytest.raises(forms.NotUnderstoodError):
        forms.read_sent({"ticket": TICKET, "events": [GOOD, event]})


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        "garbage",
        {"ticket": TICKET},
        {"ticket": TICKET, "events": {}},
        {"ticket": TICKET, "events": []},
        {"ticket": 1, "events": [GOOD]},
        {"ticket": "\ud800" * 40, "events": [GOOD]},
        {"ticket": "a" * 400, "events": [GOOD]},
        {"ticket": TICKET, "events": [GOOD], "pupil": "amina"},
    ],
)
def test_a_batch_of_another_shape_is_not_understood(body: Any) -> None:
    with pytest.raises(forms.NotUnderstoodError):
        forms.read_sent(body)


def test_a_hundred_and_one_are_too_many() -> None:
    with pytest.raises(forms.TooManyError):
        forms.read_sent({"ticket": TICKET, "events": [GOOD] * 101})


@pytest.mark.parametrize(
    "changed",
    [
        {"lesson": "../../etc"},
        {"lesson": "x" * 61},
        {"lesson": None},
        {"version": "new"},
        {"level": "loud"},
        {"level": []},
        {"language": "xx"},
        {"language": {}},
        {"id": ""},
        {"id": "A" * 24},
        {"pupil": "somebody-else"},
    ],
)
def test_a_taking_of_another_shape_is_not_understood(changed: dict[str, Any]) -> None:
    with pytest.raises(forms.NotUnderstoodError):
        forms.read_asked(ASKED | changed)
