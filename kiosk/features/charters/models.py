"""A class's charters: what was suggested, allowed, voted for and signed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.clock import now
from kiosk.core.database import ID_LENGTH, SchoolRow, refers
from kiosk.features.charters.types import DOTS, LONGEST_RULE, State, SuggestionState

LONGEST_WITH_MARKUP = 600


class Charter(SchoolRow):
    """One charter of a class; a change makes a new one, and the old is kept."""

    __tablename__ = "charter"
    __table_args__ = (refers("class_id", "school_class"), UniqueConstraint("school_id", "class_id", "number"))

    class_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default=State.COLLECTING.value)
    language: Mapped[str] = mapped_column(String(8))
    opened_at: Mapped[datetime] = mapped_column(default=now)
    voting_opened_at: Mapped[datetime | None]
    voting_closed_at: Mapped[datetime | None]
    signing_opened_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class CharterRule(SchoolRow):
    """A rule that the teacher allowed; `place` is set once it is among the settled ones."""

    __tablename__ = "charter_rule"
    __table_args__ = (
        refers("charter_id", "charter"),
        # A dot names charter and rule, so that no dot lands on another class's rule.
        UniqueConstraint("school_id", "charter_id", "id"),
        UniqueConstraint("school_id", "charter_id", "number"),
        UniqueConstraint("school_id", "charter_id", "place"),
    )

    charter_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(LONGEST_WITH_MARKUP))
    plain: Mapped[str] = mapped_column(String(LONGEST_RULE))
    language: Mapped[str] = mapped_column(String(8))
    idea: Mapped[str | None] = mapped_column(String(80))
    place: Mapped[int | None]


class Suggestion(SchoolRow):
    """A rule that a pupil, or a class together, suggested; never deleted, whatever the teacher says."""

    __tablename__ = "charter_suggestion"
    __table_args__ = (
        refers("charter_id", "charter"),
        refers("pupil_id", "pupil"),
        refers("rule_id", "charter_rule"),
        UniqueConstraint("school_id", "charter_id", "client_id"),
    )

    charter_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    client_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    pupil_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    way: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(String(LONGEST_WITH_MARKUP))
    plain: Mapped[str] = mapped_column(String(LONGEST_RULE))
    language: Mapped[str] = mapped_column(String(8))
    idea: Mapped[str | None] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(10), default=SuggestionState.WAITING.value)
    rule_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    at: Mapped[datetime] = mapped_column(default=now)


class Dot(SchoolRow):
    """One of a pupil's three dots. `slot` numbers them, so that nobody has a fourth."""

    __tablename__ = "charter_dot"
    __table_args__ = (
        refers("pupil_id", "pupil"),
        ForeignKeyConstraint(
            ["school_id", "charter_id", "rule_id"],
            ["charter_rule.school_id", "charter_rule.charter_id", "charter_rule.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("school_id", "charter_id", "pupil_id", "slot"),
        UniqueConstraint("school_id", "rule_id", "pupil_id"),
        CheckConstraint(f"slot BETWEEN 1 AND {DOTS}", name="slot"),
    )

    charter_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    pupil_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    rule_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    slot: Mapped[int]


class CharterSignature(SchoolRow):
    """A pupil's signature: strokes as vectors, a typed name, or a symbol; one a charter."""

    __tablename__ = "charter_signature"
    __table_args__ = (
        refers("charter_id", "charter"),
        refers("pupil_id", "pupil"),
        UniqueConstraint("school_id", "charter_id", "pupil_id"),
    )

    charter_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    pupil_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    way: Mapped[str] = mapped_column(String(10))
    strokes: Mapped[list[Any] | None]
    typed_name: Mapped[str | None] = mapped_column(String(60))
    symbol: Mapped[str | None] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(default=now)
