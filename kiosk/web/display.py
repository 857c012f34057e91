"""How this person or tablet likes its pages: one mechanism for every page of the kiosk.

Two cookies, which both the server and a cached page's own script can read; neither holds a person. `display` is how
whoever is signed in likes it, and goes when they leave; `tablet` is how the tablet itself stands, and comes back then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import parse_qsl, urlencode

from flask import Response, g, request

COOKIE = "display"
TABLET = "tablet"
A_YEAR = 365 * 86400
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
    "rest": ("off", "on"),
}
"""`pace`: seconds on each thing while scanning. `hold`, `repeat`: seconds a press lasts, and until the next counts."""
NUMBERS = ("pace", "hold", "repeat")
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
    rest: str = "off"

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

    def apart_from(self, other: Display) -> dict[str, str]:
        """The choices that are not as in the other."""
        return {name: value for name, value in asdict(self).items() if value != getattr(other, name)}

    def as_heard_here(self, *, headphones: bool) -> Display:
        """The same, but nothing speaks by itself into a room."""
        return self if headphones else replace(self, listen="tap")


DEFAULT = Display()
FOR_BAND = {
    "eyfs": Display(),
    "ks1": Display(),
    "lks2": Display(symbols="off"),
    "uks2": Display(symbols="off"),
    "ks3": Display(symbols="off", colour="calm"),
}


def defaults_for(band: str) -> Display:
    """How a child of that band is shown the kiosk at first: the band's way, with what their school has chosen."""
    school = g.get("school")
    return FOR_BAND[band].with_choices({"tone": school.symbol_tone, "words": school.symbol_words} if school else {})


@dataclass(frozen=True)
class Tablet:
    """How a tablet itself stands, whoever holds it."""

    display: Display
    headphones: bool = False

    @property
    def shown(self) -> Display:
        """How it shows its pages while nobody is signed in."""
        return self.display.as_heard_here(headphones=self.headphones)


def from_cookie(value: str) -> Display:
    """Read the cookie; what is not understood is left at its default."""
    return DEFAULT.with_choices(dict(parse_qsl(value[:500])))


def tablet_in_hand() -> Tablet:
    """The tablet that asks; one that keeps nothing shows skin as its school has chosen."""
    value = request.cookies.get(TABLET)
    if value is None:
        school = g.get("school")
        return Tablet(DEFAULT.with_choices({"tone": school.symbol_tone} if school else {}))
    return Tablet(from_cookie(value), headphones=dict(parse_qsl(value[:500])).get("headphones") == "on")


def display_in_hand() -> Display:
    """The display of the request in hand; `?theme=…` and the like try one out without keeping it."""
    if "display" not in g:
        personal = request.cookies.get(COOKIE)
        start_from(tablet_in_hand().shown if personal is None else from_cookie(personal))
    display = g.display
    assert isinstance(display, Display)  # noqa: S101
    return display


def show_in(display: Display) -> None:
    """Show the rest of this request in that display, without keeping it."""
    g.display = display


def start_from(display: Display) -> None:
    """Show this request in that display, but for what its address tries out."""
    show_in(display.with_choices(request.args.to_dict()))


def remember(response: Response, display: Display, *, secure: bool) -> None:
    """Keep how whoever is signed in likes it, at most as long as the browser keeps their sign-in.

    Scripts read it too: a cached page sets itself right.
    """
    _keep(response, COOKIE, display.apart_from(DEFAULT), None, secure=secure)


def remember_tablet(response: Response, tablet: Tablet, *, secure: bool) -> None:
    """Keep how the tablet itself stands."""
    given = tablet.shown.apart_from(DEFAULT) | ({"headphones": "on"} if tablet.headphones else {})
    _keep(response, TABLET, given, A_YEAR, secure=secure)


def _keep(response: Response, cookie: str, given: Mapping[str, str], seconds: int | None, *, secure: bool) -> None:
    response.set_cookie(
        cookie, urlencode(given), max_age=seconds, samesite="Lax", secure=secure, httponly=False
    )


def forget(response: Response) -> None:
    """Forget how somebody liked it: the tablet is as it stands by itself, and the next child has their own."""
    response.delete_cookie(COOKIE, samesite="Lax")


def read_choices(given: Mapping[str, str]) -> tuple[dict[str, str], set[str]]:
    """The choices that a form gives, numbers in any writing, and the names of those that do not exist."""
    chosen: dict[str, str] = {}
    wrong: set[str] = set()
    for name in (*CHOICES, *KEYS):
        if name not in given:
            continue
        value = _tenths_in(given[name]) if name in NUMBERS else given[name].strip()
        if _KEY.fullmatch(value) if name in KEYS else value in CHOICES[name]:
            chosen[name] = value
        else:
            wrong.add(name)
    if chosen.get("scan") == "two" and chosen.get("select", "select") == chosen.get("step", "step"):
        wrong.add("step")
    return chosen, wrong


def _tenths_in(written: str) -> str:
    try:
        return f"{float(written.replace(',', '.')):.1f}"
    except ValueError:
        return ""
