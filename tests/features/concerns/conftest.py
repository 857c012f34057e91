"""Readers with keys, a recovery key, and a desk that is unlocked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from sqlalchemy import Engine, event, select

from kiosk.core.database import db
from kiosk.features.concerns import keys, services
from kiosk.features.concerns.models import Concern, ReaderKey
from kiosk.features.concerns.reading import find_told
from kiosk.features.concerns.sealing import PrivateKey, PublicKey
from kiosk.features.concerns.told import Told
from kiosk.features.people import services as people_services
from kiosk.features.people.models import Staff
from tests.checked_client import CheckedClient
from tests.features.concerns.child import Child
from tests.features.conftest import SignInAs

PASSPHRASE = "lamp river donkey piano"
CHEAP = keys.Cost(passes=1, memory_kib=64, lanes=1)
"""A guess costs nothing in tests; what it costs at the desk is its default's to say."""


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Staff sign in many times here: their password costs as little as it can."""
    monkeypatch.setattr(people_services, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def recovery_key() -> PrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def live(dsl: Staff, deputy: Staff, recovery_key: PrivateKey) -> None:
    """*Tell* is live: two readers have chosen a passphrase, and there is a recovery key."""
    for reader in (dsl, deputy):
        services.enrol_reader(reader, PASSPHRASE, cost=CHEAP)
    services.set_recovery_key(PublicKey.of(recovery_key, "recovery"))
    db.session.commit()


@pytest.fixture
def child(live: None, client: CheckedClient) -> Child:
    """A child whom nobody signed in."""
    return Child(client)


Unlock = Callable[[Staff], CheckedClient]


@pytest.fixture
def unlock(app: Flask, live: None, sign_in: SignInAs) -> Unlock:
    """A new browser in which that reader has unlocked their desk."""

    def unlock_desk_of(reader: Staff) -> CheckedClient:
        client = sign_in(reader)
        answer = client.send("/desk/unlock", passphrase=PASSPHRASE)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return client

    return unlock_desk_of


def key_of(reader: Staff, passphrase: str = PASSPHRASE) -> PrivateKey:
    """The reader's private key, as their passphrase opens it."""
    row = db.session.scalars(
        select(ReaderKey).where(ReaderKey.staff_id == reader.id, ReaderKey.retired_at.is_(None))
    ).one()
    return keys.unlock(keys.SealedReaderKey.from_json(row.sealed), passphrase)


def concerns() -> list[Concern]:
    """Every concern that is stored."""
    return list(db.session.scalars(select(Concern).order_by(Concern.received_at, Concern.id)))


def the_concern() -> Concern:
    """The one concern that is stored."""
    (only,) = concerns()
    return only


def told_to(reader: Staff) -> Told:
    """What the one stored concern says to this reader."""
    told = find_told(key_of(reader), the_concern())
    assert told is not None
    return told


class QueryCount:
    """How many statements were sent to the database within the block."""

    number = 0

    def __enter__(self) -> QueryCount:
        event.listen(Engine, "before_cursor_execute", self._count)
        return self

    def __exit__(self, *_error: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._count)

    def _count(self, _connection: object, _cursor: object, statement: str, *_given: object) -> None:
        self.number += statement.lstrip().upper().startswith("SELECT")


@pytest.fixture
def count_queries() -> type[QueryCount]:
    return QueryCount
