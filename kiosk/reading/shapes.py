"""Reads an SVG as plain shapes and writes them short: no id, style, script, link or guide layer survives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from xml.etree import ElementTree

from kiosk.reading.tones import OF_A_LAYER, SKIN

_LAYERS = {"color", "color-foreground", "hair", "skin", "skin-shadow", "line"}
SKIN_CLASS = "aac-skin-fill"
"""How sets of symbols for communication mark what is filled with the colour of skin."""

# What every symbol starts from; a shape states only where it differs.
DEFAULTS = {
    "fill": "none",
    "stroke": "#000",
    "stroke-width": "2",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}
_SVG_DEFAULTS = {"fill": "#000", "stroke": "none", "stroke-width": "1"}
_STYLE = (*DEFAULTS, "fill-rule", "fill-opacity", "stroke-opacity", "stroke-dasharray", "opacity")
_GEOMETRY = {
    "path": ("d",),
    "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"),
    "rect": ("x", "y", "width", "height", "rx", "ry"),
    "line": ("x1", "y1", "x2", "y2"),
    "polyline": ("points",),
    "polygon": ("points",),
}
# Values that can only be numbers, colours or moves; anything else (url(), javascript:) is left out.
_SAFE_VALUE = re.compile(r"#[0-9a-fA-F]{3,8}|[a-z]+|[-+0-9.,eE\sMmLlHhVvCcSsQqTtAaZz]+|(?:\w+\([-0-9.,\s]+\)\s*)+")
_RULE = re.compile(r"((?:\s*\.[\w-]+\s*,?)+)\{([^{}]*)\}")
_COMMAND = re.compile(r"[\s,]*([MmLlHhVvCcSsQqTtAaZz])")
_NUMBER = re.compile(r"[\s,]*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_FLAG = re.compile(r"[\s,]*([01])")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


@dataclass(frozen=True)
class Shape:
    """One drawn element: its geometry, and how it is filled and lined."""

    tag: str
    geometry: tuple[tuple[str, str], ...]
    style: tuple[tuple[str, str], ...]
    transform: str = ""

    @property
    def is_line(self) -> bool:
        """Whether it is a path without filling, so that it can be written in one with the next."""
        return self.tag == "path" and not self.transform and ("fill", "none") in self.style


@dataclass(frozen=True)
class _Context:
    """What an element takes over from those around it, and what holds for the whole picture."""

    style: Mapping[str, str]
    places: int
    rules: Mapping[str, Mapping[str, str]]
    skin: str
    transform: str = ""
    layer: str = ""


def shapes_of(svg: str, *, places: int = 1, skin: str = "") -> tuple[Shape, ...]:
    """The shapes of an SVG in drawing order, each with the style that it inherits, to so many decimal places.

    `skin` is a colour that this picture fills with where there is skin, and nowhere else.

    The file is ours, of a package, or has passed `kiosk.reading.sets.cleaning`.
    """
    root = ElementTree.fromstring(svg)  # noqa: S314
    return tuple(_shapes(root, _Context(_SVG_DEFAULTS, places, _rules_of(root), skin)))


def written(shapes: tuple[Shape, ...]) -> str:
    """The shapes as SVG elements, to stand inside an element that carries DEFAULTS."""
    parts = []
    for (style, is_line), group in groupby(shapes, key=lambda shape: (shape.style, shape.is_line)):
        alike = list(group)
        if is_line:
            data = "".join(value for shape in alike for _name, value in shape.geometry)
            alike = [Shape("path", (("d", data),), style)]
        differences = [(name, value) for name, value in style if DEFAULTS.get(name) != value]
        if len(alike) > 1 and differences:
            inner = "".join(_element(shape, ()) for shape in alike)
            parts.append(f"<g{_attributes(differences)}>{inner}</g>")
        else:
            parts += [_element(shape, differences) for shape in alike]
    return "".join(parts)


def _element(shape: Shape, style: list[tuple[str, str]] | tuple[()]) -> str:
    transform = [("transform", shape.transform)] if shape.transform else []
    return f"<{shape.tag}{_attributes([*style, *transform, *shape.geometry])}/>"


def _attributes(pairs: list[tuple[str, str]]) -> str:
    return "".join(f' {name}="{value}"' for name, value in pairs)


def _shapes(element: ElementTree.Element, around: _Context) -> Iterator[Shape]:
    if _is_hidden(element):
        return
    tag = element.tag.rpartition("}")[2]
    here = _within(element, around)
    if tag in {"svg", "g"}:
        for child in element:
            yield from _shapes(child, here)
    elif tag in _GEOMETRY and (here.style["fill"] != "none" or here.style["stroke"] != "none"):
        yield _shape(tag, element, here)


def _is_hidden(element: ElementTree.Element) -> bool:
    stated = re.search(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", element.get("style", ""))
    is_guide = element.get("id") in {"grid", "guides"}
    return is_guide or element.get("display") == "none" or element.get("visibility") == "hidden" or stated is not None


def _within(element: ElementTree.Element, around: _Context) -> _Context:
    style = {**around.style, **{name: _colour(value) for name, value in _safe(element, _STYLE)}}
    classes = element.get("class", "").split()
    for name in classes:
        style |= around.rules.get(name, {})
    style |= _declared(element.get("style", ""))
    if SKIN_CLASS in classes:
        style["fill"] = SKIN
    transform, moved = around.transform, element.get("transform", "")
    if moved and _SAFE_VALUE.fullmatch(moved):
        transform = f"{transform} {_rounded(moved)}".strip()
    layer = element.get("id", "")
    return replace(around, style=style, transform=transform, layer=layer if layer in _LAYERS else around.layer)


def _shape(tag: str, element: ElementTree.Element, here: _Context) -> Shape:
    style = {
        name: SKIN if value == here.skin else OF_A_LAYER.get((here.layer, value), value)
        for name, value in here.style.items()
    }
    geometry = dict(_safe(element, _GEOMETRY[tag]))
    if tag in {"line", "polyline", "polygon"}:
        points = geometry.get("points") or " ".join(geometry.get(name, "0") for name in _GEOMETRY[tag])
        tag, geometry = "path", {"d": f"M{points}{'z' if tag == 'polygon' else ''}"}
    if tag == "path":
        geometry = {"d": short_path(geometry.get("d", ""), here.places)}
    else:
        geometry = {name: _rounded(value) for name, value in geometry.items()}
    if style["stroke"] == "none":
        style = {name: value for name, value in style.items() if not name.startswith("stroke-")}
    else:
        style = {"stroke-linecap": "round", "stroke-linejoin": "round", **style}
        style["stroke-width"] = _rounded(style["stroke-width"])
    if style["fill"] == "none":
        style.pop("fill-rule", None)
    ordered = tuple((name, style[name]) for name in _STYLE if name in style)
    return Shape(tag, tuple(geometry.items()), ordered, here.transform)


def _rules_of(root: ElementTree.Element) -> dict[str, dict[str, str]]:
    """What each class of the picture's own style sheet says, where it is as plain as drawing programs write it."""
    rules: dict[str, dict[str, str]] = {}
    for sheet in root.iter("{http://www.w3.org/2000/svg}style"):
        for selectors, body in _RULE.findall(sheet.text or ""):
            for selector in selectors.split(","):
                rules.setdefault(selector.strip().removeprefix("."), {}).update(_declared(body))
    return rules


def _declared(declarations: str) -> dict[str, str]:
    pairs = (one.partition(":") for one in declarations.split(";"))
    stated = {name.strip(): value.strip().removesuffix("px") for name, _colon, value in pairs}
    return {name: _colour(stated[name]) for name in _STYLE if _SAFE_VALUE.fullmatch(stated.get(name, ""))}


def _safe(element: ElementTree.Element, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        value = element.get(name, "")
        if _SAFE_VALUE.fullmatch(value):
            yield name, value


def _colour(value: str) -> str:
    """A colour at its shortest: #000 for #000000 and for black."""
    value = {"black": "#000", "white": "#fff"}.get(value, value)
    if re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        value = value.lower()
        if value[1] == value[2] and value[3] == value[4] and value[5] == value[6]:
            return f"#{value[1]}{value[3]}{value[5]}"
    return value


def _rounded(numbers: str) -> str:
    return re.sub(r"-?\d*\.?\d+(?:e-?\d+)?", lambda found: _number(float(found[0]), 2), numbers)


def _number(value: float, places: int = 1) -> str:
    text = f"{value:.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = re.sub(r"^(-?)0\.", r"\1.", text)
    return "0" if text in {"", "-", "-0"} else text


def short_path(data: str, places: int = 1) -> str:
    """A path to a tenth of a unit, or as asked, in relative moves whose rounding never adds up."""
    out: list[str] = []
    x = y = start_x = start_y = 0.0  # where the path truly is
    at_x = at_y = home_x = home_y = 0.0  # where the rounded path is
    for command, arguments in segments(data):
        upper, relative = command.upper(), command.islower()
        if upper == "Z":
            out.append("z")
            x, y, at_x, at_y = start_x, start_y, home_x, home_y
            continue
        values = list(arguments)
        lead: list[str] = []
        if upper == "A":
            lead = [_number(value, places) for value in values[:5]]
            values = values[5:]
        elif upper == "H":
            upper, values = "L", [values[0], 0.0 if relative else y]
        elif upper == "V":
            upper, values = "L", [0.0 if relative else x, values[0]]
        if relative:
            values = [value + (y if odd % 2 else x) for odd, value in enumerate(values)]
        x, y = values[-2], values[-1]
        if upper == "M":
            at_x, at_y = round(x, places), round(y, places)
            start_x, start_y, home_x, home_y = x, y, at_x, at_y
            out.append("M" + _joined([_number(at_x, places), _number(at_y, places)]))
            continue
        moves = [value - (at_y if odd % 2 else at_x) for odd, value in enumerate(values)]
        at_x, at_y = at_x + round(moves[-2], places), at_y + round(moves[-1], places)
        out.append(_move(upper, lead, [_number(move, places) for move in moves]))
    return "".join(out)


def _move(upper: str, lead: list[str], moves: list[str]) -> str:
    if upper == "L" and moves[1] == "0":
        return "h" + moves[0]
    if upper == "L" and moves[0] == "0":
        return "v" + moves[1]
    return upper.lower() + _joined([*lead, *moves])


def _joined(numbers: list[str]) -> str:
    """Numbers with a space only where two would run together."""
    text = ""
    for number in numbers:
        parts_itself = number[0] == "-" or (number[0] == "." and "." in re.split("[ -]", text)[-1])
        text += number if parts_itself or not text else f" {number}"
    return text


def segments(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each drawing command with its numbers, repeated commands spelt out."""
    command, at = "M", 0
    while at < len(data):
        found = _COMMAND.match(data, at)
        if found:
            command, at = found[1], found.end()
        elif not data[at:].strip(" ,\n\t\r"):
            return
        numbers: list[float] = []
        for place in range(_ARGUMENTS[command.upper()]):
            # The two flags of an arc may stand against the next number: 0 0 1 or 001.
            is_flag = command in "Aa" and place in (3, 4)
            match = (_FLAG if is_flag else _NUMBER).match(data, at)
            if match is None:
                raise ValueError(f"a path stops short: {data[:40]}")
            numbers.append(float(match[1]))
            at = match.end()
        yield command, numbers
        # A move goes on as lines.
        command = {"M": "L", "m": "l"}.get(command, command)
