"""How Alembic runs here. SQLite's foreign keys are off while tables are rebuilt, and checked afterwards."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, text

from kiosk.core.database import Base
from kiosk.migrations.tables import import_every_model

import_every_model()
config = context.config
engine = create_engine(config.get_main_option("sqlalchemy.url") or "")

with engine.connect() as connection:
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        # Off before BEGIN: rebuilding a parent table would else delete its children's rows.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=is_sqlite,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        if not is_sqlite:
            # Two nodes that start at once: the second waits and finds nothing left to do.
            connection.execute(text("SELECT pg_advisory_xact_lock(7433)"))
        context.run_migrations()
        if is_sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"The migration left {len(broken)} rows that point to nothing.")
    connection.commit()
engine.dispose()
