"""Reading, marking and signing an agreement as a browser does it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

from kiosk.content.types import Agreement, Content, Levelled
from kiosk.features.agreements import queries
from kiosk.features.agreements.leaves import Edition
from kiosk.features.agreements.models import Signature
from kiosk.features.agreements.texts import agreement_in_force, edition_of
from kiosk.features.people import services as people
from kiosk.features.people.models import Pupil, SchoolClass
from tests.checked_client import CheckedClient
from tests.features.agreements.reading import leaf_of

LINE = [[[100, 200, 0], [300, 150, 40], [500, 260, 90]]]
DRAWN = json.dumps(LINE)


@pytest.fixture
def content(app: Flask) -> Content:
    found = app.extensions["kiosk content"]
    assert isinstance(found, Content)
    return found


@pytest.fixture
def edition(content: Content) -> Edition:
    """What KS1 signs."""
    return edition_of(content.agreements["pupils-ks1"])


@pytest.fixture
def other_wording(app: Flask, content: Content, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Edition]:
    """Lets the KS1 agreement have other words, under another version or the same one."""

    def reword(full: str, *, version: str | None) -> Edition:
        old = content.agreements["pupils-ks1"]
        rule = dataclasses.replace(old.rules[0], text=dataclasses.replace(old.rules[0].text, full=full))
        new = dataclasses.replace(old, rules=(rule, *old.rules[1:]), version=version or old.version)
        agreements = MappingProxyType({**content.agreements, new.id: new})
        monkeypatch.setitem(app.extensions, "kiosk content", dataclasses.replace(content, agreements=agreements))
        return edition_of(new)

    return reword


@pytest.fixture
def zoe(oak: SchoolClass) -> Pupil:
    return people.add_pupil(oak, "Zoe", "face-bee")


@pytest.fixture
def yan(oak: SchoolClass) -> Pupil:
    return people.add_pupil(oak, "Yan", "face-crab")


def mark(client: CheckedClient, number: int, what: str = "understand") -> TestResponse:
    """Tap one of the two cards of a rule."""
    shown = client.get(f"/agreement/rule/{number}")
    assert shown.status_code == 200
    return client.send(f"/agreement/rule/{number}", mark=what, leaf=leaf_of(shown))


def mark_all(client: CheckedClient, rules: int = 5, asking: tuple[int, ...] = ()) -> None:
    """Say something of every rule."""
    for number in range(1, rules + 1):
        assert mark(client, number, "ask" if number in asking else "understand").status_code == 303


def sign(client: CheckedClient, path: str = "/agreement/sign", **fields: Any) -> TestResponse:
    """Sign the page that is shown, by drawing unless told otherwise."""
    leaf = leaf_of(client.get(path))
    return client.send(path, **{"leaf": leaf, "way": "draw", "strokes": DRAWN, **fields})


def signature_of(pupil: Pupil) -> Signature | None:
    """A pupil's signature of the agreement in force for their class."""
    agreement = agreement_in_force(pupil.school_class.band)
    assert agreement is not None
    return queries.find_signature(pupil.id, edition_of(agreement))


def levelled(text: str) -> Levelled:
    return Levelled("test", "agreements", text, text, text)


def with_bands(agreement: Agreement, name: str, *bands: str, audience: str = "pupils") -> Agreement:
    return dataclasses.replace(agreement, id=name, bands=bands, audience=audience)


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The statements that the database is asked meanwhile, without what only begins a transaction."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(("PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config", "BEGIN")):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)
