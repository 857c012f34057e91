"""What pages share that are the same bytes for everybody: their sprite, and how a tablet sets them as it likes."""

from __future__ import annotations

import re

from kiosk.reading.sets import SymbolSet
from kiosk.web.display import CHOICES, DEFAULT, KEYS
from kiosk.web.passages import SPRITE_HERE, sprite_address

SET_BY_THE_TABLET = (*(name for name in CHOICES if name not in {"level", "language"}), *KEYS)
"""What the page's own script sets from the tablet's cookie; level and language stand in the address."""

_SYMBOL = re.compile(re.escape(SPRITE_HERE) + r"#([a-z0-9_-]+)")


def symbols_in(html: str) -> list[str]:
    """The symbols of a page whose sprite has no address yet."""
    return _SYMBOL.findall(html)


def with_first_sprite(html: str, of: SymbolSet | None = None) -> str:
    """The page with the address of a sprite that holds just the symbols it shows."""
    return html.replace(SPRITE_HERE, sprite_address(tuple(sorted(set(symbols_in(html)))), of))


def choices_of_display() -> str:
    """Each choice that the page's script may set, its default first: `symbols=on,off theme=cream,dark`."""
    return " ".join(f"{name}={','.join(_default_first(name))}" for name in SET_BY_THE_TABLET)


def _default_first(name: str) -> list[str]:
    if name in KEYS:
        return [getattr(DEFAULT, name), "*"]
    return sorted(CHOICES[name], key=lambda value: value != getattr(DEFAULT, name))
