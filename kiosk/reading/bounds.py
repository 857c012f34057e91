"""How much of the grid shapes take up, so that a piece of a composition can be drawn as large as its place allows."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from kiosk.reading.shapes import Shape, segments

Point: TypeAlias = tuple[float, float]
Matrix: TypeAlias = tuple[float, float, float, float, float, float]

_UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)
_TRANSFORM = re.compile(r"(\w+)\(([-0-9.,\s]+)\)")
_STEPS = (0.25, 0.5, 0.75, 1.0)  # where a curve is looked at; closer makes no difference to the eye


@dataclass(frozen=True)
class Box:
    """An upright rectangle on the 72 × 72 grid."""

    left: float
    top: float
    width: float
    height: float


def bounds(shapes: Iterable[Shape]) -> Box:
    """The rectangle around shapes, their lines included; raises ValueError if there are none."""
    lefts, tops, rights, bottoms = [], [], [], []
    for shape in shapes:
        half = _line_width(shape) / 2
        for x, y in _moved(_points(shape), _matrix(shape.transform)):
            lefts.append(x - half)
            rights.append(x + half)
            tops.append(y - half)
            bottoms.append(y + half)
    if not lefts:
        raise ValueError("nothing is drawn")
    left, top = min(lefts), min(tops)
    return Box(left, top, max(rights) - left, max(bottoms) - top)


def _line_width(shape: Shape) -> float:
    style = dict(shape.style)
    return 0 if style.get("stroke") == "none" else float(style.get("stroke-width", "2"))


def _points(shape: Shape) -> Iterator[Point]:
    if shape.tag == "path":
        yield from _path(dict(shape.geometry)["d"])
        return
    value = {name: float(text or 0) for name, text in shape.geometry}
    if shape.tag == "rect":
        x, y = value.get("x", 0), value.get("y", 0)
        right, bottom = x + value.get("width", 0), y + value.get("height", 0)
        yield from ((x, y), (right, y), (x, bottom), (right, bottom))
        return
    x, y = value.get("cx", 0), value.get("cy", 0)
    across, down = value.get("rx", value.get("r", 0)), value.get("ry", value.get("r", 0))
    for step in range(16):
        angle = step * math.pi / 8
        yield x + across * math.cos(angle), y + down * math.sin(angle)


def _path(data: str) -> Iterator[Point]:
    x = y = start_x = start_y = 0.0
    hinge: Point = (0, 0)  # the control point that S and T mirror
    for command, given in segments(data):
        upper = command.upper()
        if upper == "Z":
            x, y = start_x, start_y
            continue
        lead, values = (given[:5], given[5:]) if upper == "A" else ([], given)
        if upper in "HV":
            here = (x, y) if command.islower() else (0, 0)
            end = (here[0] + values[0], y) if upper == "H" else (x, here[1] + values[0])
            points = [end]
        else:
            dx, dy = (x, y) if command.islower() else (0, 0)
            pairs = zip(values[::2], values[1::2], strict=True)
            points = [(px + dx, py + dy) for px, py in pairs]
        if upper in "ST":
            points.insert(0, (2 * x - hinge[0], 2 * y - hinge[1]))
        end = points[-1]
        if upper == "A":
            yield from _arc((x, y), lead, end)
        elif len(points) > 1:
            yield from (_bezier([(x, y), *points], step) for step in _STEPS)
        else:
            yield end
        if upper == "M":
            start_x, start_y = end
        hinge = points[-2] if len(points) > 1 else end
        x, y = end


def _bezier(points: list[Point], along: float) -> Point:
    while len(points) > 1:
        points = [
            (ax + (bx - ax) * along, ay + (by - ay) * along)
            for (ax, ay), (bx, by) in pairwise(points)
        ]
    return points[0]


def _arc(start: Point, lead: list[float], end: Point) -> Iterator[Point]:
    """Points along an elliptical arc (the SVG specification's way from two ends to a centre, F.6.5)."""
    yield end
    across, down, tilt, is_large, is_clockwise = lead
    across, down = abs(across), abs(down)
    if not across or not down or start == end:
        return
    cos, sin = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * half_x + sin * half_y, cos * half_y - sin * half_x
    grown = math.sqrt(max(1, (x / across) ** 2 + (y / down) ** 2))
    across, down = across * grown, down * grown
    under = (across * y) ** 2 + (down * x) ** 2
    root = math.sqrt(max(0, (across * down) ** 2 - under) / under)
    root = -root if bool(is_large) is bool(is_clockwise) else root
    middle_x, middle_y = root * across * y / down, -root * down * x / across
    first = math.atan2((y - middle_y) / down, (x - middle_x) / across)
    sweep = (math.atan2((-y - middle_y) / down, (-x - middle_x) / across) - first) % (2 * math.pi)
    sweep = sweep if is_clockwise else sweep - 2 * math.pi
    for step in range(1, 8):
        angle = first + sweep * step / 8
        on_x, on_y = middle_x + across * math.cos(angle), middle_y + down * math.sin(angle)
        yield (
            cos * on_x - sin * on_y + (start[0] + end[0]) / 2,
            sin * on_x + cos * on_y + (start[1] + end[1]) / 2,
        )


def _matrix(transform: str) -> Matrix:
    matrix = _UNMOVED
    for name, given in _TRANSFORM.findall(transform):
        values = [float(value) for value in re.split(r"[\s,]+", given.strip())]
        matrix = _times(matrix, _one_matrix(name, values))
    return matrix


def _one_matrix(name: str, values: list[float]) -> Matrix:
    if name == "matrix":
        a, b, c, d, e, f = values
        return a, b, c, d, e, f
    if name == "translate":
        return 1, 0, 0, 1, values[0], values[1] if len(values) > 1 else 0
    if name == "scale":
        return values[0], 0, 0, values[-1], 0, 0
    if name == "rotate":
        cos, sin = math.cos(math.radians(values[0])), math.sin(math.radians(values[0]))
        x, y = values[1:] or (0, 0)
        return cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y
    raise ValueError(f"{name}() is not a move that this reads")


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f


def _moved(points: Iterable[Point], matrix: Matrix) -> Iterator[Point]:
    a, b, c, d, e, f = matrix
    return ((a * x + c * y + e, b * x + d * y + f) for x, y in points)
