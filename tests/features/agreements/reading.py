"""Reads a page as a pupil does: its texts, and which words stand under which symbol."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from werkzeug.test import TestResponse


class PassageReader(HTMLParser):
    """Collects each passage of a page as its words and symbols (first word, last word, concept)."""

    VOID = frozenset({"input", "meta", "link", "img", "br", "use", "path"})

    def __init__(self) -> None:
        super().__init__()
        self.passages: list[tuple[str, list[list[object]]]] = []
        self._open: list[str] = []
        self._depth = 0
        self._words: list[str] = []
        self._symbols: list[list[object]] = []
        self._concept = ""
        self._concept_depth = 0
        self._in_word = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "use" and self._concept_depth:
            self._concept = given["href"].partition("#")[2]
            self._symbols.append([len(self._words), len(self._words) - 1, self._concept])
        if tag in self.VOID:
            return
        self._open.append(tag)
        classes = given.get("class", "").split()
        if "passage" in classes and not self._depth:
            self._depth, self._words, self._symbols = len(self._open), [], []
        if self._depth and "with-symbol" in classes:
            self._concept_depth = len(self._open)
        self._in_word = bool(self._depth and "data-word" in given)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "use":
            self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        if self._depth == len(self._open):
            self.passages.append((" ".join(self._words), self._symbols))
            self._depth = 0
        if self._concept_depth == len(self._open):
            self._concept_depth = 0
        self._open.pop()
        self._in_word = False

    def handle_data(self, data: str) -> None:
        if self._in_word:
            self._words.append(data)
            if self._concept_depth:
                self._symbols[-1][1] = len(self._words) - 1


def passages_on(page: TestResponse) -> list[tuple[str, list[list[object]]]]:
    """Every passage of a page, in its order."""
    reader = PassageReader()
    reader.feed(page.get_data(as_text=True))
    return reader.passages


def texts_on(page: TestResponse) -> list[str]:
    """The words of every passage of a page."""
    return [text for text, _symbols in passages_on(page)]


def leaf_of(page: TestResponse) -> str:
    """The hash that the page's form carries."""
    found = re.search(r'name="leaf" value="([0-9a-f]{64})"', page.get_data(as_text=True))
    assert found, "the page carries no leaf"
    return found[1]
