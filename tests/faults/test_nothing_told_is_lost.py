"""kill -9 while children tell: what was acknowledged is there, once; the rest may be sent again, and is there once."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from kiosk.commands.demo.school import make_demo_school
from kiosk.commands.upgrade import upgrade_database
from kiosk.core.database import db, transaction
from kiosk.core.identity import hash_of, new_token
from kiosk.core.schools import School
from kiosk.core.settings import load_settings
from kiosk.core.tenancy import in_school
from kiosk.factory import create_app
from kiosk.features.concerns.models import Concern
from tests.faults.test_generations import Served
from tests.features.concerns.child import FormReader
from tests.free_port import free_port

pytestmark = pytest.mark.usefixtures("named_by_environment")
KILLS, EACH = 4, 15


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Path]:
    """The demo school, in which *tell* is live."""
    data = tmp_path / "data"
    settings = load_settings(data=data)
    upgrade_database(settings)
    app = create_app(settings)
    with app.app_context(), transaction():
        make_demo_school(settings)
    yield data


def post(port: int, fields: dict[str, str]) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(
            "POST", "/tell", urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"}
        )
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def form_of(port: int) -> dict[str, str]:
    """The form of the page where words are written."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/tell")
    html = connection.getresponse().read().decode()
    for choice in ("more", "not-saying"):
        reader = FormReader("tell")
        reader.feed(html)
        _, html = post(port, {**reader.fields.to_dict(), "go": choice})
    reader = FormReader("tell")
    reader.feed(html)
    assert "words" in reader.fields
    return reader.fields.to_dict()


def test_every_acknowledged_concern_is_stored_once_however_often_the_kiosk_is_killed(school: Path) -> None:
    port = free_port()
    served = Served(school, port)
    form = form_of(port)
    told: dict[str, str] = {new_token(): f"number {n}" for n in range(KILLS * EACH)}
    acknowledged: set[str] = set()

    def tell(sent_id: str) -> None:
        try:
            status, _ = post(port, {**form, "words": told[sent_id], "sent_id": sent_id, "go": "send"})
        except (OSError, HTTPException):
            return
        if status == 303:
            acknowledged.add(sent_id)

    ids = list(told)
    for kill in range(KILLS):
        threads = [threading.Thread(target=tell, args=(one,)) for one in ids[kill * EACH : (kill + 1) * EACH]]
        for thread in threads:
            thread.start()
        time.sleep(random.uniform(0.02, 0.4))  # noqa: S311
        os.kill(served.process.pid, signal.SIGKILL)
        served.process.wait()
        for thread in threads:
            thread.join()
        served = Served(school, port)
        assert served.answers(), served.said

    stored = stored_in(school)
    assert {hash_of(one) for one in acknowledged} <= set(stored), "acknowledged and lost"
    for sent_id in told:
        tell(sent_id)
    assert acknowledged == set(told)
    served.end()
    assert sorted(stored_in(school)) == sorted(hash_of(one) for one in told), "each is there once"


def stored_in(data: Path) -> list[str]:
    app = create_app(load_settings(data=data))
    with app.app_context():
        school = db.session.scalars(select(School)).one()
        with in_school(school.id):
            return list(db.session.scalars(select(Concern.sent_hash)))
