"""Words that concerns are described with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Page(StrEnum):
    """A page of *tell*."""

    BEGIN = "begin"
    WHO = "who"
    CLASSES = "classes"
    FACES = "faces"
    WORDS = "words"
    SYMBOLS = "symbols"
    BODY = "body"
    """Where on me."""
    UNDERWEAR = "underwear"
    """The words for what my underwear covers."""
    FEELINGS = "feelings"
    SHALL = "shall"
    """Asked after an empty send: shall a grown-up come to you?"""


class Said(StrEnum):
    """What a child said to “Is this you?”."""

    PUPIL = "pupil"
    SOMEBODY_ELSE = "somebody-else"
    NOT_SAYING = "not-saying"
    NOTHING = "nothing"
    """They skipped the question."""


class EventKind(StrEnum):
    """What a reader did with a concern."""

    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"
    NOTED = "noted"
    SEEN = "seen"
    CLOSED = "closed"
    REOPENED = "reopened"


class State(StrEnum):
    """Where a concern stands, as one reader sees it."""

    NEW = "new"
    """Nobody has said “I have this” yet."""
    MINE = "mine"
    WITH_A_COLLEAGUE = "with-a-colleague"
    DONE = "done"


class Closing(StrEnum):
    """Why a concern is closed here; R48 names where it may have gone."""

    HANDLED = "handled"
    EARLY_HELP = "early-help"
    SOCIAL_CARE = "social-care"
    POLICE = "police"
    OTHER_BODY = "other-body"
    RECORDED_ELSEWHERE = "recorded-elsewhere"
    NOT_NEEDED = "not-needed"


class VocabularyAnswer(StrEnum):
    """What a reader said to the words that a child can tell with."""

    APPROVED = "approved"
    NOT_YET = "not-yet"


READERS_NEEDED = 2
CHAIN = "concerns"
"""The audit chain of what is done with concerns and keys."""
ALERT = "concern-alert"
"""The outbox's items that tell a reader that something waits."""


@dataclass(frozen=True)
class Liveness:
    """Whether *tell* can take a concern, and what it lacks."""

    readers: int
    has_recovery_key: bool

    @property
    def is_live(self) -> bool:
        """Whether a concern sent now would be sealed, stored and read."""
        return not self.missing

    @property
    def missing(self) -> tuple[str, ...]:
        """What is lacking: `readers` (fewer than two have chosen a desk passphrase), `recovery-key`."""
        lacking = {"readers": self.readers < READERS_NEEDED, "recovery-key": not self.has_recovery_key}
        return tuple(name for name, is_missing in lacking.items() if is_missing)
