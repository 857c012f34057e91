"""A kiosk that really serves: for tests that drive a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from kiosk.commands.upgrade import upgrade_database
from kiosk.core import tenancy
from kiosk.core.database import db, set_writing, transaction
from kiosk.core.schools import School
from kiosk.core.settings import Settings
from kiosk.factory import create_app

TABLET = {"width": 1024, "height": 768}
PHONE = {"width": 390, "height": 844}


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002
        """Say nothing: a test's own failure says enough."""


@dataclass(frozen=True)
class LiveKiosk:
    """A serving kiosk with one school, on a database of its own."""

    app: Flask
    address: str
    school_id: str

    @contextmanager
    def inside(self) -> Iterator[None]:
        """The school in hand, in a transaction that is committed: to put something in, or to look."""
        with self.app.app_context(), tenancy.in_school(self.school_id), transaction():
            yield


@contextmanager
def live_kiosk(data: Path) -> Iterator[LiveKiosk]:
    """Serve a kiosk with SQLite in that folder, on a free port, for the length of the block."""
    settings = Settings(data=data)
    data.mkdir(parents=True, exist_ok=True)
    upgrade_database(settings)
    app = create_app(settings)
    with app.app_context():
        set_writing(True)
        school = School(name="Oak Lane School")
        db.session.add(school)
        db.session.commit()
        school_id = school.id
        set_writing(False)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield LiveKiosk(app, f"http://127.0.0.1:{server.server_port}", school_id)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
