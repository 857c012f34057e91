"""A small content folder to change, and a lexicon that knows what it needs."""

from __future__ import annotations

import shutil
from pathlib import Path

from kiosk.content import markup
from kiosk.content.loading import load_content
from kiosk.content.types import Content

FIXTURES = Path(__file__).with_name("fixtures")
LESSON = Path("lessons/ks1/the-shared-drawing.yaml")
AGREEMENT = Path("agreements/pupils/ks2.yaml")
PHRASES = Path("phrases.yaml")


class SmallLexicon:
    """Knows the concepts of the fixtures; only markup puts a symbol above a word."""

    concepts = frozenset(
        ["ask", "drawing", "friend", "me", "mixed-up", "next", "password", "private", "promise", "proud"]
    ) | {"rule", "share", "tell", "tell-touch", "worried"}

    def knows(self, concept: str) -> bool:
        return concept in self.concepts

    def symbols_in(self, sentence: str) -> int:
        return len(markup.named_concepts(sentence))


def copied(folder: Path) -> Path:
    """A copy of the fixtures that a test may change."""
    shutil.copytree(FIXTURES, folder, dirs_exist_ok=True)
    return folder


def edited(folder: Path, old: str, new: str, file: Path = LESSON) -> Content:
    """The fixtures with one passage of one file replaced, loaded."""
    path = copied(folder) / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return loaded(folder)


def loaded(folder: Path = FIXTURES) -> Content:
    """The content of a folder like the fixtures."""
    return load_content([folder], [folder / PHRASES])


def line_of(text: str, file: Path = LESSON) -> int:
    """The line of a fixture that holds this text first."""
    lines = (FIXTURES / file).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)
