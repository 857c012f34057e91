"""What is kept of a concern: sealed content, and in the clear only what a locked desk needs.

An event is only ever added: what a reader did, when, and, sealed, what they wrote.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.clock import now
from kiosk.core.database import ID_LENGTH, SchoolRow, refers

_IN_USE = text("retired_at IS NULL")


class ReaderKey(SchoolRow):
    """A reader's key pair; the private half opens with their desk passphrase alone."""

    __tablename__ = "reader_key"
    __table_args__ = (
        refers("staff_id", "staff", ondelete="NO ACTION"),
        UniqueConstraint("school_id", "key_id"),
        Index(
            "uq_reader_key_in_use",
            "school_id",
            "staff_id",
            unique=True,
            sqlite_where=_IN_USE,
            postgresql_where=_IN_USE,
        ),
    )

    staff_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    key_id: Mapped[str] = mapped_column(String(20))
    public: Mapped[str] = mapped_column(String(90))
    sealed: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(default=now)
    retired_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]


class RecoveryKey(SchoolRow):
    """The public half of the recovery key; the private half is on two sheets of paper."""

    __tablename__ = "recovery_key"
    __table_args__ = (
        UniqueConstraint("school_id", "key_id"),
        Index(
            "uq_recovery_key_in_use",
            "school_id",
            unique=True,
            sqlite_where=_IN_USE,
            postgresql_where=_IN_USE,
        ),
    )

    key_id: Mapped[str] = mapped_column(String(20))
    public: Mapped[str] = mapped_column(String(90))
    made_at: Mapped[datetime] = mapped_column(default=now)
    retired_at: Mapped[datetime | None]


class Concern(SchoolRow):
    """What a child told, sealed."""

    __tablename__ = "concern"
    __table_args__ = (UniqueConstraint("school_id", "sent_hash", "digest"),)

    envelope: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(default=now)
    wants_somebody_to_come: Mapped[bool]
    sent_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the random id that the sending was given; the id itself is kept nowhere."""
    digest: Mapped[str] = mapped_column(String(64))
    """Of what was sent, keyed by that id: so it matches a retry and says nothing about the content."""


class ConcernWrap(SchoolRow):
    """Which key opens a concern: whoever holds none of them is shown no row and no number."""

    __tablename__ = "concern_wrap"
    __table_args__ = (
        refers("concern_id", "concern"),
        UniqueConstraint("school_id", "concern_id", "key_id"),
        Index("ix_concern_wrap_key_id", "school_id", "key_id"),
    )

    concern_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    key_id: Mapped[str] = mapped_column(String(20))


class ConcernEvent(SchoolRow):
    """One thing that a reader did with a concern; never changed or taken away."""

    __tablename__ = "concern_event"
    __table_args__ = (
        refers("concern_id", "concern"),
        # What a reader did outlasts their leaving: staff are marked as left, never deleted from under it.
        refers("staff_id", "staff", ondelete="NO ACTION"),
        UniqueConstraint("school_id", "concern_id", "number"),
    )

    concern_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    number: Mapped[int]
    staff_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(default=now)
    envelope: Mapped[str | None] = mapped_column(Text)


class DeskSession(SchoolRow):
    """A desk that a reader unlocked: their key, under a key that only their cookie holds."""

    __tablename__ = "desk_session"
    __table_args__ = (
        refers("staff_id", "staff"),
        refers("sign_in_id", "sign_in"),
        refers("reader_key_id", "reader_key"),
        UniqueConstraint("school_id", "token_hash"),
    )

    token_hash: Mapped[str] = mapped_column(String(64))
    staff_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    sign_in_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    reader_key_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    blob: Mapped[bytes] = mapped_column(LargeBinary)
    opened_at: Mapped[datetime] = mapped_column(default=now)


class VocabularyDecision(SchoolRow):
    """What a reader said to the words that a child can tell with; only ever added, and the last one holds."""

    __tablename__ = "vocabulary_decision"
    __table_args__ = (
        refers("staff_id", "staff", ondelete="NO ACTION"),
        UniqueConstraint("school_id", "number"),
    )

    number: Mapped[int]
    staff_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    edition: Mapped[int]
    """Everything up to this edition was shown and is meant."""
    answer: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(default=now)
