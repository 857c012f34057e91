"""What is skin in our own drawings: people there are yellow, as OpenMoji's are, but so are stars and smileys."""

from __future__ import annotations

from dataclasses import replace

from kiosk.reading.shapes import Shape
from kiosk.reading.tones import SKIN

_YELLOW = "#fcea2b"
_ROUND = {"circle", "ellipse"}

NO_SKIN = frozenset({
    "burp", "calm", "coins", "feelings", "garden", "mixed-up", "money", "picture", "player", "symbols", "unsure",
    "worry",
})  # fmt: skip
"""Drawings whose yellow rounds are smileys, coins, flowers or the sun."""
HANDS = frozenset({
    "choose", "fault", "gift", "give", "not-my-fault", "pay", "promise", "respect", "tap", "type", "use",
})  # fmt: skip
"""Drawings with a hand that is neither a round nor a line: the first yellow path, or else the first yellow shape."""


def with_skin(name: str, shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
    """The shapes of our drawing of that name with its skin marked: heads are rounds, and arms are lines."""
    if name in NO_SKIN:
        return shapes
    others = [shape for shape in shapes if _is_filled(shape) and shape.tag not in _ROUND]
    hand = next((one for one in others if one.tag == "path"), next(iter(others), None)) if name in HANDS else None
    return tuple(_as_skin(shape) if _is_skin(shape, hand) else shape for shape in shapes)


def _is_skin(shape: Shape, hand: Shape | None) -> bool:
    return shape is hand or ("stroke", _YELLOW) in shape.style or (_is_filled(shape) and shape.tag in _ROUND)


def _is_filled(shape: Shape) -> bool:
    return ("fill", _YELLOW) in shape.style


def _as_skin(shape: Shape) -> Shape:
    style = tuple((name, SKIN if value == _YELLOW else value) for name, value in shape.style)
    return replace(shape, style=style)
