"""Codes, signatures and posters, read back by somebody else's eyes."""

from __future__ import annotations

import io
import json

import pytest
import typst
import zxingcpp
from PIL import Image

from kiosk.documents.pdf import TEMPLATES, make_pdf
from kiosk.documents.qr import qr_modules, qr_svg
from kiosk.documents.strokes import strokes_svg
from kiosk.reading.symbols import drawing

ADDRESS = "HTTPS://KIOSK.OAK.SCH.UK/H/ABCDEFGHIJ234567"


def poster(**changes: object) -> dict[str, object]:
    """The data of a poster with three rules and four signatures."""
    words = [{"text": "We", "svg": None}, {"text": "tell", "svg": drawing("tell")}]
    signature = {"svg": strokes_svg([[[0, 0], [500, 400], [900, 100]]]), "alt": "a signature"}
    data: dict[str, object] = {
        "title": "Willow Class charter", "school": "Oak Lane School", "year": "2026–27", "language": "en",
        "rules": [{"number": n, "words": words} for n in (1, 2, 3)],
        "signatures": [signature] * 4, "signed_title": "We signed", "paper": "a4",
        "qr": qr_svg(ADDRESS), "qr_alt": "Code for home", "home_title": "At home", "home_text": "Scan me",
        "attribution": "Symbols: OpenMoji, CC BY-SA 4.0",
    }  # fmt: skip
    return data | changes


def test_a_code_keeps_to_version_three_and_level_q_for_a_school_address() -> None:
    assert len(qr_modules(ADDRESS)) == 29


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_the_poster_is_one_accessible_page(paper: str) -> None:
    assert make_pdf("poster", poster(paper=paper)).startswith(b"%PDF")


@pytest.mark.parametrize("dots_an_inch", [100, 150])
def test_the_code_on_the_poster_is_read_by_another_decoder(dots_an_inch: int) -> None:
    png = typst.compile(
        str(TEMPLATES / "poster.typ"), root=str(TEMPLATES), format="png", ppi=float(dots_an_inch),
        sys_inputs={"data": json.dumps(poster())},
    )  # fmt: skip
    assert isinstance(png, bytes)
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))
    assert [one.text for one in found] == [ADDRESS]


@pytest.mark.parametrize("rules", [3, 5, 8])
def test_a_poster_with_long_rules_and_thirty_signatures_is_one_page(rules: int) -> None:
    sentence = "We stop and we ask a grown-up when a box pops up."
    words = [{"text": one, "svg": drawing("tell") if n % 3 == 1 else None} for n, one in enumerate(sentence.split())]
    signature = {"svg": strokes_svg([[[0, 0], [500, 400], [900, 100]]]), "alt": "a signature"}
    full = poster(rules=[{"number": n + 1, "words": words} for n in range(rules)], signatures=[signature] * 30)
    pages = typst.compile(
        str(TEMPLATES / "poster.typ"), root=str(TEMPLATES), format="svg", sys_inputs={"data": json.dumps(full)}
    )
    assert not isinstance(pages, list)


def test_words_on_a_poster_are_never_read_as_markup() -> None:
    shouted = [{"text": "#panic() *bold* $x$", "svg": None}]
    assert make_pdf("poster", poster(rules=[{"number": 1, "words": shouted}]))


def test_a_dot_is_drawn_and_no_stroke_is_nothing() -> None:
    assert "h0.1" in strokes_svg([[[5, 5]]])
    assert strokes_svg([]) == ""
