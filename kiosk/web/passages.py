"""How a text stands on a page: its words, the symbols above them, and the key of its sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import current_app, g
from markupsafe import Markup, escape

from kiosk.content.catalogue import find_translation
from kiosk.content.types import Content, Levelled
from kiosk.content.vocabulary import is_of_tell
from kiosk.core.identity import keyed_hash
from kiosk.core.mail import settings_in_use
from kiosk.core.schools import School
from kiosk.reading.lexicon import Lexicon, load_lexicon, load_lexicon_of_tell
from kiosk.reading.sets import SymbolSet, find_set
from kiosk.reading.symbols import OF_THE_SET, keys_in, sprite
from kiosk.reading.text import Sentence, plain, read
from kiosk.reading.voice import voice_key
from kiosk.web.display import RIGHT_TO_LEFT, display_in_hand

SPRITE_HERE = "@sprite@"
"""Stands for the address of the page's one sprite until the whole page is known."""
_SETS: dict[str, frozenset[str]] = {}
"""Symbols that are asked for all together, by a name such as `@tell`."""


def content_in_use() -> Content:
    """The lessons, agreements and phrases of this kiosk."""
    content = current_app.extensions["kiosk content"]
    assert isinstance(content, Content)  # noqa: S101
    return content


def sets_folder() -> Path:
    """Where this kiosk keeps the sets of symbols that were imported."""
    return settings_in_use().data / "symbols"


def symbol_set_in_hand() -> SymbolSet | None:
    """The set that this school has chosen, or None for our own pictures."""
    if "symbol_set" not in g:
        school = g.get("school")
        g.symbol_set = find_set(sets_folder(), school.symbol_set) if school else None
    found = g.symbol_set
    assert found is None or isinstance(found, SymbolSet)  # noqa: S101
    return found


def show_with(symbol_set: SymbolSet | None) -> None:
    """Show the rest of this request with that set."""
    g.symbol_set = symbol_set


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
        return tuple(concept for one in self.sentences for concept in concepts_in(one))


def concepts_in(sentence: Sentence) -> tuple[str, ...]:
    """The symbols that a sentence shows."""
    return tuple(token.concept for token in sentence.tokens if token.concept)


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
    lexicon = load_lexicon_of_tell() if is_of_tell(levelled.domain, levelled.key) else load_lexicon()
    if translated is None:
        return passage_of_text(levelled.at(level), "en", lexicon)
    return passage_of_text(translated, language, lexicon)


@lru_cache(maxsize=20_000)
def passage_of_text(text: str, language: str, lexicon: Lexicon | None = None) -> Passage:
    """A passage of a text that is not in the content, such as a rule that a class wrote."""
    return Passage(
        language, text, read(text, language, lexicon or load_lexicon()), voice_key(plain(text), language)
    )


def say(what: str | Levelled | Passage, tag: str = "div", extra: str = "") -> Markup:
    """The passage as HTML, with its words counted for the voice and its symbols above them."""
    passage = _as_passage(what)
    of = symbol_set_in_hand()
    for sentence in passage.sentences:
        _note_keys(*keys_in(concepts_in(sentence), of).values())
    return _html(passage, tag, extra, passage.language != display_in_hand().language, of)


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
def _html(passage: Passage, tag: str, extra: str, foreign: bool, of: SymbolSet | None) -> Markup:
    inline = tag == "span"
    sentence_tag = "span" if inline or tag in {"h1", "h2", "h3", "p", "legend"} else "p"
    lines = []
    for sentence in passage.sentences:
        keys = keys_in(concepts_in(sentence), of)
        words = " ".join(_word_html(one.text, keys.get(one.concept or ""), one.first, of) for one in sentence.tokens)
        lines.append(f'<{sentence_tag} class="sentence">{words}</{sentence_tag}>')
    voice = f' data-voice="{passage.voice}"' if passage.voice else ' data-voice=""'
    direction = "rtl" if passage.language in RIGHT_TO_LEFT else "ltr"
    language = f' lang="{passage.language}" dir="{direction}"' if foreign else ""
    classes = f"passage {escape(extra)}".strip()
    return Markup(f'<{tag} class="{classes}"{voice}{language}>{" ".join(lines)}</{tag}>')  # noqa: S704


def _word_html(text: str, key: str | None, first: int, of: SymbolSet | None) -> str:
    words = text.split()
    spans = " ".join(f'<span data-word="{first + n}">{escape(one)}</span>' for n, one in enumerate(words))
    if key is None:
        return f'<span class="word">{spans}</span>'
    return f'<span class="word with-symbol">{_use(key, "word", of)}<span class="word__text">{spans}</span></span>'


def _use(key: str, size: str, of: SymbolSet | None) -> str:
    picture = of.pictures.get(key.removeprefix(OF_THE_SET)) if of and key.startswith(OF_THE_SET) else None
    box, shown = "", f'<use href="{SPRITE_HERE}#{escape(key)}"/>'
    if picture and picture.png:
        box, shown = ' viewBox="0 0 72 72"', f'<image width="72" height="72" href="{SPRITE_HERE}#{escape(key)}"/>'
    return f'<svg class="symbol symbol--{size}" aria-hidden="true" focusable="false"{box}>{shown}</svg>'


def symbol(concept: str, size: str = "m") -> Markup:
    """A symbol by itself; a screen reader passes it over, since a word says it beside."""
    of = symbol_set_in_hand()
    key = keys_in((concept,), of)[concept]
    _note_keys(key)
    return Markup(_use(key, size, of))  # noqa: S704


def picture_of(concept: str, of: SymbolSet | None, *, among: tuple[str, ...]) -> Markup:
    """A symbol of a set that is not the page's own, ours where it has none; `among`: those of one sprite with it."""
    keys = {one: keys_in((one,), of)[one] for one in among}
    address = sprite_address(tuple(sorted(keys.values())), of)
    return Markup(_use(keys[concept], "m", of).replace(SPRITE_HERE, address))  # noqa: S704


def _note_keys(*keys: str) -> None:
    if "symbols" not in g:
        g.symbols = set()
    g.symbols.update(keys)


def name_symbols(name: str, concepts: frozenset[str]) -> None:
    """Let pages ask for these symbols by one name: then the address of a sprite does not say which of them it shows."""
    _SETS[f"@{name}"] = concepts


def note_named_symbols(name: str) -> None:
    """Note that the page in hand may show any symbol of that name, whichever it does."""
    _note_keys(f"@{name}")


def with_sprite(html: str) -> str:
    """The page with the address of its one sprite, which holds just the symbols that it shows."""
    if SPRITE_HERE not in html:
        return html
    shown: set[str] = g.get("symbols", set())
    named = {key for one in shown for concept in _SETS.get(one, ()) for key in (concept, OF_THE_SET + concept)}
    return html.replace(SPRITE_HERE, sprite_address(tuple(sorted(shown - named)), symbol_set_in_hand()))


@lru_cache(maxsize=2_000)
def sprite_address(keys: tuple[str, ...], of: SymbolSet | None = None) -> str:
    """Where the sprite of these symbols is; the address changes with their drawing."""
    version = sha256(sprite_of(keys, of)).hexdigest()[:10]
    whose = f"set={of.name}&" if of and any(key.startswith(OF_THE_SET) for key in keys) else ""
    return f"/symbols/{version}.svg?{whose}of={'.'.join(keys)}"


def sprite_of(keys: tuple[str, ...], of: SymbolSet | None = None) -> bytes:
    """The sprite of these symbols, and of those that are asked for by name; raises UnknownConceptError."""
    return sprite((each for one in keys for each in _keys_named(one, of)), of=of)


def _keys_named(key: str, of: SymbolSet | None) -> Iterator[str]:
    """Every key that a name stands for, in our picture and in the set's own; any other key is itself."""
    for concept in _SETS.get(key, (key,)):
        yield concept
        if key in _SETS and of and concept in of.pictures:
            yield OF_THE_SET + concept
