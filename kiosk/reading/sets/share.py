"""How much of the kiosk's own text a set of symbols really shows."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.content.catalogue import find_translation
from kiosk.content.types import Content
from kiosk.content.walking import texts_of
from kiosk.reading.lexicon import load_lexicon
from kiosk.reading.sets import SymbolSet
from kiosk.reading.text import read

LEVEL, LANGUAGE = "symbols", "en"


def sentences_shown(content: Content, of: SymbolSet) -> tuple[int, int]:
    """How many sentences at symbol level are shown in that set, and how many there are that show symbols."""
    shown = [of.has_all(concepts) for concepts in _sentences(content)]
    return sum(shown), len(shown)


def _sentences(content: Content) -> Iterator[tuple[str, ...]]:
    lexicon = load_lexicon()
    for part in (content.phrases, content.lessons, content.agreements):
        for levelled, _path in texts_of(part):
            for sentence in read(find_translation(levelled, LEVEL, LANGUAGE) or "", LANGUAGE, lexicon):
                concepts = tuple(token.concept for token in sentence.tokens if token.concept)
                if concepts:
                    yield concepts
