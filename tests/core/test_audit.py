"""The audit chain: a change, a gap or a swap shows."""

from __future__ import annotations

import pytest

from kiosk.core import audit
from kiosk.core.audit import AuditEntry
from kiosk.core.database import db
from kiosk.core.schools import School


def entries(chain: str) -> list[AuditEntry]:
    return list(db.session.query(AuditEntry).filter_by(chain=chain).order_by(AuditEntry.number))


def test_chains_count_by_themselves(school: School) -> None:
    for chain in ("desk", "desk", "staff"):
        audit.record(chain, "opened", actor="a", subject="b")
    assert [one.number for one in entries("desk")] == [1, 2]
    assert [one.number for one in entries("staff")] == [1]
    assert audit.first_broken_entry("desk") is None


@pytest.mark.parametrize("field", ["actor", "action", "subject"])
def test_a_changed_entry_is_named(school: School, field: str) -> None:
    for _ in range(3):
        audit.record("desk", "opened", actor="a", subject="b")
    setattr(entries("desk")[1], field, "somebody else")
    db.session.flush()
    assert audit.first_broken_entry("desk") == 2


def test_a_missing_entry_is_named(school: School) -> None:
    for _ in range(3):
        audit.record("desk", "opened", actor="a")
    db.session.delete(entries("desk")[1])
    db.session.flush()
    assert audit.first_broken_entry("desk") == 2
