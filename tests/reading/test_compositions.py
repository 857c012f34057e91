"""Pictures laid out of two or three others."""

from __future__ import annotations

import re

import pytest

from kiosk.reading import symbols
from kiosk.reading.bounds import Box, bounds
from kiosk.reading.compositions import LAYOUTS, composed
from kiosk.reading.lexicon import Concept, Lexicon, Picture, load_lexicon
from kiosk.reading.shapes import Shape, shapes_of

SQUARE = shapes_of(
    '<svg xmlns="http://www.w3.org/2000/svg" stroke="#000" stroke-width="2">'
    '<rect x="30" y="40" width="8" height="8"/></svg>'
)


def drawn(inside: str) -> tuple[Shape, ...]:
    return shapes_of(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>')


def placed(svg: str) -> list[Box]:
    """Where each square of SQUARE came to lie."""
    found = re.findall(r'translate\((\S+) (\S+)\) scale\((\S+?)\)"', svg)
    moves = [tuple(map(float, numbers)) for numbers in found]
    return [Box(left + 29 * scale, top + 39 * scale, 10 * scale, 10 * scale) for left, top, scale in moves]


@pytest.mark.parametrize(("layout", "count"), [(name, count) for name, counts in LAYOUTS.items() for count in counts])
def test_every_layout_keeps_its_pieces_on_the_grid_and_large_enough_to_read(layout: str, count: int) -> None:
    boxes = placed(composed(layout, [SQUARE] * count))
    assert len(boxes) == count
    for box in boxes:
        assert box.left >= 0
        assert box.top >= 0
        assert box.left + box.width <= 72
        assert box.top + box.height <= 72
        assert box.width >= 20  # 13 of 48 pixels


@pytest.mark.parametrize(("layout", "count"), [("beside", 2), ("beside", 3), ("arrow", 2)])
def test_pieces_that_stand_beside_each_other_hardly_overlap(layout: str, count: int) -> None:
    boxes = placed(composed(layout, [SQUARE] * count))
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
            down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
            assert across <= 4 or down <= 4


def test_a_smaller_piece_keeps_a_bold_line() -> None:
    svg = composed("badge", [SQUARE, drawn('<path stroke="#000" stroke-width="2" d="M0 0h70v70"/>')])
    scale, width = re.findall(r'scale\((\S+?)\)" stroke-width="(\S+?)"', svg)[-1]
    assert float(scale) < 0.35
    assert float(scale) * float(width) > 1.2


@pytest.mark.parametrize(
    ("inside", "box"),
    [
        ('<circle cx="36" cy="36" r="10"/>', (26, 26, 20, 20)),
        ('<ellipse cx="20" cy="30" rx="4" ry="8"/>', (16, 22, 8, 16)),
        ('<path d="M10 20h30v10H10z"/>', (10, 20, 30, 10)),
        ('<path d="M10 10a10 10 0 0 1 20 0"/>', (10, 0, 20, 10)),
        ('<path d="M10 10a10 10 0 0 0 20 0"/>', (10, 10, 20, 10)),
        ('<path d="M0 20q10-20 20 0t20 0"/>', (0, 10, 40, 20)),
        ('<path d="M0 20c0-20 20-20 20 0s20 20 20 0"/>', (0, 5, 40, 30)),
        ('<rect x="0" y="0" width="10" height="20" transform="translate(30 5)"/>', (30, 5, 10, 20)),
        ('<rect x="0" y="0" width="10" height="20" transform="rotate(90)"/>', (-20, 0, 20, 10)),
        ('<rect x="4" y="4" width="4" height="2" transform="translate(1,1) scale(2)"/>', (9, 9, 8, 4)),
        ('<rect x="1" y="1" width="2" height="2" transform="matrix(0 1 -1 0 10 0)"/>', (7, 1, 2, 2)),
        ('<path fill="none" stroke="#000" stroke-width="4" d="M10 10h20"/>', (8, 8, 24, 4)),
    ],
)
def test_how_much_of_the_grid_a_shape_takes_up(inside: str, box: tuple[float, ...]) -> None:
    found = bounds(drawn(inside))
    assert (found.left, found.top, found.width, found.height) == pytest.approx(box, abs=0.6)


def test_a_picture_of_nothing_has_no_place() -> None:
    with pytest.raises(ValueError, match="nothing is drawn"):
        bounds(())


def test_a_piece_that_is_not_there_is_named() -> None:
    picture = Picture("composed", "beside", ("child", "no-such-drawing"))
    lexicon = Lexicon({"it": Concept("it", "it", {}, picture, reviewed=True)})
    with pytest.raises(symbols.NoPictureError, match="no-such-drawing"):
        symbols.drawing("it", lexicon)


def test_no_composition_repeats_another_or_a_picture_that_stands_alone() -> None:
    pictures = [one.picture for one in load_lexicon() if not one.id.startswith("face-")]
    assert [picture for picture in set(pictures) if pictures.count(picture) > 1] == []
