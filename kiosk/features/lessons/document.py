"""The lesson document: one page that holds every screen, the same bytes for everybody who takes it so.

All but the first screen stand in <noscript>: a tablet without scripts shows them below each other, and one with
scripts need not draw them, or fetch their symbols, before the first one is there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from flask import current_app, render_template, url_for

from kiosk.content.types import Lesson, Levelled
from kiosk.features.lessons import rules
from kiosk.reading.sets import SymbolSet
from kiosk.reading.symbols import sprite
from kiosk.web.cached_pages import choices_of_display, symbols_in, with_first_sprite
from kiosk.web.display import FOR_BAND, show_in
from kiosk.web.kept import Kept
from kiosk.web.passages import SPRITE_HERE, show_with, word

LONGEST_ON_A_CARD = {
    ("full", False): 9, ("simple", False): 7, ("symbols", False): 5,
    ("full", True): 9, ("simple", True): 5, ("symbols", True): 3,
}  # fmt: skip
"""In words, by level and whether there are more than three; longer answers stand below each other across the page."""

_LATER_SCREEN = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)


@dataclass(frozen=True)
class Document:
    """A lesson at one level in one language, made once in each process."""

    page: Kept
    symbols: Kept
    """The symbols of all screens but the first, in one file."""


def get_document(lesson: Lesson, language: str, level: str, of: SymbolSet | None) -> Document:
    """The document with the symbols of that set, kept from the first time on.

    Shows the rest of the request in its display and with that set.
    """
    made: dict[tuple[object, ...], Document] = current_app.extensions.setdefault("kiosk lesson documents", {})
    key = (lesson.id, lesson.version, language, level, of)
    if key not in made:
        made[key] = _make(lesson, language, level, of)
    return made[key]


def _make(lesson: Lesson, language: str, level: str, of: SymbolSet | None) -> Document:
    show_with(of)
    html = _without_indents(_render(lesson, language, level))
    later = Kept.of(sprite(symbols_in("".join(_LATER_SCREEN.findall(html))), of=of), "image/svg+xml")
    address = url_for(
        "lessons.symbols",
        slug=lesson.id,
        language=language,
        level=level,
        version=later.version,
        symbol_set=of.name if of else None,
    )
    html = _LATER_SCREEN.sub(lambda screen: screen[0].replace(SPRITE_HERE, address), html)
    return Document(Kept.of(with_first_sprite(html, of).encode(), "text/html; charset=utf-8"), later)


def _render(lesson: Lesson, language: str, level: str) -> str:
    display = replace(FOR_BAND[lesson.band], language=language, level=level)
    # At symbol level the symbols are the text; whoever does not want them says so on their tablet.
    show_in(replace(display, symbols="on") if level == "symbols" else display)
    return render_template(
        "lessons/document.html",
        lesson=lesson,
        steps=rules.steps_of(lesson),
        mixed=rules.mixed,
        is_long=lambda *texts: most_words(*texts) > LONGEST_ON_A_CARD[level, len(texts) > 3],
        choices_of_display=choices_of_display(),
    )


def _without_indents(html: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", html)


def most_words(*texts: Levelled) -> int:
    """How many words the longest of the texts has."""
    return max(len(word(text).split()) for text in texts)
