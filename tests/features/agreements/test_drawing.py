"""What counts as a drawn signature."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kiosk.features.agreements.drawing import (
    MOST_LETTERS,
    MOST_POINTS,
    MOST_STROKES,
    DrawingRefusedError,
    WhyNot,
    read_strokes,
    thinned,
)
from kiosk.features.agreements.forms import SYMBOLS, read_signing
from kiosk.features.agreements.models import LONGEST_NAME
from kiosk.features.agreements.types import Way

LINE = [[0, 0, 0], [400, 0, 30]]


def line(points: int) -> list[list[int]]:
    return [[n % 900, 9, n] for n in range(points)]


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ("", WhyNot.NOTHING),
        ("   ", WhyNot.NOTHING),
        ([], WhyNot.NOTHING),
        ([[], []], WhyNot.NOTHING),
        ([[[500, 200, 0]]], WhyNot.NOTHING),
        ([[[500, 200, 0]]] * 40, WhyNot.NOTHING),
        ([[[500, 200, 0], [510, 210, 4]]], WhyNot.NOTHING),
        ([LINE] * (MOST_STROKES + 1), WhyNot.TOO_MUCH),
        ([LINE] * 10_000, WhyNot.TOO_MUCH),
        ([[[1, 1]] * (MOST_POINTS + 1)], WhyNot.TOO_MUCH),
        ("[" + " " * MOST_LETTERS + "]", WhyNot.TOO_MUCH),
        ("x" * 2_000_000, WhyNot.TOO_MUCH),
        ("[" * 60_000, WhyNot.UNREADABLE),
        ("not json", WhyNot.UNREADABLE),
        ("[[[NaN, 1, 0], [400, 1, 0]]]", WhyNot.UNREADABLE),
        ("[[[1e999, 1, 0], [400, 1, 0]]]", WhyNot.UNREADABLE),
        ("[[[" + "9" * 5000 + ", 1, 0]]]", WhyNot.UNREADABLE),
        ({"strokes": []}, WhyNot.UNREADABLE),
        ("null", WhyNot.UNREADABLE),
        ("7", WhyNot.UNREADABLE),
        (["a"], WhyNot.UNREADABLE),
        ([["a"]], WhyNot.UNREADABLE),
        ([[["a", "b", 0]]], WhyNot.UNREADABLE),
        ([[[True, False, 0], [400, 1, 0]]], WhyNot.UNREADABLE),
        ([[[1], [400]]], WhyNot.UNREADABLE),
        ([[[1, 2, 3, 4], [400, 1, 0, 0]]], WhyNot.UNREADABLE),
        ([[[-1, 0, 0], [400, 0, 0]]], WhyNot.UNREADABLE),
        ([[[0, 0, 0], [1001, 0, 0]]], WhyNot.UNREADABLE),
        ([[[0, 0, -5], [400, 0, 0]]], WhyNot.UNREADABLE),
    ],
)
def test_a_drawing_that_cannot_be_kept_says_why(sent: Any, why: WhyNot) -> None:
    with pytest.raises(DrawingRefusedError) as refusal:
        read_strokes(sent if isinstance(sent, str) else json.dumps(sent))
    assert refusal.value.why is why


@pytest.mark.parametrize(
    "sent", [[LINE], [LINE] * MOST_STROKES, [line(MOST_POINTS)], [LINE, [[5, 5, 0]]], [[[0, 0], [40, 0]]]]
)
def test_a_drawing_within_bounds_is_kept_as_it_is(sent: Any) -> None:
    assert read_strokes(json.dumps(sent, separators=(",", ":"))) == sent


def test_parts_of_a_point_become_whole_numbers_and_empty_strokes_go() -> None:
    assert read_strokes("[[], [[0.4, 1.6, 0.0], [400.2, 3, 9]]]") == [[[0, 2, 0], [400, 3, 9]]]


def test_a_small_picture_has_fewer_points_and_the_same_ends() -> None:
    long = [[n, 0, n] for n in range(0, 1000, 2)]
    small = thinned([long, [[5, 5, 0]]])
    assert len(small[0]) < 130
    assert (small[0][0], small[0][-1], small[1]) == (long[0], long[-1], [[5, 5, 0]])


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({}, "agree.way-first"),
        ({"way": "thumb"}, "agree.way-first"),
        ({"way": "draw"}, "agree.draw-first"),
        ({"way": "draw", "strokes": "[[[1,1,0]]]"}, "agree.draw-first"),
        ({"way": "draw", "strokes": "[" * 9}, "agree.draw-again"),
        ({"way": "draw", "strokes": "1" * 70_000}, "agree.draw-less"),
        ({"way": "name"}, "agree.name-first"),
        ({"way": "name", "typed_name": "  \t "}, "agree.name-first"),
        ({"way": "name", "typed_name": "12 !"}, "agree.name-first"),
        ({"way": "name", "typed_name": "a" * (LONGEST_NAME + 1)}, "agree.name-shorter"),
        ({"way": "symbol"}, "agree.symbol-first"),
        ({"way": "symbol", "chosen_symbol": "<script>"}, "agree.symbol-first"),
        ({"way": "symbol", "chosen_symbol": "tell"}, "agree.symbol-first"),
    ],
)
def test_what_is_not_yet_a_signature_says_what_to_do(sent: dict[str, str], problem: str) -> None:
    filled = read_signing(sent, SYMBOLS)
    assert (filled.signing, filled.problem) == (None, problem)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Zoë  O'Neill ", "Zoë O'Neill"),
        ("Ali\x00ce", "Alice"),
        ("زینب", "زینب"),
        ("a" * LONGEST_NAME, "a" * LONGEST_NAME),
    ],
)
def test_a_typed_name_is_kept_as_it_is_said(typed: str, kept: str) -> None:
    signing = read_signing({"way": "name", "typed_name": typed}, SYMBOLS).signing
    assert signing is not None
    assert (signing.way, signing.typed_name, signing.strokes) == (Way.TYPED, kept, [])


def test_only_the_way_that_was_chosen_is_kept() -> None:
    sent = {"way": "symbol", "chosen_symbol": "star", "typed_name": "Al", "strokes": json.dumps([LINE])}
    signing = read_signing(sent, SYMBOLS).signing
    assert signing is not None
    assert (signing.way, signing.symbol, signing.typed_name, signing.strokes) == (Way.SYMBOL, "star", "", [])
