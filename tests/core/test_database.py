"""What an error of the database may say, and whose rows are counted."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from kiosk.core import audit, outbox
from kiosk.core.database import db
from kiosk.core.schools import School
from kiosk.core.tenancy import in_school


def test_an_error_holds_no_value_that_was_sent_to_the_database(school: School) -> None:
    with pytest.raises(SQLAlchemyError) as refused, db.session.begin_nested():
        db.session.execute(text("SELECT :words FROM nowhere_at_all"), {"words": "what a child wrote"})
    assert "what a child wrote" not in str(refused.value)


def test_another_schools_rows_are_not_counted(school: School) -> None:
    other = School(name="Elm School", host="elm.example")
    db.session.add(other)
    db.session.flush()
    with in_school(other.id):
        outbox.put("test", {})
        audit.record("desk", "opened", actor="a")
        db.session.flush()
        assert (outbox.health().waiting, audit.count_entries("desk")) == (1, 1)
    assert (outbox.health().waiting, audit.count_entries("desk")) == (0, 0)
