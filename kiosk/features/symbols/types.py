"""What a school chooses of its symbols."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Choice:
    """How a school's symbols look."""

    symbol_set: str
    tone: str
    words: str


@dataclass(frozen=True)
class Preview:
    """A set as the head is shown it before choosing."""

    name: str
    title: str
    pictures: tuple[tuple[Markup, bool], ...]
    """Each with whether it is the set's own; else the kiosk's fills in."""
    concepts: int
    sentences: int
    of_sentences: int
