"""Which symbols are shown for review: all of them, one letter's, or those that are looked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.reading.lexicon import Concept, Lexicon, phrase_form

MOST_LETTERS = 60


@dataclass(frozen=True)
class Sheet:
    """The concepts to show, and what the page says about the whole lexicon."""

    concepts: tuple[Concept, ...]
    find: str
    letter: str
    letters: tuple[str, ...]
    total: int
    kinds: Mapping[str, int]  # how many pictures of each kind there are in all
    not_reviewed: tuple[str, ...]


def sheet_of(lexicon: Lexicon, find: str = "", letter: str = "") -> Sheet:
    """The concepts whose id, meaning or words hold what is looked for, or whose id begins with the letter."""
    find, letter = " ".join(find[:MOST_LETTERS].split()), letter[:1].lower()
    concepts = tuple(sorted(lexicon, key=lambda one: one.id))
    wanted = tuple(one for one in concepts if _is_about(one, find) and one.id.startswith(letter))
    return Sheet(
        concepts=wanted,
        find=find,
        letter=letter,
        letters=tuple(sorted({one.id[0] for one in concepts})),
        total=len(concepts),
        kinds=Counter(one.picture.kind for one in concepts),
        not_reviewed=tuple(one.id for one in concepts if not one.reviewed),
    )


def _is_about(concept: Concept, find: str) -> bool:
    looked_for = " ".join(phrase_form(find))
    named = [concept.id, concept.id.replace("-", " "), concept.means]
    said = (" ".join(phrase_form(word)) for words in concept.words.values() for word in words)
    return not looked_for or any(looked_for in text.casefold() for text in (*named, *said))
