"""Whatever is sent becomes a small square without metadata, or is refused for a reason."""

from __future__ import annotations

import pytest

from kiosk.features.people.pictures import PictureError, square_of
from tests.features.people.pictures import bomb, colour_at, from_a_telephone, moving, opened, picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "sent",
    # Of the pictures in a telephone's JPEG the first is the photograph.
    [picture("JPEG"), picture("PNG"), picture("WEBP"), moving("MPO"), picture("PNG", (160, 160))],
    ids=["jpeg", "png", "webp", "two in a jpeg", "the smallest"],
)
def test_a_picture_is_kept_as_a_small_square(sent: bytes) -> None:
    kept = opened(square_of(sent))
    assert (kept.format, kept.size) == ("WEBP", (320, 320))


def test_where_and_with_what_it_was_taken_is_gone_and_it_stands_upright() -> None:
    sent = from_a_telephone()
    assert b"Maker of cameras" in sent
    stored = square_of(sent)
    assert b"Maker" not in stored and b"EXIF" not in stored
    assert not opened(stored).getexif()
    # A quarter turn clockwise brings what was on the left to the top.
    assert [colour_at(opened(stored), 160, y) for y in (20, 300)] == ["red", "blue"]


def test_a_large_picture_is_turned_too() -> None:
    exif = opened(from_a_telephone()).getexif().tobytes()
    kept = opened(square_of(picture(size=(4000, 3000), exif=exif)))
    assert [colour_at(kept, 160, y) for y in (20, 300)] == ["red", "blue"]


@pytest.mark.parametrize(
    ("crop", "colours"),
    [("first", ["red", "red"]), ("middle", ["red", "blue"]), ("last", ["blue", "blue"])],
)
def test_another_part_of_an_oblong_picture_can_be_taken(crop: str, colours: list[str]) -> None:
    kept = opened(square_of(picture(size=(800, 400)), crop))
    assert [colour_at(kept, x, 160) for x in (20, 300)] == colours


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        (b"", "none"),
        (b"Dear teacher, this is a text.", "format"),
        (SVG, "format"),
        (moving("GIF"), "format"),
        (bytes(10 * 1024 * 1024 + 1), "big"),
        (bomb(), "pixels"),
        (picture("PNG", (5000, 4001)), "pixels"),
        (moving("PNG"), "moving"),
        (moving("WEBP"), "moving"),
        (picture(size=(159, 400)), "small"),
        (picture()[:-800], "broken"),
        (picture("PNG")[:-100], "broken"),
        (picture("WEBP")[:-100], "broken"),
    ],
    ids=["nothing", "text", "svg", "gif", "too large", "bomb", "20 million dots", "apng", "moving webp", "tiny",
         "cut jpeg", "cut png", "cut webp"],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_for_its_reason(sent: bytes, problem: str) -> None:
    with pytest.raises(PictureError) as refused:
        square_of(sent)
    assert refused.value.problem == problem
