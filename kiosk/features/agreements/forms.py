"""What a pupil sends when they sign; what does not do is answered with a kind sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kiosk.features.agreements.drawing import DrawingRefusedError, WhyNot, read_strokes
from kiosk.features.agreements.models import LONGEST_NAME
from kiosk.features.agreements.types import Signing, Strokes, Way

DRAW, NAME, SYMBOL = "draw", "name", "symbol"
WAYS = (DRAW, NAME, SYMBOL)
SYMBOLS = {
    "star": "agree.star",
    "heart": "agree.heart",
    "face-rainbow": "agree.rainbow",
    "face-tree": "agree.tree",
    "face-rocket": "agree.rocket",
}
"""What may be chosen to sign with, besides the pupil's own card; each with the phrase that names it."""
OF_A_DRAWING = {
    WhyNot.NOTHING: "agree.draw-first",
    WhyNot.TOO_MUCH: "agree.draw-less",
    WhyNot.UNREADABLE: "agree.draw-again",
}


@dataclass(frozen=True)
class Filled:
    """A form to sign with, as it was sent: either a signing, or the phrase that says what to do."""

    signing: Signing | None
    problem: str = ""
    way: str = DRAW
    strokes: Strokes | None = None
    """What was drawn, to be put back on the pad."""


def read_signing(sent: Mapping[str, str], symbols: Collection[str]) -> Filled:
    """Read the form: a drawing, a name, or one of `symbols`."""
    way = sent.get("way", "")
    drawn, problem_of_drawing = _drawn(sent.get("strokes", ""))

    def refused(problem: str) -> Filled:
        return Filled(None, problem, way if way in WAYS else DRAW, drawn)

    if way == DRAW:
        return Filled(Signing(Way.DRAWN, drawn)) if drawn else refused(problem_of_drawing)
    if way == NAME:
        name = _clean(sent.get("typed_name", ""))
        if not any(letter.isalpha() for letter in name):
            return refused("agree.name-first")
        if len(name) > LONGEST_NAME:
            return refused("agree.name-shorter")
        return Filled(Signing(Way.TYPED, [], typed_name=name))
    if way == SYMBOL:
        symbol = sent.get("chosen_symbol", "")
        return Filled(Signing(Way.SYMBOL, [], symbol=symbol)) if symbol in symbols else refused("agree.symbol-first")
    return refused("agree.way-first")


def _drawn(text: str) -> tuple[Strokes | None, str]:
    try:
        return read_strokes(text), ""
    except DrawingRefusedError as refusal:
        return None, OF_A_DRAWING[refusal.why]


def _clean(name: str) -> str:
    """The name with single spaces; signs that cannot be seen or stored are left out."""
    kept = (letter for letter in name if letter.isspace() or unicodedata.category(letter) not in {"Cc", "Cs", "Cn"})
    return " ".join("".join(kept).split())
