"""Nobody holds the database while the rest of their request is still on its way."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/tell", "application/x-www-form-urlencoded"),
        ("/tell", "text/plain"),
        ("/lesson-events", "application/json"),
        ("/lesson-attempts", "application/json"),
    ],
)
def test_a_body_is_read_whole_before_the_database_is_asked_anything(
    client: FlaskClient, address: str, kind: str
) -> None:
    asked: list[str] = []
    asked_at_the_end: list[int] = []

    class Trickle(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            asked_at_the_end.append(len(asked))
            return super().read(min(size or 1, 4))

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            part = self.read(len(buffer))
            buffer[: len(part)] = part
            return len(part)

    def note(_connection: object, _cursor: object, statement: str, *_given: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    body = b"page=begin&go=more"
    event.listen(Engine, "before_cursor_execute", note)
    try:
        client.post(address, input_stream=Trickle(body), content_length=len(body), content_type=kind)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert asked and asked_at_the_end and set(asked_at_the_end) == {0}
