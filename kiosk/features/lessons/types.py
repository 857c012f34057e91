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
    together: bool = False
    """Whether a grown-up takes it with the pupil."""
    visit: str = ""
    """The pass of the sign-in under which it was opened without a network; empty where the sign-in itself is here."""


@dataclass(frozen=True)
class Learner:
    """Whose taking it is: a pupil's, or that of a class which signed in together."""

    pupil_id: str | None
    class_id: str | None


@dataclass(frozen=True)
class LessonProgress:
    """How far a class is with one lesson. What a pupil took together with a grown-up is never among their own."""

    lesson: str
    started: int
    finished_pupils: frozenset[str]
    together_pupils: frozenset[str]
    """Who finished it together with a grown-up."""
    class_started: int
    """Takings of a class that signed in together: it has takings, not pupils."""
    class_finished: int

    @property
    def finished(self) -> int:
        """How many pupils have finished it by themselves."""
        return len(self.finished_pupils)

    @property
    def together(self) -> int:
        """How often it was finished together: pupils with a grown-up, and takings of the class."""
        return len(self.together_pupils) + self.class_finished

    @property
    def done(self) -> int:
        """How many pupils have been through it, in one way or the other."""
        return len(self.finished_pupils | self.together_pupils)


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


@dataclass(frozen=True)
class Taken:
    """The lessons that a pupil, or a class that signs in together, has been through."""

    own: Finished
    together: Finished
    """Those that a pupil took with a grown-up, and that may be among their own too."""

    @property
    def either(self) -> Finished:
        """When each was last finished, in one way or the other."""
        moments = (*self.own.items(), *self.together.items())
        return {lesson: max(moment for one, moment in moments if one == lesson) for lesson, _moment in moments}
