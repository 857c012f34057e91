"""Takes a picture that somebody brought apart, refuses what could do harm, and writes the rest anew."""

from __future__ import annotations

import re
import warnings
from base64 import b64encode
from io import BytesIO
from math import isfinite
from xml.parsers import expat

from PIL import Image

from kiosk.reading.sets import SetPicture
from kiosk.reading.shapes import shapes_of, written

MOST_BYTES = 2 * 1024 * 1024
MOST_ELEMENTS = 5_000
MOST_DEPTH = 60
MOST_WRITTEN = 60_000
MOST_PIXELS = 4096 * 4096
SIDE = 288
"""Pixels of a kept PNG's longer side: 96 on a tablet with three for one."""

_SVG = "http://www.w3.org/2000/svg"
_DRAWN = {"svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon"}
_SILENT = {"title", "desc", "metadata", "defs", "style"}
_HARMFUL = {
    "script", "foreignObject", "iframe", "embed", "object", "a", "image", "feImage", "use", "handler", "listener",
    "animate", "animateTransform", "animateMotion", "set", "audio", "video", "canvas", "link",
}  # fmt: skip
_REACHES_OUT = re.compile(r"url\(\s*['\"]?(?!#)|javascript:|data:|@import|expression\(|https?://|\\", re.IGNORECASE)
_OWN_TYPEFACE = re.compile(r"@font-face\{(?:(?!https?:)[^{}])*\}")
"""A typeface inside the picture, as some of Mulberry's have: it is dropped with the letters that it was for."""
_PLAIN_SHEET = re.compile(r"/\*.*?\*/|(?:\s*\.[\w-]+\s*,?)+\{[^{}]*\}|\s+", re.DOTALL)


class HarmfulError(ValueError):
    """A picture holds what no picture needs; the message says what, and what to do."""


class NotDrawnError(ValueError):
    """A picture is not one that the kiosk can draw; the message says why, and what to do."""


def clean_svg(data: bytes, *, skin: str = "", without_letters: bool = False) -> SetPicture:
    """The picture's shapes, written anew. Raises HarmfulError and NotDrawnError.

    `skin`: a colour that stands for skin. `without_letters`: drop letters that are set in a typeface, not drawn.
    """
    if len(data) > MOST_BYTES:
        raise NotDrawnError(f"It is larger than {MOST_BYTES // 1024 // 1024} MB. Save it smaller.")
    box = inspect_svg(data, without_letters=without_letters)
    try:
        places = next(places for least, places in ((300, 0), (30, 1), (3, 2), (0, 3)) if max(box[2:]) >= least)
        svg = written(shapes_of(data.decode(), places=places, skin=skin))
    except (ValueError, OverflowError, expat.ExpatError) as error:
        raise NotDrawnError("One of its paths is broken. Save it again as plain SVG, in UTF-8.") from error
    if not svg:
        raise NotDrawnError("It shows nothing. Choose another picture.")
    if len(svg) > MOST_WRITTEN:
        raise NotDrawnError("It has too many details for a symbol. Give it as a PNG instead.")
    return SetPicture(svg=svg, view_box=" ".join(f"{number:g}" for number in box))


def inspect_svg(data: bytes, *, without_letters: bool = False) -> tuple[float, ...]:
    """The view box of a picture in which nothing harmful or unknown is. Raises HarmfulError and NotDrawnError."""
    inspector = _Inspector(without_letters=without_letters)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = inspector.doctype
    parser.EntityDeclHandler = inspector.entity
    parser.ProcessingInstructionHandler = inspector.instruction
    parser.StartElementHandler = inspector.start
    parser.EndElementHandler = inspector.end
    parser.CharacterDataHandler = inspector.text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise NotDrawnError(f"It is no SVG, or cut short (line {error.lineno}). Save it again.") from error
    return inspector.box


class _Inspector:
    """Looks at each thing in an SVG as it comes by."""

    def __init__(self, *, without_letters: bool) -> None:
        self.box: tuple[float, ...] = ()
        self._without_letters = without_letters
        self._silent = _SILENT | ({"text", "tspan"} if without_letters else set())
        self._open: list[str] = []
        self._elements = 0
        self._sheet = ""

    def doctype(self, _name: str, _system: str | None, _public: str | None, has_more: bool) -> None:
        if has_more:
            raise HarmfulError("It declares entities (<!DOCTYPE … [ ]>). Save it again as plain SVG.")

    def entity(self, *_told: object) -> None:
        raise HarmfulError("It declares entities (<!ENTITY>). Save it again as plain SVG.")

    def instruction(self, target: str, _data: str) -> None:
        raise HarmfulError(f"It asks for something of the program that shows it (<?{target}>). Save it as plain SVG.")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        self._elements += 1
        if self._elements > MOST_ELEMENTS or len(self._open) >= MOST_DEPTH:
            raise HarmfulError("It has more parts, or deeper ones, than a symbol needs. Save it simpler, or as a PNG.")
        if not self._open:
            self._take_box(space, tag, attributes)
        self._open.append(tag)
        for stated, value in attributes.items():
            self._look_at(stated.rpartition(" ")[2], value, is_own=space == _SVG and " " not in stated)
        if tag in _HARMFUL:
            raise HarmfulError(f"It holds <{tag}>, which a symbol may not. Take it out, or save the picture as a PNG.")
        if space == _SVG and tag not in _DRAWN | self._silent:
            raise NotDrawnError(f"It uses <{tag}>, which is not drawn here. Make paths of it, or save it as a PNG.")

    def end(self, _name: str) -> None:
        if self._open.pop() == "style":
            sheet = _OWN_TYPEFACE.sub("", self._sheet)
            if _REACHES_OUT.search(sheet):
                raise HarmfulError("Its style sheet points outside the picture. Save it again as plain SVG.")
            if _PLAIN_SHEET.sub("", sheet) or (sheet != self._sheet and not self._without_letters):
                raise NotDrawnError("Its style sheet is not understood here. Save it with “presentation attributes”.")
            self._sheet = ""

    def text(self, text: str) -> None:
        if self._open[-1] == "style":
            self._sheet += text

    def _look_at(self, name: str, value: str, *, is_own: bool) -> None:
        if name.lower().startswith("on"):
            raise HarmfulError(f"It runs something ({name}=…), which a symbol may not. Save it again as plain SVG.")
        if name == "href" and not value.startswith("#"):
            raise HarmfulError("It points outside the picture (href). Save it again as plain SVG, with nothing linked.")
        if is_own and _REACHES_OUT.search(value):
            raise HarmfulError(f"It points outside the picture ({name}). Save it again as plain SVG.")

    def _take_box(self, space: str, tag: str, attributes: dict[str, str]) -> None:
        if (space, tag) != (_SVG, "svg"):
            raise NotDrawnError("It is no SVG picture. Choose another file.")
        sides = [attributes.get(name, "").removesuffix("px") for name in ("width", "height")]
        stated = re.split(r"[\s,]+", attributes["viewBox"].strip()) if "viewBox" in attributes else []
        try:
            box = tuple(float(number) for number in stated or ("0", "0", *sides))
        except ValueError:
            box = ()
        if len(box) != 4 or not all(map(isfinite, box)) or not all(0.1 <= side <= 100_000 for side in box[2:]):
            raise NotDrawnError("It does not say how large it is (viewBox). Save it again with a view box.")
        self.box = box


def clean_png(data: bytes) -> SetPicture:
    """The picture decoded, made no larger than needed, and encoded anew. Raises NotDrawnError."""
    if len(data) > MOST_BYTES:
        raise NotDrawnError(f"It is larger than {MOST_BYTES // 1024 // 1024} MB. Save it smaller.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=["PNG"]) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise NotDrawnError(f"It is {opened.width} by {opened.height} pixels. Save it smaller.")
                opened.load()
                picture = opened.convert("RGBA")
    except NotDrawnError:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotDrawnError("It is no PNG, or cut short. Save it again as a PNG.") from error
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    made = []
    for one in (picture, picture.quantize(255, method=Image.Quantize.FASTOCTREE)):
        out = BytesIO()
        one.save(out, "PNG", optimize=True)
        made.append(out.getvalue())
    return SetPicture(png=b64encode(min(made, key=len)).decode())
