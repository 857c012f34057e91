"""What a tablet sends about a lesson, and the lessons themselves."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kiosk.content.types import Content, Lesson
from tests.checked_client import CheckedClient

KS1 = "my-private-password"
Answers = list[dict[str, Any]]


@pytest.fixture
def content(app: Flask) -> Content:
    found: Content = app.extensions["kiosk content"]
    return found


@pytest.fixture
def lesson(content: Content) -> Lesson:
    """The KS1 lesson that ships."""
    return content.lessons[KS1]


def new_id() -> str:
    return secrets.token_hex(12)


def answered(screen: str, answer: str, *, tries: int = 1, right: bool | None = True, **more: Any) -> dict[str, Any]:
    """An answer as the tablet sends it."""
    return {"id": new_id(), "screen": screen, "answer": answer, "tries": tries, "right": right, **more}


def finished() -> dict[str, Any]:
    return {"id": new_id(), "finished": True}


Begin = Callable[..., TestResponse]


@pytest.fixture
def begin(lesson: Lesson) -> Begin:
    """Ask for a ticket, as the lesson's page does."""

    def ask(client: CheckedClient, **changed: Any) -> TestResponse:
        about = {"id": new_id(), "lesson": lesson.id, "version": lesson.version, "level": "full", "language": "en"}
        return client.post("/lesson-attempts", json=about | changed)

    return ask


@pytest.fixture
def ticket(begin: Begin) -> Callable[..., str]:
    """A ticket for a new taking by whoever is signed in with this client."""

    def of(client: CheckedClient, **changed: Any) -> str:
        given = begin(client, **changed)
        assert given.status_code == 200, given.get_data(as_text=True)
        return str(given.get_json()["ticket"])

    return of


def send(client: CheckedClient, ticket: str, *events: dict[str, Any]) -> TestResponse:
    """Send answers, as the queue on the tablet does: without a cookie."""
    anonymous = client.application.test_client()
    assert isinstance(anonymous, CheckedClient)
    return anonymous.post("/lesson-events", json={"ticket": ticket, "events": list(events)})
