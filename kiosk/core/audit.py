"""Who opened, changed or exported what: content-free rows in chains, so that a change shows.

A chain belongs to one route (`desk`, `safeguarding-about-staff`, …) and counts by itself, so that no gap
in a number tells an excluded reader anything.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from sqlalchemy import String, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core import tenancy
from kiosk.core.clock import now
from kiosk.core.database import ID_LENGTH, SchoolRow, db

GENESIS = "0" * 64


class AuditEntry(SchoolRow):
    """One thing that somebody did, bound to the entry before it."""

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("school_id", "chain", "number"),)

    chain: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(ID_LENGTH + 10))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(ID_LENGTH + 10))
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))

    def computed_digest(self) -> str:
        """The digest that this entry should have: SHA-256 of its canonical JSON."""
        parts = [self.school_id, self.chain, self.number, self.at.isoformat(timespec="microseconds"),
                 self.actor, self.action, self.subject, self.previous]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def lock_chain(name: str) -> None:
    """Let one transaction at a time add to a chain; SQLite's writers are one at a time anyway."""
    if db.session.connection().dialect.name == "postgresql":
        key = f"{tenancy.get_school_id()}/{name}"
        db.session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key})


def record(chain: str, action: str, *, actor: str, subject: str = "") -> AuditEntry:
    """Add an entry to a chain. `actor` and `subject` are ids or words like 'system', never content."""
    lock_chain(chain)
    last = db.session.scalars(
        select(AuditEntry).where(AuditEntry.chain == chain).order_by(AuditEntry.number.desc()).limit(1)
    ).first()
    entry = AuditEntry(
        school_id=tenancy.get_school_id(),
        chain=chain,
        number=last.number + 1 if last else 1,
        at=now(),
        actor=actor,
        action=action,
        subject=subject,
        previous=last.digest if last else GENESIS,
    )
    entry.digest = entry.computed_digest()
    db.session.add(entry)
    db.session.flush()
    return entry


def first_broken_entry(chain: str) -> int | None:
    """The number of the first entry that does not fit the chain, or None when it is whole."""
    previous, expected = GENESIS, 1
    for entry in db.session.scalars(
        select(AuditEntry).where(AuditEntry.chain == chain).order_by(AuditEntry.number)
    ):
        broken = entry.number != expected or entry.previous != previous
        if broken or entry.digest != entry.computed_digest():
            return expected
        previous, expected = entry.digest, expected + 1
    return None


def count_entries(chain: str) -> int:
    """How many entries a chain has."""
    return db.session.scalar(select(func.count(AuditEntry.id)).where(AuditEntry.chain == chain)) or 0
