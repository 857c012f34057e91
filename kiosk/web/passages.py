"""How a text stands on a page: its words, the symbols above them, and the key of its sound."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import current_app, g
from markupsafe import Markup, escape

from kiosk.content.catalogue import find_translation
from kiosk.content.types import Content, Levelled
from kiosk.core.identity import keyed_hash
from kiosk.core.mail import settings_in_use
from kiosk.core.schools import School
from kiosk.reading.lexicon import load_lexicon
from kiosk.reading.symbols import sprite
from kiosk.reading.text import Sentence, plain, read
from kiosk.reading.voice import voice_key
from kiosk.web.display import RIGHT_TO_LEFT, display_in_hand

SPRITE_HERE = "@sprite@"
"""Stands for the address of the page's one sprite until the whole page is known."""


def content_in_use() -> Content:
    """The lessons, agreements and phrases of this kiosk."""
    content = current_app.extensions["kiosk content"]
    assert isinstance(content, Content)  # noqa: S101
    return content


@dataclass(frozen=True)
class Passage:
    """A text in one language at one level, ready to stand on a page."""

    language: str
    text: str
    """With its symbol markup."""
    sentences: tuple[Sentence, ...]
    voice: str | None

    @property
    def plain(self) -> str:
        """What is spoken and, in an agreement, signed."""
        return plain(self.text)

    @property
    def concepts(self) -> tuple[str, ...]:
        """The symbols it shows."""
        return tuple(token.concept for one in self.sentences for token in one.tokens if token.concept)


def get_phrase(phrase_id: str) -> Levelled:
    """A phrase of the interface; raises KeyError for an id that nobody wrote."""
    return content_in_use().phrases[phrase_id]


def passage_of(levelled: Levelled, level: str | None = None, language: str | None = None) -> Passage:
    """The text as the display in hand wants it; English where a language lacks it."""
    display = display_in_hand()
    return passage_in(levelled, level or display.level, language or display.language)


@lru_cache(maxsize=20_000)
def passage_in(levelled: Levelled, level: str, language: str) -> Passage:
    """The text at that level in that language, whatever the display in hand; English where the language lacks it."""
    translated = find_translation(levelled, level, language)
    if translated is None:
        return passage_of_text(levelled.at(level), "en")
    return passage_of_text(translated, language)


@lru_cache(maxsize=20_000)
def passage_of_text(text: str, language: str) -> Passage:
    """A passage of a text that is not in the content, such as a rule that a class wrote."""
    return Passage(language, text, read(text, language, load_lexicon()), voice_key(plain(text), language))


def say(what: str | Levelled | Passage, tag: str = "div", extra: str = "") -> Markup:
    """The passage as HTML, with its words counted for the voice and its symbols above them."""
    passage = _as_passage(what)
    note_symbols(*passage.concepts)
    return _html(passage, tag, extra, passage.language != display_in_hand().language)


class Label(str):
    """A label that knows the key of its sound, None where the voice cannot speak it."""

    __slots__ = ("voice",)
    voice: str | None


def word(what: str | Levelled | Passage) -> Label:
    """The text alone, for a label whose symbols stand elsewhere; a spoken cue says it by its key."""
    passage = _as_passage(what)
    label = Label(" ".join(passage.plain.split()))
    label.voice = passage.voice
    return label


def named(name: str) -> Label:
    """A name as a label that can be heard, spoken in the school's language whatever the display in hand."""
    if isinstance(name, Label):
        return name
    label = Label(name)
    label.voice = name_key(name, g.school) if g.get("school") else None
    return label


def name_key(name: str, school: School) -> str | None:
    """The key of a name's sound: under the server's secret, so that nobody can ask whether a name is at a school."""
    spoken = voice_key(name, school.language)
    if spoken is None:
        return None
    return keyed_hash(_server_key(settings_in_use().data), "name", school.id, spoken).hex()[:32]


@lru_cache(maxsize=8)
def _server_key(_data: Path) -> bytes:
    return settings_in_use().secret("server")


def heard(text: str, extra: str = "") -> Markup:
    """A label as HTML: one that `word` gave can be heard, any other ready text is just shown."""
    voice = Markup(' data-voice="{}"').format(text.voice or "") if isinstance(text, Label) else ""
    classes = Markup(' class="{}"').format(extra) if extra else ""
    return Markup("<span{}{}>{}</span>").format(classes, voice, text)


def _as_passage(what: str | Levelled | Passage) -> Passage:
    if isinstance(what, Passage):
        return what
    return passage_of(get_phrase(what) if isinstance(what, str) else what)


@lru_cache(maxsize=20_000)
def _html(passage: Passage, tag: str, extra: str, foreign: bool) -> Markup:
    inline = tag == "span"
    sentence_tag = "span" if inline or tag in {"h1", "h2", "h3", "p", "legend"} else "p"
    lines = []
    for sentence in passage.sentences:
        words = " ".join(_word_html(token.text, token.concept, token.first) for token in sentence.tokens)
        lines.append(f'<{sentence_tag} class="sentence">{words}</{sentence_tag}>')
    voice = f' data-voice="{passage.voice}"' if passage.voice else ' data-voice=""'
    direction = "rtl" if passage.language in RIGHT_TO_LEFT else "ltr"
    language = f' lang="{passage.language}" dir="{direction}"' if foreign else ""
    classes = f"passage {escape(extra)}".strip()
    return Markup(f'<{tag} class="{classes}"{voice}{language}>{" ".join(lines)}</{tag}>')  # noqa: S704


def _word_html(text: str, concept: str | None, first: int) -> str:
    words = text.split()
    spans = " ".join(f'<span data-word="{first + n}">{escape(one)}</span>' for n, one in enumerate(words))
    if concept is None:
        return f'<span class="word">{spans}</span>'
    return f'<span class="word with-symbol">{_use(concept, "word")}<span class="word__text">{spans}</span></span>'


def _use(concept: str, size: str) -> str:
    return (
        f'<svg class="symbol symbol--{size}" aria-hidden="true" focusable="false">'
        f'<use href="{SPRITE_HERE}#{escape(concept)}"/></svg>'
    )


def symbol(concept: str, size: str = "m") -> Markup:
    """A symbol by itself; a screen reader passes it over, since a word says it beside."""
    note_symbols(concept)
    return Markup(_use(concept, size))  # noqa: S704


def note_symbols(*concepts: str) -> None:
    """Note that the page in hand shows these symbols."""
    if "symbols" not in g:
        g.symbols = set()
    g.symbols.update(concepts)


def with_sprite(html: str) -> str:
    """The page with the address of its one sprite, which holds just the symbols that it shows."""
    if SPRITE_HERE not in html:
        return html
    return html.replace(SPRITE_HERE, sprite_address(tuple(sorted(g.get("symbols", ())))))


@lru_cache(maxsize=2_000)
def sprite_address(concepts: tuple[str, ...]) -> str:
    """Where the sprite of these symbols is; the address changes with their drawing."""
    version = sha256(sprite(concepts)).hexdigest()[:10]
    return f"/symbols/{version}.svg?of={'.'.join(concepts)}"
