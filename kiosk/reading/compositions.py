"""Lays pictures out together as one symbol when it is asked for, so that no art of others lies in our repository."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.reading.bounds import Box, bounds
from kiosk.reading.shapes import Shape, written

# What we draw ourselves around the pieces, on OpenMoji's grid and with its line.
_ARROW = (
    '<path fill="#61b2e4" d="M42.5 8h11.5q6.5 0 6.5 6.5v8h6l-10 11.5-10-11.5h6v-5.5q0-1-1-1h-9z"/>'
)
_SPEECH = '<path fill="#fff" d="M31 2h35q4 0 4 4v27q0 4-4 4H44l-9 8 1-8h-5q-4 0-4-4V6q0-4 4-4z"/>'
_SAID = '<path fill="#fff" d="M7 4h58q5 0 5 5v39q0 5-5 5H33L17 68l2-15H7q-5 0-5-5V9q0-5 5-5z"/>'
_THOUGHT = (
    '<path fill="#fff" d="M36 38q-9 1-10-7q-5-5 0-11q0-9 9-10q5-7 12-4q8-5 13 2q8 0 8 8q4 5 0 10'
    'q0 8-8 9q-5 5-11 2q-7 5-13 1z"/>'
    '<circle fill="#fff" cx="33" cy="43" r="3"/>'
)
_NOT = (
    '<g stroke="#d22f27" stroke-width="5.5"><path d="M14.4 14.4l43.2 43.2"/><circle cx="36" cy="36" r="30.5"/></g>'
)
_BADGE = '<circle fill="#fff" cx="54" cy="54" r="16.5"/>'
_SCREEN = (
    '<rect fill="#3f3f3f" x="2" y="8" width="68" height="56" rx="7"/>'
    '<rect fill="#fff" x="8.5" y="14.5" width="55" height="43" rx="2"/>'
)
_PHONE = (
    '<rect fill="#3f3f3f" x="15" y="2" width="42" height="68" rx="7"/>'
    '<rect fill="#fff" x="19.5" y="8.5" width="33" height="51" rx="2"/>'
    '<circle fill="#fff" stroke="none" cx="36" cy="64.8" r="2"/>'
)


@dataclass(frozen=True)
class Layout:
    """Where each piece goes, and what is drawn behind, between and over them."""

    places: tuple[Box, ...]
    behind: str = ""
    after_first: str = ""
    over: str = ""


_LAYOUTS: dict[tuple[str, int], Layout] = {
    ("beside", 2): Layout((Box(2, 4, 33, 64), Box(37, 4, 33, 64))),
    ("beside", 3): Layout((Box(19, 2, 34, 33), Box(2, 37, 33, 33), Box(37, 37, 33, 33))),
    ("arrow", 2): Layout((Box(2, 2, 37, 37), Box(35, 36, 35, 34)), behind=_ARROW),
    ("speech", 1): Layout((Box(9, 9, 54, 39),), behind=_SAID),
    ("speech", 2): Layout((Box(2, 28, 38, 42), Box(31, 5, 35, 29)), after_first=_SPEECH),
    ("thought", 2): Layout((Box(2, 30, 36, 40), Box(32, 10, 30, 24)), after_first=_THOUGHT),
    ("not", 1): Layout((Box(13, 13, 46, 46),), over=_NOT),
    ("badge", 2): Layout((Box(2, 2, 56, 58), Box(43.5, 43.5, 21, 21)), after_first=_BADGE),
    ("screen", 1): Layout((Box(11, 17, 50, 38),), behind=_SCREEN),
    ("phone", 1): Layout((Box(21.5, 12, 29, 44),), behind=_PHONE),
}

LAYOUTS: dict[str, tuple[int, ...]] = {
    name: tuple(count for other, count in _LAYOUTS if other == name) for name, _count in _LAYOUTS
}
"""The layouts there are, and of how many pieces each may be made."""


def composed(layout: str, pieces: Sequence[tuple[Shape, ...]]) -> str:
    """The pieces in their places as SVG elements, to stand inside an element that carries DEFAULTS."""
    plan = _LAYOUTS[layout, len(pieces)]
    laid = [_fitted(piece, place) for piece, place in zip(pieces, plan.places, strict=True)]
    return "".join((plan.behind, laid[0], plan.after_first, *laid[1:], plan.over))


def _fitted(shapes: tuple[Shape, ...], place: Box) -> str:
    """A piece as large as its place allows, in its middle, with a line that stays bold when it is small."""
    box = bounds(shapes)
    scale = min(place.width / box.width, place.height / box.height)
    left = place.left + (place.width - box.width * scale) / 2 - box.left * scale
    top = place.top + (place.height - box.height * scale) / 2 - box.top * scale
    bolder = max(1.0, scale**-0.6)
    bold = tuple(_bolder(shape, bolder) for shape in shapes)
    width = "" if bolder == 1.0 else f' stroke-width="{_short(2 * bolder)}"'
    return f'<g transform="translate({_short(left)} {_short(top)}) scale({_short(scale)})"{width}>{written(bold)}</g>'


def _bolder(shape: Shape, times: float) -> Shape:
    """The shape with its line widened; the usual line of 2 is left to the group around it."""
    style = tuple(
        (name, _short(float(value) * times)) if name == "stroke-width" and value != "2" else (name, value)
        for name, value in shape.style
    )
    return replace(shape, style=style)


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
