"""How this person or tablet likes its pages: one mechanism for every page of the kiosk.

It is a cookie that both the server and a cached page's own script can read; it holds no person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import parse_qsl, urlencode

from flask import Response, g, request

COOKIE = "display"
LANGUAGES = {"en": "English", "pl": "Polski", "ur": "اردو"}
RIGHT_TO_LEFT = {"ur"}


def _tenths(first: float, last: float) -> tuple[str, ...]:
    return tuple(f"{n / 10:.1f}" for n in range(round(first * 10), round(last * 10) + 1))


CHOICES: Mapping[str, tuple[str, ...]] = {
    "level": ("full", "simple", "symbols"),
    "symbols": ("on", "off"),
    "theme": ("cream", "dark", "contrast"),
    "colour": ("full", "calm"),
    "motion": ("on", "off"),
    "size": ("m", "l", "xl"),
    "rate": ("0.5", "0.75", "1"),
    "language": tuple(LANGUAGES),
    "words": ("on", "off"),
    "spacing": ("usual", "wide", "widest"),
    "typeface": ("lexend", "reading"),
    "hand": ("right", "left"),
    "listen": ("tap", "auto"),
    "tone": ("none", "1", "2", "3", "4", "5"),
    "scan": ("off", "one", "two"),
    "pace": _tenths(0.5, 10),
    "cue": ("off", "on"),
    "hold": _tenths(0, 2),
    "repeat": _tenths(0, 2),
}
"""`pace`: seconds on each thing while scanning. `hold`, `repeat`: seconds a press lasts, and until the next counts."""
KEYS = ("select", "step")
"""The keys that switches send, by their KeyboardEvent.code: any word will do."""
_KEY = re.compile(r"[A-Za-z0-9]{1,24}")


@dataclass(frozen=True)
class Display:
    """The choices in hand, each one of CHOICES, and the KEYS."""

    level: str = "full"
    symbols: str = "on"
    theme: str = "cream"
    colour: str = "full"
    motion: str = "on"
    size: str = "m"
    rate: str = "1"
    language: str = "en"
    words: str = "on"
    spacing: str = "usual"
    typeface: str = "lexend"
    hand: str = "right"
    listen: str = "tap"
    tone: str = "none"
    scan: str = "off"
    pace: str = "2.0"
    cue: str = "off"
    hold: str = "0.0"
    repeat: str = "0.0"
    select: str = "Space"
    step: str = "Enter"

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, by language."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    def with_choices(self, given: Mapping[str, str]) -> Display:
        """The same with those choices taken over that exist; others are left as they were."""
        chosen = {name: given[name] for name in CHOICES if given.get(name) in CHOICES[name]}
        keys = {name: given[name] for name in KEYS if _KEY.fullmatch(given.get(name, ""))}
        return replace(self, **chosen, **keys)

    @property
    def attributes(self) -> dict[str, str]:
        """What stands on <html> as data-…, for style sheets and scripts."""
        return {name: value for name, value in asdict(self).items() if name != "language"}

    @property
    def is_pressed_otherwise(self) -> bool:
        """Whether a switch is in use, or presses are held or waited for: the page then needs the scanner's module."""
        return (self.scan, self.hold, self.repeat) != (DEFAULT.scan, DEFAULT.hold, DEFAULT.repeat)

    def as_cookie(self) -> str:
        """What the cookie holds: only what differs from the default."""
        return urlencode({k: v for k, v in asdict(self).items() if v != getattr(DEFAULT, k)})


DEFAULT = Display()
FOR_BAND = {
    "eyfs": Display(),
    "ks1": Display(),
    "lks2": Display(symbols="off"),
    "uks2": Display(symbols="off"),
    "ks3": Display(symbols="off", colour="calm"),
}


def from_cookie(value: str) -> Display:
    """Read the cookie; what is not understood is left at its default."""
    return DEFAULT.with_choices(dict(parse_qsl(value[:500])))


def display_in_hand() -> Display:
    """The display of the request in hand; `?theme=…` and the like try one out without keeping it."""
    if "display" not in g:
        tried = {name: request.args[name] for name in (*CHOICES, *KEYS) if name in request.args}
        g.display = from_cookie(request.cookies.get(COOKIE, "")).with_choices(tried)
    display = g.display
    assert isinstance(display, Display)  # noqa: S101
    return display


def show_in(display: Display) -> None:
    """Show the rest of this request in that display, without keeping it."""
    g.display = display


def remember(response: Response, display: Display, *, secure: bool) -> None:
    """Keep the choices on this tablet. Scripts read them too: a cached page sets itself right."""
    response.set_cookie(
        COOKIE, display.as_cookie(), max_age=365 * 86400, samesite="Lax", secure=secure, httponly=False
    )


def forget(response: Response) -> None:
    """Forget the choices: the next child has their own."""
    response.delete_cookie(COOKIE, samesite="Lax")
