"""Sentences, words and symbol markup of a pupil's text, as far as checking and counting need them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MARK = re.compile(r"\[([^\[\]\n]*)\]\(([^()\[\]\n]*)\)")
_CONCEPT = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# A stop ends a sentence only before a space; a closing mark or quote may stand between. ۔ and ؟ are Urdu's.
_SENTENCE_END = re.compile(r"[.?!۔؟](?:\]\([^()\[\]\n]*\))?[\"'”’»)\]]*(?:\]\([^()\[\]\n]*\))?(\s+)")


class Sentence(NamedTuple):
    """One sentence with its markup, and the line of its text that it stands on, from 0."""

    text: str
    line: int


def plain(text: str) -> str:
    """The text without its markup, one space between words: what is read and spoken."""
    lines = (" ".join(line.split()) for line in _MARK.sub(r"\1", text).splitlines())
    return "\n".join(line for line in lines if line)


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text; a line break ends one, and so does a stop followed by a space."""
    return tuple(
        Sentence(sentence, number)
        for number, line in enumerate(text.splitlines())
        for sentence in _sentences_of_line(line)
    )


def words(text: str) -> tuple[str, ...]:
    """The words of a text as they are counted; a dash by itself is none."""
    return tuple(word for word in plain(text).split() if any(letter.isalnum() for letter in word))


def longest_sentence(text: str) -> int:
    """How many words the longest sentence of a text has."""
    return max((len(words(sentence.text)) for sentence in sentences(text)), default=0)


def named_concepts(text: str) -> tuple[str, ...]:
    """The concepts that a text's markup names, in order."""
    return tuple(concept for _words, concept in _MARK.findall(text) if _CONCEPT.fullmatch(concept))


def markup_mistake(text: str) -> str | None:
    """What is wrong with the markup of one sentence, if anything is."""
    for shown, concept in _MARK.findall(text):
        if not shown.strip():
            return f"The markup [{shown}]({concept}) covers no word."
        if concept and not _CONCEPT.fullmatch(concept):
            return f"“{concept[:40]}” cannot be the id of a concept."
    rest = _MARK.sub("", text)
    if "[" in rest or "]" in rest:
        return "A square bracket has lost its other half."
    return None


def _sentences_of_line(line: str) -> Iterator[str]:
    marks = [found.span() for found in _MARK.finditer(line)]
    start = 0
    for end in _SENTENCE_END.finditer(line):
        gap, after = end.span(1)
        if any(first < gap < last for first, last in marks):
            continue  # several words under one symbol are never torn apart
        if words(line[start:gap]):
            yield line[start:gap].strip()
            start = after
    if words(line[start:]):
        yield line[start:].strip()
