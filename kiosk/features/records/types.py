"""What a teacher sees of a class at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.content.types import Lesson
from kiosk.features.agreements.queries import Question, Register
from kiosk.features.charters.types import CharterView
from kiosk.features.lessons.types import LessonProgress
from kiosk.features.people.models import Pupil, SchoolClass


@dataclass(frozen=True)
class LessonRow:
    """A lesson of the class's band and how far the class is with it, if anybody has opened it."""

    lesson: Lesson
    progress: LessonProgress | None


@dataclass(frozen=True)
class PupilRow:
    """One pupil: which lessons they finished, by themself and with a grown-up, whether they signed, what they asked."""

    pupil: Pupil
    finished: int
    together: int
    signed: bool
    questions: int


@dataclass(frozen=True)
class Glance:
    """A class at a glance. It never shows that somebody told."""

    school_class: SchoolClass
    lessons: tuple[LessonRow, ...]
    pupils: tuple[PupilRow, ...]
    register: Register
    questions: tuple[Question, ...]
    charter: CharterView

    @property
    def waiting(self) -> tuple[Question, ...]:
        """The questions that nobody has talked about yet."""
        return tuple(one for one in self.questions if one.mark.talked_at is None)
