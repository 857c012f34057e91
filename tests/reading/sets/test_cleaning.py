"""Pictures that somebody brought: what could do harm is refused, the rest is written anew."""

from __future__ import annotations

import base64
import io
import re

import pytest
from PIL import Image

from kiosk.reading.sets.cleaning import SIDE, HarmfulError, NotDrawnError, clean_png, clean_svg
from tests.reading.sets.making import SVG, png, svg

DOT = '<circle cx="9" cy="9" r="4"/>'


@pytest.mark.parametrize(
    ("picture", "says"),
    [
        (svg(f"<script>x()</script>{DOT}"), "<script>"),
        (svg(f'<h:script xmlns:h="http://www.w3.org/1999/xhtml">x()</h:script>{DOT}'), "<script>"),
        (svg(f"<foreignObject><p>hello</p></foreignObject>{DOT}"), "<foreignObject>"),
        (svg(DOT, attributes='onload="x()"'), "onload"),
        (svg('<circle cx="9" cy="9" r="4" onclick="x()"/>'), "onclick"),
        (svg(f'<image href="https://example.org/x.png"/>{DOT}'), "outside the picture"),
        (svg(f'<image xlink:href="data:image/png;base64,AAAA"/>{DOT}'), "outside the picture"),
        (svg(f'<use xlink:href="#a"/>{DOT}'), "<use>"),
        (svg(f'<a href="#x">{DOT}</a>'), "<a>"),
        (svg('<circle r="4" fill="url(https://example.org/x#y)"/>'), "outside the picture"),
        (svg('<circle r="4" style="fill:url(//example.org/x)"/>'), "outside the picture"),
        (svg(f"<style>@import 'x.css';</style>{DOT}"), "style sheet points outside"),
        (svg(f"<style>@font-face{{src:url(https://example.org/x)}}</style>{DOT}"), "style sheet points outside"),
        (svg(f'<animate attributeName="r"/>{DOT}'), "<animate>"),
        (svg(f"{DOT}&a;", before='<!DOCTYPE svg [<!ENTITY a "aaaa">]>'), "entities"),
        (svg("&c;", before='<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>'), "entities"),
        (svg(DOT, before='<!DOCTYPE svg [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>'), "entities"),
        (svg(DOT, before='<?xml-stylesheet href="https://example.org/x.css"?>'), "xml-stylesheet"),
        (svg("<g>" * 80 + DOT + "</g>" * 80), "more parts, or deeper"),
        (svg(DOT * 6_000), "more parts, or deeper"),
    ],
)
def test_a_picture_that_could_do_harm_is_refused_with_the_reason(picture: bytes, says: str) -> None:
    with pytest.raises(HarmfulError, match=re.escape(says)):
        clean_svg(picture)


@pytest.mark.parametrize(
    ("picture", "says"),
    [
        (b"", "no SVG"),
        (b"<html></html>", "no SVG picture"),
        (svg(DOT)[:-9], "cut short"),
        (SVG.encode("utf-16"), "UTF-8"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>', "viewBox"),
        (svg(DOT).replace(b"0 0 72 72", b"0 0 inf 72"), "viewBox"),
        (svg("<title>Nothing</title>"), "shows nothing"),
        (svg('<path d="M1 1L2"/>'), "paths is broken"),
        (svg(f"<text>help</text>{DOT}"), "<text>"),
        (svg(f"<linearGradient/>{DOT}"), "<linearGradient>"),
        (svg(f"<style>g > circle {{fill:red}}</style>{DOT}"), "presentation attributes"),
        (svg('<path d="M0 0' + "l1.2 3.4" * 20_000 + '"/>'), "too many details"),
        (b" " * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    ],
)
def test_a_picture_that_is_not_drawn_here_says_what_to_do(picture: bytes, says: str) -> None:
    with pytest.raises(NotDrawnError, match=re.escape(says)):
        clean_svg(picture)


def test_shapes_keep_their_look_from_attributes_style_and_plain_classes() -> None:
    picture = svg(
        '<style>.a,.b{fill:#f00}.b{stroke:#000;stroke-width:3px}</style><metadata><x:y xmlns:x="urn:x"/></metadata>'
        '<circle class="b" r="4" cx="9" cy="9"/><circle style="fill:#00f" r="2" cx="1" cy="1"/>'
        '<circle r="1" style="display:none"/><circle r="1" visibility="hidden"/>',
        before='<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">',
    )
    assert clean_svg(picture).svg == (
        '<circle fill="#f00" stroke-width="3" cx="9" cy="9" r="4"/>'
        '<circle fill="#00f" stroke="none" cx="1" cy="1" r="2"/>'
    )


def test_skin_is_named_whether_it_is_marked_or_only_coloured() -> None:
    marked, coloured = clean_svg(SVG.encode()), clean_svg(SVG.replace("aac-skin-fill", "").encode(), skin="#ffeec8")
    assert marked.svg == coloured.svg
    assert 'fill="var(--skin,#fcea2b)"' in marked.svg
    assert marked.view_box == "0 0 850 850"


def test_a_large_grid_is_written_in_whole_units_and_a_small_one_finely() -> None:
    large = clean_svg(
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 850 850"><path d="M1.26 1l3.4 5.6"/></svg>'
    )
    small = clean_svg(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M1.26 1l3.4 5.66"/></svg>')
    assert 'd="M1 1l4 6"' in large.svg
    assert 'd="M1.26 1l3.4 5.66"' in small.svg


def test_a_png_is_decoded_made_smaller_and_written_anew() -> None:
    made = Image.open(io.BytesIO(base64.b64decode(clean_png(png(1000, 500)).png)))
    assert made.size == (SIDE, SIDE // 2)
    assert made.info.get("comment") is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        png()[:60],
        png().replace(b"IDAT", b"IDOT"),
        svg(DOT),
        png(5000, 5000),
        b"x" * (2 * 1024 * 1024 + 1),
    ],
)
def test_what_is_no_whole_png_of_a_sensible_size_is_refused(data: bytes) -> None:
    with pytest.raises(NotDrawnError):
        clean_png(data)
