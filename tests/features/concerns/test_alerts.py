"""The mail to readers: real SMTP, nothing said but that something waits, tried again until it is taken."""

from __future__ import annotations

import dataclasses
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from kiosk.core import outbox
from kiosk.core.clock import later, now
from kiosk.core.database import db
from kiosk.core.outbox import OutboxItem
from kiosk.core.schools import School
from kiosk.features.people.models import Pupil, Staff
from tests.checked_client import CheckedClient
from tests.features.concerns.conftest import Unlock, the_concern
from tests.features.concerns.test_desk import page_of, tell_as

WORDS = "the purple canary"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass
class Mailbox:
    """A mail server of this test's own, and what came."""

    port: int = field(default_factory=free_port)
    letters: list[tuple[list[str], Message]] = field(default_factory=list)
    refuses: str = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  (aiosmtpd's name)
        if self.refuses and any(self.refuses in one for one in envelope.rcpt_tos):
            return "451 Try again later"
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return "250 OK"

    @property
    def everything(self) -> str:
        """Each letter in one text: its headers, and its body as it is read."""
        return "".join(
            f"{letter}{letter.get_payload(decode=True)!r}" for _to, whole in self.letters for letter in whole.walk()
        )


@pytest.fixture
def mailbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    box = Mailbox()
    settings = app.extensions["kiosk settings"]
    address = dataclasses.replace(
        settings,
        mail_server=f"smtp://127.0.0.1:{box.port}",
        mail_from="kiosk@oak.example",
        public_url="https://kiosk.oak.example",
    )
    monkeypatch.setitem(app.extensions, "kiosk settings", address)
    yield box


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[Mailbox]:
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    yield mailbox
    controller.stop()


def deliver() -> int:
    db.session.commit()
    sent = outbox.deliver_due()
    db.session.expire_all()
    return sent


def test_each_reader_is_told_that_something_waits_and_nothing_more(
    server: Mailbox, client: CheckedClient, live: None, amina: Pupil, dsl: Staff, deputy: Staff
) -> None:
    tell_as(client, amina, WORDS)
    assert server.letters == [], "nothing leaves inside the request"
    assert deliver() == 2
    assert sorted(to for tos, _letter in server.letters for to in tos) == [deputy.email, dsl.email]
    assert "https://kiosk.oak.example/desk" in server.everything
    for private in ("Amina", "Willow", "Dina", "purple", the_concern().id, amina.id, "grown-up"):
        assert private not in server.everything, private


def test_it_is_in_the_schools_language(
    server: Mailbox, client: CheckedClient, live: None, amina: Pupil, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str] = []
    from kiosk.features.concerns import alerts

    school.language = "pl"
    real = alerts.force_locale
    monkeypatch.setattr(alerts, "force_locale", lambda language: (spoken.append(language), real(language))[1])
    tell_as(client, amina)
    deliver()
    assert spoken == ["pl", "pl"]


def test_a_server_that_is_down_is_tried_again_and_the_desk_says_that_mail_is_failing(
    mailbox: Mailbox, client: CheckedClient, unlock: Unlock, amina: Pupil, dsl: Staff
) -> None:
    desk = unlock(dsl)
    tell_as(client, amina)
    assert deliver() == 0
    assert "Amina" in page_of(desk), "the desk shows it whatever the mail does"
    with later(minutes=1):
        deliver()
        assert "Mail is failing: 2 not sent." in page_of(desk)
    desk.send("/desk/lock")
    assert "Mail is failing: 2 not sent." in page_of(desk)
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        with later(hours=72):
            assert deliver() == 2
    finally:
        controller.stop()
    assert len(mailbox.letters) == 2
    assert "Mail: all sent" in page_of(desk)


def test_one_address_that_is_refused_holds_up_nobody_else(
    server: Mailbox, client: CheckedClient, live: None, amina: Pupil, dsl: Staff, deputy: Staff
) -> None:
    server.refuses = dsl.email
    tell_as(client, amina)
    assert deliver() == 1
    assert [tos for tos, _letter in server.letters] == [[deputy.email]]
    server.refuses = ""
    with later(minutes=5):
        assert deliver() == 1
    assert [tos for tos, _letter in server.letters][1:] == [[dsl.email]]


def test_without_a_mail_server_it_waits_and_the_desk_says_why(
    client: CheckedClient, unlock: Unlock, amina: Pupil, dsl: Staff
) -> None:
    desk = unlock(dsl)
    tell_as(client, amina)
    for minutes in (0, 1):
        with later(minutes=minutes):
            deliver()
    assert "No mail server is set." in page_of(desk)


def test_a_reader_who_has_left_meanwhile_is_told_nothing(
    server: Mailbox, client: CheckedClient, live: None, amina: Pupil, dsl: Staff, deputy: Staff
) -> None:
    tell_as(client, amina)
    dsl.left_at = now()
    deputy.roles = ["teacher"]
    assert deliver() == 2 and server.letters == []
    assert all(item.done_at for item in db.session.scalars(select(OutboxItem)))
