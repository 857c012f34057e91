"""Which words stand for which concept in each language, and which picture shows it: all chosen by people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from kiosk.content.vocabulary import TELLS_OWN
from kiosk.reading.compositions import LAYOUTS

try:
    from yaml import CSafeLoader as SafeLoader  # ten times as fast, where PyYAML was built with it
except ImportError:  # pragma: no cover
    from yaml import SafeLoader  # type: ignore[assignment]

LANGUAGES = ("en", "pl", "ur")

WITHOUT_SYMBOL = "without-symbol"
"""The entry of the file that lists, by language, phrases on which no symbol stands ("kind of")."""

_PICTURES = ("openmoji", "drawn", "compose")
_LEXICON_FILE = Path(__file__).with_name("lexicon.yaml")
_TELL_FILE = Path(__file__).with_name("lexicon_of_tell.yaml")
_CONCEPT_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_CODEPOINTS = re.compile(r"[0-9A-F]{2,5}(?:-[0-9A-F]{2,5})*")
# An Arabic keyboard types other letters than an Urdu one for the same sound.
_SAME_LETTER = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‑": "-", "ي": "ی", "ى": "ی", "ك": "ک", "ه": "ہ"})


class LexiconError(ValueError):
    """The lexicon file says something that cannot be: every mistake is listed, one a line."""


class UnknownConceptError(LookupError):
    """A concept was asked for that the lexicon does not hold."""

    def __init__(self, concept: str) -> None:
        super().__init__(f"There is no concept “{concept}” in the lexicon (kiosk/reading/lexicon.yaml).")
        self.concept = concept


@dataclass(frozen=True)
class Picture:
    """What shows a concept: one OpenMoji, one drawing of ours, or a few of them laid out together."""

    kind: Literal["openmoji", "drawn", "composed"]
    name: str  # code points such as 1F511, the name of a drawing, or of a layout
    pieces: tuple[str, ...] = ()  # of a composition: code points or names of drawings, in the layout's order

    @property
    def sources(self) -> tuple[str, ...]:
        """Every OpenMoji and drawing that it is made of."""
        return self.pieces or (self.name,)


def is_openmoji(name: str) -> bool:
    """Whether a picture's name is code points; the others are drawings of ours, which begin in lower case."""
    return _CODEPOINTS.fullmatch(name) is not None


@dataclass(frozen=True)
class Concept:
    """One sense, the words that carry it in each language, and its picture."""

    id: str
    means: str
    words: Mapping[str, tuple[str, ...]]
    picture: Picture
    reviewed: bool


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Every concept, by id, and the phrases that stand for none."""

    concepts: Mapping[str, Concept]
    without_symbol: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __contains__(self, concept: object) -> bool:
        return concept in self.concepts

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts.values())

    def get_concept(self, concept: str) -> Concept:
        """The concept of that id; raises UnknownConceptError."""
        try:
            return self.concepts[concept]
        except KeyError:
            raise UnknownConceptError(concept) from None

    def find_phrase(self, words: tuple[str, ...], language: str) -> str | None:
        """The concept that these words, as `matched_form` gives them, stand for; "" if expressly none."""
        return self._phrases.get(language, {}).get(words)

    def longest_phrase(self, first_word: str, language: str) -> int:
        """How many words the longest phrase has that begins with this word; 0 if none does."""
        return self._longest.get((language, first_word), 0)

    @cached_property
    def _phrases(self) -> dict[str, dict[tuple[str, ...], str]]:
        phrases: dict[str, dict[tuple[str, ...], str]] = {}
        for concept in self:
            for language, words in concept.words.items():
                for word in words:
                    phrases.setdefault(language, {})[phrase_form(word)] = concept.id
        for language, words in self.without_symbol.items():
            phrases.setdefault(language, {}).update((phrase_form(word), "") for word in words)
        return phrases

    @cached_property
    def _longest(self) -> dict[tuple[str, str], int]:
        longest: dict[tuple[str, str], int] = {}
        for language, phrases in self._phrases.items():
            for phrase in phrases:
                key = (language, phrase[0])
                longest[key] = max(longest.get(key, 0), len(phrase))
        return longest


def matched_form(word: str) -> str:
    """A word as it is compared: without punctuation around it, case, vowel signs and keyboard variants."""
    word = unicodedata.normalize("NFC", word).translate(_SAME_LETTER).casefold()
    kept = [letter for letter in word if unicodedata.category(letter) not in {"Mn", "Cf"}]
    start, end = 0, len(kept)
    while start < end and not kept[start].isalnum():
        start += 1
    while end > start and not kept[end - 1].isalnum():
        end -= 1
    return "".join(kept[start:end])


def phrase_form(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, each as it is compared."""
    return tuple(matched_form(word) for word in phrase.split())


@lru_cache(maxsize=8)
def load_lexicon(path: Path = _LEXICON_FILE) -> Lexicon:
    """Read and check a lexicon file (the kiosk's own unless another is named); raises LexiconError."""
    data = yaml.load(path.read_text("utf-8"), Loader=_NoTwins) or {}  # noqa: S506 - safe, with one more rule
    problems: list[str] = []
    concepts: dict[str, Concept] = {}
    without = _words(data.pop(WITHOUT_SYMBOL, None))
    for name, entry in data.items():
        try:
            concepts[str(name)] = _concept(str(name), entry)
        except LexiconError as error:
            problems.append(f"{name}: {error}")
    problems += _claimed_twice(concepts, without)
    if problems:
        raise LexiconError("\n".join(problems))
    return Lexicon(concepts, without)


@lru_cache(maxsize=1)
def load_lexicon_of_tell() -> Lexicon:
    """The kiosk's lexicon with *tell*'s own concepts; those have no words, so that none is ever found in a text."""
    shared, own = load_lexicon(), load_lexicon(_TELL_FILE)
    problems = [f"{one}: {TELLS_OWN}… belongs to tell alone" for one in shared.concepts if one.startswith(TELLS_OWN)]
    problems += [f"{one.id}: begins with {TELLS_OWN}" for one in own if not one.id.startswith(TELLS_OWN)]
    problems += [f"{one.id}: takes no words, so that no text shows it by chance" for one in own if one.words]
    if problems:
        raise LexiconError("\n".join(problems))
    return Lexicon({**shared.concepts, **own.concepts}, shared.without_symbol)


def _concept(name: str, entry: Any) -> Concept:
    if not _CONCEPT_ID.fullmatch(name):
        raise LexiconError("a concept's id is lower-case words joined by hyphens")
    if not isinstance(entry, dict):
        raise LexiconError("expected means, words, a picture and reviewed")
    unknown = set(entry) - {"means", "words", *_PICTURES, "reviewed"}
    if unknown:
        raise LexiconError(f"does not know {', '.join(sorted(map(str, unknown)))}")
    if not isinstance(entry.get("means"), str) or not entry["means"].strip():
        raise LexiconError("say what it means")
    return Concept(
        id=name,
        means=entry["means"],
        words=_words(entry.get("words")),
        picture=_picture(name, entry),
        reviewed=entry.get("reviewed") is True,
    )


def _words(listed_by_language: Any) -> dict[str, tuple[str, ...]]:
    words = listed_by_language or {}
    if not isinstance(words, dict) or set(words) - set(LANGUAGES):
        raise LexiconError(f"words are listed by language, one of {', '.join(LANGUAGES)}")
    for language, listed in words.items():
        if not isinstance(listed, list) or not all(map(_is_phrase, listed)):
            raise LexiconError(f"the words in {language} are a list of texts (quote yes, no and numbers)")
    return {language: tuple(listed) for language, listed in words.items()}


def _is_phrase(word: object) -> bool:
    return isinstance(word, str) and bool(word.strip()) and all(phrase_form(word))


def _picture(name: str, entry: Mapping[str, Any]) -> Picture:
    if sum(kind in entry for kind in _PICTURES) != 1:
        raise LexiconError("give exactly one of openmoji, drawn and compose")
    if "drawn" in entry:
        return Picture("drawn", name)
    if "compose" in entry:
        return _composition(entry["compose"])
    if not is_openmoji(str(entry["openmoji"])):
        raise LexiconError("openmoji takes code points such as 1F511")
    return Picture("openmoji", str(entry["openmoji"]))


def _composition(entry: Any) -> Picture:
    if not isinstance(entry, dict) or set(entry) != {"layout", "of"}:
        raise LexiconError('compose takes layout and of: {layout: speech, of: [child, "1F4AC"]}')
    layout, pieces = entry["layout"], entry["of"]
    if layout not in LAYOUTS:
        raise LexiconError(f"there is no layout {layout}; take one of {', '.join(LAYOUTS)}")
    if not isinstance(pieces, list) or len(pieces) not in LAYOUTS[layout]:
        counts = " or ".join(map(str, LAYOUTS[layout]))
        raise LexiconError(f"the layout {layout} takes a list of {counts} pictures")
    for piece in pieces:
        if not isinstance(piece, str) or not (is_openmoji(piece) or _CONCEPT_ID.fullmatch(piece)):
            raise LexiconError(f"{piece} is neither code points in quotes nor the name of a drawing of ours")
    return Picture("composed", layout, tuple(pieces))


def _claimed_twice(concepts: Mapping[str, Concept], without_symbol: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    owners: dict[tuple[str, tuple[str, ...]], str] = {
        (language, phrase_form(word)): WITHOUT_SYMBOL for language, words in without_symbol.items() for word in words
    }
    for concept in concepts.values():
        for language, words in concept.words.items():
            for word in words:
                owner = owners.setdefault((language, phrase_form(word)), concept.id)
                if owner != concept.id:
                    yield f"“{word}” ({language}) stands for both {owner} and {concept.id}"


class _NoTwins(SafeLoader):
    """Refuses a key that is given twice, which plain YAML would quietly overwrite."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise LexiconError(f"{key} is there twice (line {key_node.start_mark.line + 1})")
            seen.add(key)
        return super().construct_mapping(node, deep)
