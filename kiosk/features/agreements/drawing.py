"""A drawn signature as a tablet sends it: read, bounded, and made small enough for a list."""

from __future__ import annotations

import json
from enum import StrEnum
from itertools import pairwise
from math import hypot
from typing import Any, NoReturn

from kiosk.features.agreements.types import Strokes

MOST_LETTERS = 64 * 1024
MOST_STROKES = 200
MOST_POINTS = 5_000
WIDTH = 1_000
LONGEST_MS = 60 * 60 * 1000
SHORTEST = 40
"""A stroke this long, in thousandths of the pad's width, is a line and not a slip of the finger."""


class WhyNot(StrEnum):
    """Why a drawing cannot be kept."""

    NOTHING = "nothing"
    """Nothing was drawn, or no more than dots."""
    TOO_MUCH = "too-much"
    UNREADABLE = "unreadable"


class DrawingRefusedError(ValueError):
    """This drawing cannot be kept."""

    def __init__(self, why: WhyNot) -> None:
        super().__init__(why.value)
        self.why = why


def read_strokes(text: str) -> Strokes:
    """The strokes in what a tablet sent, whole numbers only; raises DrawingRefusedError."""
    if not text.strip():
        raise DrawingRefusedError(WhyNot.NOTHING)
    if len(text) > MOST_LETTERS:
        raise DrawingRefusedError(WhyNot.TOO_MUCH)
    try:
        given = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise DrawingRefusedError(WhyNot.UNREADABLE) from None
    if not isinstance(given, list) or not all(isinstance(stroke, list) for stroke in given):
        raise DrawingRefusedError(WhyNot.UNREADABLE)
    if len(given) > MOST_STROKES or sum(map(len, given)) > MOST_POINTS:
        raise DrawingRefusedError(WhyNot.TOO_MUCH)
    strokes = [[_point(point) for point in stroke] for stroke in given if stroke]
    if not any(_length(stroke) >= SHORTEST for stroke in strokes):
        raise DrawingRefusedError(WhyNot.NOTHING)
    return strokes


def thinned(strokes: Strokes, *, apart: int = 8) -> Strokes:
    """The same drawing with fewer points, for where it is shown small."""
    return [_thin(stroke, apart) for stroke in strokes]


def _refuse_constant(_name: str) -> NoReturn:
    raise ValueError("not a number")


def _point(given: Any) -> list[int]:
    """A point in the pad's box; the time may be left out."""
    if not isinstance(given, list) or len(given) not in (2, 3):
        raise DrawingRefusedError(WhyNot.UNREADABLE)
    for value, most in zip(given, (WIDTH, WIDTH, LONGEST_MS), strict=False):
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            raise DrawingRefusedError(WhyNot.UNREADABLE)
    return [round(value) for value in given]


def _length(stroke: list[list[int]]) -> float:
    return sum(hypot(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(stroke))


def _thin(stroke: list[list[int]], apart: int) -> list[list[int]]:
    kept = stroke[:1]
    for point in stroke[1:-1]:
        if hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) >= apart:
            kept.append(point)
    return kept + stroke[1:][-1:]
