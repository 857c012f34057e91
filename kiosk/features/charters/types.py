"""Words that a charter's way is described with, and what is shown of a charter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.reading.text import plain
from kiosk.web.passages import Passage, content_in_use, passage_of, passage_of_text

LONGEST_RULE = 120
"""In characters, as it is spoken."""
DOTS = 3
"""What each child gives in a vote, one on a rule."""
FEWEST_RULES, MOST_RULES = 3, 8
MOST_ALLOWED = 15
"""Rules that a class can still read before it votes."""
MOST_WAITING_OF_PUPIL, MOST_WAITING_OF_CLASS = 6, 40
"""Suggestions that wait for the teacher at one time."""


class State(StrEnum):
    """Where a class is with its charter."""

    COLLECTING = "collecting"
    VOTING = "voting"
    COUNTED = "counted"
    """Voting is over, and the teacher settles."""
    SETTLED = "settled"
    SIGNING = "signing"
    FINISHED = "finished"


class Move(StrEnum):
    """What a teacher can do with the charter as a whole."""

    OPEN_VOTING = "open-voting"
    COLLECT_MORE = "collect-more"
    CLOSE_VOTING = "close-voting"
    VOTE_AGAIN = "vote-again"
    SETTLE = "settle"
    CHOOSE_AGAIN = "choose-again"
    OPEN_SIGNING = "open-signing"
    FINISH = "finish"
    CHANGE_AGAIN = "change-again"
    """A new charter begins from this one, which is kept."""


class SuggestionState(StrEnum):
    """What the teacher has said to a suggestion."""

    WAITING = "waiting"
    ALLOWED = "allowed"
    NOT_NOW = "not-now"


class Way(StrEnum):
    """How a suggestion was made."""

    IDEA = "idea"
    """Chosen from the lessons' ideas."""
    BOARD = "board"
    """Built from symbol words."""
    WORDS = "words"
    """Typed."""


class SignedBy(StrEnum):
    """How somebody signed; the words are those of the page's sign component."""

    DRAWING = "draw"
    NAME = "name"
    SYMBOL = "symbol"


class Warned(StrEnum):
    """Why a teacher should look again before the whole class reads a rule."""

    NAME = "name"
    ADDRESS = "address"
    TONE = "tone"
    """It forbids or threatens, where a rule is something that a child can do."""


@dataclass(frozen=True)
class RuleView:
    """One rule of a charter."""

    id: str
    text: str
    """With its symbol markup."""
    plain: str
    language: str
    idea: str | None
    """The lesson whose idea it is, word for word."""
    place: int | None
    """Its place among the settled rules, from 1."""
    dots: int = 0

    @property
    def passage(self) -> Passage:
        """The rule for who is there: an idea of a lesson at their reading level, else in the class's words."""
        lesson = content_in_use().lessons.get(self.idea) if self.idea else None
        if lesson and plain(lesson.charter_idea.full) == self.plain:
            return passage_of(lesson.charter_idea)
        return self.written

    @property
    def written(self) -> Passage:
        """The rule as it is on the poster."""
        return passage_of_text(self.text, self.language)

    @property
    def picture(self) -> str:
        """The first symbol that tells it from other rules (each begins with “we”), or nothing."""
        return next((concept for concept in self.written.concepts if concept not in {"we", "i", "you"}), "")


@dataclass(frozen=True)
class CharterView:
    """Where a class is with its charter; a class that has not begun is collecting."""

    class_id: str
    id: str | None
    number: int
    state: State
    language: str
    rules: tuple[RuleView, ...] = ()
    """Every rule that the teacher allowed, in the order they were allowed."""
    voted: int = 0
    signed: int = 0
    """How many pupils have voted and signed."""

    @property
    def settled_rules(self) -> tuple[RuleView, ...]:
        """The three to eight rules of the charter, in their order; none before it is settled."""
        return tuple(sorted((one for one in self.rules if one.place), key=lambda one: one.place or 0))


@dataclass(frozen=True)
class FinishedCharter:
    """What may be shown of a charter to anybody: its rules, without a stroke or a name."""

    number: int
    rules: tuple[RuleView, ...]
    finished_at: datetime
