"""The lists of words to avoid and of words too hard for a band: data files, each word with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from kiosk.content.vocabulary import Severity
from kiosk.content.yaml_source import read_document

Where = Literal["everywhere", "rules", "feedback"]

_FOLDER = Path(__file__).with_name("words")
_BANDS_THAT_READ = {"eyfs": ("eyfs", "ks1"), "ks1": ("ks1",)}


@dataclass(frozen=True, slots=True)
class Avoided:
    """Words that should not stand in some texts, why not, and what to write instead."""

    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    where: Where
    severity: Severity
    why: str
    instead: str


def avoided_words(text: str, where: Where) -> Iterator[tuple[str, Avoided]]:
    """Each word in a plain text that should not stand in a text of that sort."""
    text = text.replace("’", "'")
    for avoided in _avoid_list():
        if avoided.where in {"everywhere", where}:
            suspect = avoided.unless.sub("", text) if avoided.unless else text
            found = avoided.pattern.search(suspect)
            if found:
                yield found[0], avoided


def hard_words(text: str, band: str) -> Iterator[tuple[str, str]]:
    """Each word in a plain text that a child of that band hardly knows, with an easier one."""
    easier_words = _hard_list(band)
    for word in dict.fromkeys(re.findall(r"[a-z][a-z'-]*", text.casefold())):
        for stem in (word, word.removesuffix("s"), word.removesuffix("d"), *_without(word, "ed", "ing")):
            if stem in easier_words:
                yield word, easier_words[stem]
                break


def _without(word: str, *endings: str) -> Iterator[str]:
    for ending in endings:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            yield stem
            yield f"{stem}e"


@cache
def _avoid_list() -> tuple[Avoided, ...]:
    return tuple(
        Avoided(
            pattern=_whole_words(entry["words"]),
            unless=_whole_words(entry["unless"]) if "unless" in entry else None,
            where=entry["where"],
            severity=entry["severity"],
            why=entry["why"],
            instead=entry["instead"],
        )
        for entry in _data("avoid.yaml")
    )


@cache
def _hard_list(band: str) -> Mapping[str, str]:
    lists = _data("hard.yaml")
    return {word: easier for name in _BANDS_THAT_READ.get(band, ()) for word, easier in lists[name].items()}


def _whole_words(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _data(name: str) -> Any:
    document, problems = read_document(_FOLDER / name)
    if document is None:
        raise ValueError("; ".join(map(str, problems)))
    return document.data
