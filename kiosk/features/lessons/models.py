"""Who took which lesson, and what was answered. Which child it was stands in the attempt alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.database import ID_LENGTH, SchoolRow, refers

LONGEST_ID = 60
LONGEST_ANSWER = 300


class LessonAttempt(SchoolRow):
    """One taking of a lesson by a pupil, or by a class that signed in together, on one tablet."""

    __tablename__ = "lesson_attempt"
    __table_args__ = (
        refers("pupil_id", "pupil"),
        refers("class_id", "school_class"),
        UniqueConstraint("school_id", "client_id"),
        CheckConstraint("(pupil_id IS NULL) <> (class_id IS NULL)", name="one_person"),
        Index("ix_lesson_attempt_pupil", "school_id", "pupil_id"),
        Index("ix_lesson_attempt_class", "school_id", "class_id"),
    )

    client_id: Mapped[str] = mapped_column(String(ID_LENGTH + 4))
    """Made by the tablet, so that asking twice for the same taking makes one."""
    pupil_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    class_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    lesson: Mapped[str] = mapped_column(String(LONGEST_ID))
    version: Mapped[str] = mapped_column(String(16))
    level: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(8))
    together: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Taken with a grown-up: no answer of it is the pupil's own, so none is kept."""
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class LessonEvent(SchoolRow):
    """One answer within an attempt."""

    __tablename__ = "lesson_event"
    __table_args__ = (
        refers("attempt_id", "lesson_attempt"),
        UniqueConstraint("school_id", "attempt_id", "client_id"),
    )

    attempt_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    client_id: Mapped[str] = mapped_column(String(ID_LENGTH + 4))
    screen: Mapped[str] = mapped_column(String(LONGEST_ID + 1))
    answer: Mapped[str] = mapped_column(String(LONGEST_ANSWER))
    tries: Mapped[int]
    right: Mapped[bool | None]
    at: Mapped[datetime]
    position: Mapped[int]
    """Its place among the answers of the attempt, as they arrived."""
