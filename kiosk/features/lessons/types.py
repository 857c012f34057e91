"""Words that taking a lesson is described with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.content.types import Lesson, Question, Screen

BEFORE, AFTER = "@before", "@after"
"""What the answers to the matched pair are filed under; no screen of a lesson can have such an id."""


@dataclass(frozen=True)
class Step:
    """One thing on the screen: a screen of the lesson, a part of one, or what stands around them."""

    kind: str
    """Names its macro in templates/lessons/steps.html."""
    id: str = ""
    """What its answers are filed under; empty where there is nothing to answer."""
    screen: Screen | None = None
    question: Question | None = None


@dataclass(frozen=True)
class Answer:
    """One answer as it arrives: ids of the lesson's own, never anything a child wrote."""

    id: str
    screen: str
    answer: str
    tries: int
    right: bool | None


@dataclass(frozen=True)
class Sent:
    """A batch of what was queued on a tablet."""

    ticket: str
    answers: tuple[Answer, ...]
    finished: bool


@dataclass(frozen=True)
class Asked:
    """A tablet asks for a ticket to record one taking of a lesson."""

    client_id: str
    lesson: str
    version: str
    level: str
    language: str
    visit: str = ""
    """The pass of the sign-in under which it was opened without a network; empty where the sign-in itself is here."""


@dataclass(frozen=True)
class Learner:
    """Whose taking it is: a pupil's, or that of a class which signed in together."""

    pupil_id: str | None
    class_id: str | None


@dataclass(frozen=True)
class LessonProgress:
    """How far a class is with one lesson. A class that signs in together has takings, not pupils."""

    lesson: str
    started: int
    finished: int
    finished_pupils: frozenset[str]
    together_started: int
    together_finished: int


@dataclass(frozen=True)
class BeforeAndAfter:
    """Of those who answered both questions of the matched pair, how many were right, before and after."""

    answered: int
    right_before: int
    right_after: int


@dataclass(frozen=True)
class Given:
    """One stored answer to a question of the matched pair; `moment` puts a taking's answers in order."""

    attempt: str
    who: str
    screen: str
    right: bool
    moment: tuple[datetime, int]


@dataclass(frozen=True)
class Shelf:
    """The lessons that a pupil may choose from: their own, and some to look back at."""

    own: tuple[Lesson, ...]
    back: tuple[Lesson, ...]


Finished = Mapping[str, datetime]
"""When each finished lesson was last finished, by lesson."""
