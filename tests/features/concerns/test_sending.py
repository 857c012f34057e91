"""Sent means stored: sealed, with its audit row and its alerts, all or nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import OperationalError

from kiosk.core import audit, tenancy
from kiosk.core.audit import AuditEntry
from kiosk.core.clock import later, now
from kiosk.core.database import Base, db
from kiosk.core.outbox import OutboxItem
from kiosk.core.schools import School
from kiosk.features.concerns import queries, services
from kiosk.features.concerns.models import Concern, ConcernWrap
from kiosk.features.concerns.sealing import CannotSeal, Context, Envelope, PrivateKey, open_with
from kiosk.features.concerns.services import sending
from kiosk.features.concerns.told import Told
from kiosk.features.people.models import Pupil, Staff
from kiosk.features.people.services import add_staff
from kiosk.features.people.types import Role
from tests.checked_client import CheckedClient
from tests.features.concerns.child import Child
from tests.features.concerns.conftest import CHEAP, PASSPHRASE, concerns, key_of, the_concern, told_to
from tests.features.conftest import SignInAs

CANARY = "the purple canary sang in the boiler room"
SENT_ID = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def rows_of_everything() -> str:
    """Every row of every table, as text."""
    tables = (db.session.execute(table.select()).all() for table in Base.metadata.sorted_tables)
    return repr([[tuple(row) for row in rows] for rows in tables])


def count(table: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_each_reader_and_the_recovery_key_open_it_and_nobody_else(
    child: Child, dsl: Staff, deputy: Staff, recovery_key: PrivateKey
) -> None:
    child.press("more").press("not-saying").press("send", words=CANARY)
    concern = the_concern()
    envelope = Envelope.from_json(concern.envelope)
    for key in (key_of(dsl), key_of(deputy), recovery_key):
        opened = open_with(key, envelope, Context(concern.school_id, concern.id))
        assert Told.from_payload(opened).words == CANARY
    assert len(envelope.wraps) == count(ConcernWrap) == 3


def test_one_transaction_stores_it_with_its_audit_row_and_an_alert_for_each_reader(
    child: Child, dsl: Staff, deputy: Staff
) -> None:
    child.press("come").press("not-saying").press("send")
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert entry and (entry.action, entry.actor, entry.subject) == ("received", "child", the_concern().id)
    assert audit.first_broken_entry("concerns") is None
    alerts = db.session.scalars(select(OutboxItem)).all()
    assert {item.kind for item in alerts} == {"concern-alert"}
    assert [set(item.payload) for item in alerts] == [{"staff_id"}, {"staff_id"}]
    assert {item.payload["staff_id"] for item in alerts} == {dsl.id, deputy.id}


def test_a_phrase_that_was_told_is_in_no_row_no_log_and_no_cookie(
    live: None, sign_in: SignInAs, amina: Pupil, dsl: Staff, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = sign_in(amina)
    Child(client).press("come").press("me").press("symbols", words=CANARY).press("add.message").press("send")
    assert told_to(dsl).words == CANARY
    written = rows_of_everything() + caplog.text + "".join(map(repr, client._cookies.values()))
    assert CANARY not in written and "purple" not in written


def test_who_told_is_in_no_clear_row(live: None, sign_in: SignInAs, amina: Pupil) -> None:
    Child(sign_in(amina)).press("come").press("me").press("send")
    for table in ("concern", "concern_wrap", "audit_entry", "outbox_item", "concern_event"):
        rows = repr(db.session.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608
        assert amina.id not in rows and amina.class_id not in rows, table


def test_nothing_is_written_before_it_is_sent(child: Child, amina: Pupil) -> None:
    before = rows_of_everything()
    child.press("come").press(f"class.{amina.class_id}").press(f"pupil.{amina.id}").press("symbols", words=CANARY)
    assert rows_of_everything() == before


@pytest.fixture
def failing_commit(app: Flask) -> Iterator[list[bool]]:
    """While `[True]`, the commit that would store a concern fails, as on a full disk."""
    fails = [False]

    def fail(session: object) -> None:
        if fails[0] and session is db.session() and count(Concern):
            raise OperationalError("COMMIT", {}, Exception("disk I/O error"))

    event.listen(db.session, "before_commit", fail)
    yield fails
    event.remove(db.session, "before_commit", fail)


def test_a_child_sees_not_sent_yet_when_the_commit_fails_and_nothing_is_stored(
    child: Child, failing_commit: list[bool], dsl: Staff, caplog: pytest.LogCaptureFixture
) -> None:
    child.press("more").press("not-saying")
    failing_commit[0] = True
    child.press("send", words=CANARY)
    assert child.answer.status_code == 503 and "It is not sent yet." in child.text
    assert "error" not in child.text.casefold() and "0800 1111" in child.text
    failing_commit[0] = False
    assert not concerns() and count(OutboxItem) == 0 and CANARY not in caplog.text
    assert child.form.fields["words"] == CANARY
    assert child.press("send").was_sent
    assert told_to(dsl).words == CANARY


@pytest.mark.parametrize("error", [CannotSeal("no"), RuntimeError(CANARY), OperationalError("x", {}, Exception())])
def test_a_child_sees_not_sent_yet_whatever_fails(
    child: Child, monkeypatch: pytest.MonkeyPatch, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr(sending, "seal", fail)
    child.press("more").press("not-saying").press("send", words=CANARY)
    assert child.answer.status_code == 503 and child.form.fields["words"] == CANARY
    assert not concerns() and CANARY not in caplog.text


def test_a_database_that_does_not_answer_at_all_still_gives_a_child_a_page(
    child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    child.press("more").press("not-saying")

    def fail(_host: str) -> None:
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    monkeypatch.setattr("kiosk.features.people.session.find_school_by_host", fail)
    child.press("send", words=CANARY)
    assert child.answer.status_code == 503 and child.form.fields["words"] == CANARY
    child.answer = child.client.get("/tell")
    child.keep()
    assert child.answer.status_code == 503 and "0800 1111" in child.text


def test_the_same_sending_twice_is_stored_once_and_gets_the_same_receipt(child: Child, amina: Pupil) -> None:
    child.press("more").press("not-saying")
    fields = child.form.fields
    for _again in range(3):
        child.form.fields = fields.copy()
        child.send({"go": "send", "words": "once", "sent_id": SENT_ID})
        assert child.was_sent
    with later(minutes=3):
        child.form.fields = fields.copy()
        assert child.send({"go": "send", "words": "once", "sent_id": SENT_ID}).was_sent
    assert count(Concern) == 1 and count(OutboxItem) == 2


def test_the_same_id_with_other_words_stores_both(child: Child) -> None:
    child.press("more").press("not-saying")
    fields = child.form.fields
    for words in ("one", "two"):
        child.form.fields = fields.copy()
        assert child.send({"go": "send", "words": words, "sent_id": SENT_ID}).was_sent
    first, second = concerns()
    assert first.sent_hash == second.sent_hash and first.digest != second.digest


def test_a_try_after_not_sent_yet_is_the_same_sending(child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer was lost after the commit: the child tries again, and it is one concern."""
    child.press("more").press("not-saying")
    with monkeypatch.context() as broken:
        broken.setattr(db.session, "commit", _commit_and_fail(db.session.commit))
        child.press("send", words="a")
    assert child.answer.status_code == 503
    assert child.press("send").was_sent
    assert count(Concern) == 1


def _commit_and_fail(commit: object) -> object:
    calls = []

    def fail() -> None:
        calls.append(commit())
        # The first is the test client's own.
        if len(calls) == 2:
            raise OperationalError("COMMIT", {}, Exception("the connection was lost"))

    return fail


def test_without_a_script_each_sending_has_an_id_of_its_own(child: Child) -> None:
    child.press("come").press("not-saying")
    fields = child.form.fields
    for _again in range(2):
        child.form.fields = fields.copy()
        child.send({"go": "send"})
    assert len({one.sent_hash for one in concerns()}) == 2


def test_the_id_of_a_sending_is_kept_nowhere(child: Child) -> None:
    child.send({"page": "words", "words": "a", "go": "send", "sent_id": SENT_ID})
    assert count(Concern) == 1 and SENT_ID not in rows_of_everything()


def test_ids_are_random_and_say_nothing_of_how_many_there_were(child: Child, client: CheckedClient) -> None:
    for _again in range(3):
        Child(client).press("come").press("not-saying").press("send")
    ids = [one.id for one in concerns()]
    assert len(set(ids)) == 3 and all(len(one) == 16 for one in ids)


def test_another_schools_readers_are_sealed_nothing_and_told_nothing(app: Flask, child: Child, school: School) -> None:
    other = School(name="Elm School", host="elm.example")
    school.host = "localhost"
    db.session.add(other)
    db.session.commit()
    assert child.press("come").press("not-saying").press("send").was_sent
    with tenancy.in_school(other.id):
        assert concerns() == []


def test_a_reader_who_has_left_is_not_on_the_route(child: Child, dsl: Staff, deputy: Staff, school: School) -> None:
    third = add_staff("Dot Deputy", "dot@oak.example", [Role.DEPUTY])
    services.enrol_reader(third, PASSPHRASE, cost=CHEAP)
    assert queries.tell_is_live().readers == 3
    third.left_at = now()
    deputy.roles = ["teacher"]
    assert queries.tell_is_live().readers == 1 and not queries.tell_is_live().is_live
    deputy.roles = ["deputy"]
    child.press("come").press("not-saying").press("send")
    assert count(ConcernWrap) == 3
    assert {item.payload["staff_id"] for item in db.session.scalars(select(OutboxItem))} == {dsl.id, deputy.id}
