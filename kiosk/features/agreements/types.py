"""Words that marking and signing are described with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Strokes = list[list[list[int]]]
"""Lines of points [x, y, ms since the first], in a box 1000 wide."""


class Mark(StrEnum):
    """What a pupil says of one rule."""

    UNDERSTAND = "understand"
    ASK = "ask"


class Way(StrEnum):
    """How somebody signs."""

    DRAWN = "drawn"
    TYPED = "typed"
    SYMBOL = "symbol"


class Stage(StrEnum):
    """How far a pupil has come with an agreement."""

    START = "start"
    ON_THE_WAY = "on-the-way"
    READY = "ready"
    SIGNED = "signed"


@dataclass(frozen=True)
class Signing:
    """How somebody signed: one of a drawing, a name and a symbol."""

    way: Way
    strokes: Strokes
    typed_name: str = ""
    symbol: str = ""
