"""A text at three reading levels, and where it stands in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from kiosk.content.vocabulary import LEVELS, Domain, Severity


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file, counted from 1."""

    file: Path
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in one file, and what to write instead; an error keeps its file out, a warning does not."""

    file: Path
    line: int
    column: int
    what: str
    write_instead: str
    severity: Severity = "error"

    def __str__(self) -> str:
        warning = "warning: " if self.severity == "warning" else ""
        return f"{self.file}:{self.line}:{self.column}: {warning}{self.what} {self.write_instead}"


@dataclass(frozen=True, slots=True)
class Levelled:
    """A text that a pupil meets, at the three reading levels, with the key that translations know it by."""

    key: str
    domain: Domain
    full: str
    simple: str
    symbols: str
    # One place a line for block texts, so that a long sentence is found on its own line.
    places: Mapping[str, tuple[Place, ...]] = field(
        default_factory=lambda: MappingProxyType({}), compare=False, repr=False
    )

    def at(self, level: str) -> str:
        """The English text at that level, its symbol markup included."""
        if level not in LEVELS:
            raise KeyError(f"{level!r} is not a reading level: one of {', '.join(LEVELS)}")
        return str(getattr(self, level))

    def context(self, level: str) -> str:
        """The msgctxt of that level in the catalogues."""
        return f"{self.key}/{level}"

    def place(self, level: str, line: int = 0) -> Place:
        """Where that line of the text at that level stands in its file."""
        known = self.places.get(level)
        return known[min(line, len(known) - 1)] if known else Place(Path("-"), 1, 1)


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a lesson or agreement came from, and where each of its values stands there."""

    file: Path
    places: Mapping[str, Place]

    def place(self, path: str = "") -> Place:
        """Where the value at that dotted path stands, or the nearest one that holds it."""
        while path and path not in self.places:
            path = path.rpartition(".")[0]
        return self.places.get(path, Place(self.file, 1, 1))
