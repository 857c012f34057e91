"""Lesson files that are broken: each stops only its own lesson, and staff are told what to mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kiosk.content.levelled import Problem


@dataclass(frozen=True)
class BrokenFile:
    """A lesson file that is left out, with its mistakes, each with the place and what to write."""

    name: str
    problems: tuple[Problem, ...]


def broken_files(problems: Iterable[Problem]) -> list[BrokenFile]:
    """The broken files among lessons, by name; warnings break nothing."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        name = _name_in_lessons(problem.file)
        if name and problem.severity == "error":
            found.setdefault(name, []).append(problem)
    return [BrokenFile(name, tuple(sorted(found[name]))) for name in sorted(found)]


def _name_in_lessons(file: Path) -> str | None:
    """`lessons/ks1/my-lesson.yaml`: no more of the path than a teacher knows."""
    parts = file.parts
    if "lessons" not in parts:
        return None
    last = len(parts) - 1 - parts[::-1].index("lessons")
    return "/".join(parts[last:])
