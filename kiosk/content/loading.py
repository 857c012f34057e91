"""Reads whole folders of content; a broken file is left out and reported, and never stops the rest."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kiosk.content.building import build_agreement, build_facts, build_lesson, build_phrases
from kiosk.content.levelled import Levelled, Problem
from kiosk.content.structure import structural_problems
from kiosk.content.types import Agreement, Content, Fact, Lesson, Tally
from kiosk.content.validation import Kind, validate
from kiosk.content.vocabulary import LEVELS
from kiosk.content.yaml_source import Document, read_document

_KINDS: dict[str, Kind] = {"lessons": "lesson", "agreements": "agreement", "pupils": "agreement"}


def load_content(folders: Sequence[Path], phrases: Sequence[Path] = ()) -> Content:
    """All content in the folders (each with lessons/ and agreements/) and phrase files.

    A later folder adds files, or replaces by id what an earlier one holds. A path may also be one of
    the two inner folders, or a single file.
    """
    gathered = _Gathered()
    for folder in folders:
        gathered.add_folder(folder)
    for file in phrases:
        gathered.add_phrases(file)
    return gathered.content()


@dataclass(slots=True)
class _Gathered:
    lessons: dict[str, Lesson] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    phrases: dict[str, Levelled] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    wanted: int = 0
    written: int = 0

    def content(self) -> Content:
        """What was gathered, in a fixed order."""
        return Content(
            lessons=MappingProxyType(dict(sorted(self.lessons.items()))),
            agreements=MappingProxyType(dict(sorted(self.agreements.items()))),
            phrases=MappingProxyType(dict(sorted(self.phrases.items()))),
            facts=MappingProxyType(dict(sorted(self.facts.items()))),
            problems=tuple(sorted(self.problems)),
            tally=Tally(self.wanted, self.written),
        )

    def add_folder(self, folder: Path) -> None:
        """Add or replace what a content folder holds."""
        inside = _Gathered()
        try:
            files = list(content_files(folder))
        except OSError as error:
            reason = error.strerror or "unknown reason"
            inside.note(folder, f"This cannot be opened ({reason}).", "Check its name and its permissions.")
            files = []
        for file in files:
            if file.suffix == ".yaml":
                inside.add_file(file)
            else:
                inside.note(file, "Only files that end in .yaml are read.", f"Rename it {file.stem}.yaml.")
        self.lessons |= inside.lessons
        self.agreements |= inside.agreements
        self.phrases |= inside.phrases
        self.facts |= inside.facts
        self.problems += inside.problems
        self.wanted += inside.wanted
        self.written += inside.written

    def add_file(self, file: Path) -> None:
        """Add one file; an id that this folder already has is a mistake."""
        kind = kind_of(file)
        document = self._valid(file, kind)
        if document is None:
            return
        if kind == "phrases":
            self._add_each(document, build_phrases(document), self.phrases)
        elif kind == "facts":
            self._add_each(document, build_facts(document), self.facts)
        elif kind == "agreement":
            self._add_each(document, {document.data["id"]: build_agreement(document)}, self.agreements)
        else:
            self._add_each(document, {document.data["id"]: build_lesson(document)}, self.lessons)

    def add_phrases(self, file: Path) -> None:
        """Add a file of phrases, whatever its name."""
        document = self._valid(file, "phrases")
        if document is not None:
            self._add_each(document, build_phrases(document), self.phrases)

    def note(self, file: Path, what: str, write_instead: str) -> None:
        """Record a mistake that has no better place than the start of its file."""
        self.problems.append(Problem(file, 1, 1, what, write_instead))

    def _valid(self, file: Path, kind: Kind) -> Document | None:
        document, problems = read_document(file)
        if document is not None:
            self._count(document.data)
            problems = validate(document, kind) or structural_problems(document, kind)
        self.problems += problems
        return None if problems else document

    def _add_each(self, document: Document, found: dict[str, Any], known: dict[str, Any]) -> None:
        for name, value in found.items():
            if name in known:
                place = document.keys.get((name,)) or document.place(("id",))
                what = f"The id “{name}” is already taken by another file of this folder."
                write_instead = "Give one of the two another id."
                self.problems.append(Problem(place.file, place.line, place.column, what, write_instead))
            else:
                known[name] = value

    def _count(self, data: Any) -> None:
        """Count the texts that a document wants at the three levels, and those that it has."""
        if isinstance(data, dict):
            if not data.keys().isdisjoint(LEVELS):
                self.wanted += len(LEVELS)
                self.written += sum(isinstance(data.get(level), str) for level in LEVELS)
            else:
                for value in data.values():
                    self._count(value)
        elif isinstance(data, list):
            for value in data:
                self._count(value)


def content_files(folder: Path) -> Iterator[Path]:
    """The YAML files of a content folder in a fixed order, hidden ones left out; raises OSError."""
    if not stat.S_ISDIR(folder.stat().st_mode):
        yield folder
        return
    inner = [folder / name for name in ("lessons", "agreements") if (folder / name).is_dir()]
    for start in inner or [folder]:
        for file in sorted(start.rglob("*")):
            if file.suffix in {".yaml", ".yml"} and not file.name.startswith((".", "~")) and file.is_file():
                yield file


def kind_of(file: Path) -> Kind:
    """What a file holds, by its name and the folder that it lies in."""
    if file.stem in {"facts", "phrases"}:
        return "facts" if file.stem == "facts" else "phrases"
    folders = [part for part in file.parts[:-1] if part in _KINDS]
    return _KINDS[folders[-1]] if folders else "lesson"
