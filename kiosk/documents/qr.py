"""QR codes that survive a school wall: level Q, a border of four modules, and nothing in them but an address."""

from __future__ import annotations

from functools import lru_cache

import qrcode
from qrcode.constants import ERROR_CORRECT_Q

BORDER = 4


def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark modules of the code of a text, row by row, without the border.

    A text in capitals, digits and ``$%*+-./:`` alone stays in alphanumeric mode, which keeps the code coarse.
    """
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=0)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.modules)


@lru_cache(maxsize=512)
def qr_svg(text: str) -> str:
    """The code as an SVG with its border; what a screen reader says of it stands around it."""
    modules = qr_modules(text)
    size = len(modules) + 2 * BORDER
    path = "".join(
        f"M{x + BORDER} {y + BORDER}h1v1h-1z" for y, row in enumerate(modules) for x, dark in enumerate(row) if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {size} {size}" aria-hidden="true" '
        f'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        f'<path fill="#000" d="{path}"/></svg>'
    )
