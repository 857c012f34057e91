"""A signature as it is kept (strokes of points in a box 1000 wide) drawn as SVG."""

from __future__ import annotations

from collections.abc import Sequence

Strokes = Sequence[Sequence[Sequence[float]]]

_INK = "#1c2340"


def strokes_svg(strokes: Strokes) -> str:
    """The strokes as one SVG, cut to what was drawn, with a little room around it."""
    points = [point for stroke in strokes for point in stroke]
    if not points:
        return ""
    left, right = min(p[0] for p in points), max(p[0] for p in points)
    top, bottom = min(p[1] for p in points), max(p[1] for p in points)
    box = f"{left - 20:g} {top - 20:g} {right - left + 40:g} {bottom - top + 40:g}"
    paths = []
    for stroke in strokes:
        if not stroke:
            continue
        steps = "L".join(f"{point[0]:g} {point[1]:g}" for point in stroke)
        # A dot is a line to itself: round ends make it a point.
        paths.append(f"M{steps}" if len(stroke) > 1 else f"M{steps}h0.1")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" fill="none" stroke="{_INK}" stroke-width="14" '
        f'stroke-linecap="round" stroke-linejoin="round"><path d="{"".join(paths)}"/></svg>'
    )
