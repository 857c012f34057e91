"""Typefaces: cut to the letters that the kiosk's languages need."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.subset import parse_unicodes
from fontTools.ttLib import TTFont

from kiosk.web.assets import FACES, get_font

WELSH_AND_POLISH = "âêîôûŵŷäëïöÿáéíóúẁẃẅỳąćęłńśźżÂÊÎÔÛŴŶĄĆĘŁŃÓŚŹŻ"


@pytest.mark.parametrize("name", FACES)
def test_a_face_has_every_letter_that_it_says_it_has(name: str, tmp_path: Path) -> None:
    kept = get_font(name, tmp_path)
    assert kept
    has = set(TTFont(BytesIO(kept.body)).getBestCmap())
    said = set(parse_unicodes(FACES[name].letters.replace("U+", "")))
    if name.startswith("reading"):
        assert said == has
    assert has <= said


def test_whoever_reads_with_atkinson_gets_the_letters_it_lacks_from_lexend() -> None:
    def letters(*names: str) -> set[int]:
        return {one for name in names for one in parse_unicodes(FACES[name].letters.replace("U+", ""))}

    lexend = letters("lexend", "lexend-more")
    for reading in ("reading", "reading-bold"):
        assert ord("ŵ") not in letters(reading)
        assert {ord(one) for one in WELSH_AND_POLISH} <= letters(reading) | lexend
