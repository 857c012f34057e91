"""Says whether the migrations, run from nothing, give the very tables that the models ask for."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from kiosk.core.database import Base
from kiosk.migrations.run import upgrade_to_newest
from kiosk.migrations.tables import import_every_model


def differences(address: str) -> list[object]:
    """What would still have to change in a database that every migration has been run on."""
    import_every_model()
    upgrade_to_newest(address)
    engine = create_engine(address)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, Base.metadata)
    engine.dispose()
    return list(found)


def main() -> int:
    """Check on SQLite; the tests check on PostgreSQL too."""
    with tempfile.TemporaryDirectory() as folder:
        found = differences(f"sqlite:///{Path(folder) / 'empty.db'}")
    for one in found:
        print(f"migrations: {one}", file=sys.stderr)  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
