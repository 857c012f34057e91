"""Brings a database to the tables that this version of the kiosk needs."""

from __future__ import annotations

from sqlalchemy import create_engine, make_url, text

from kiosk.core.settings import Settings, prepare_data_folder
from kiosk.migrations.run import upgrade_to_newest


def upgrade_database(settings: Settings) -> None:
    """Bring the database up to date, as its owner, and let the app's own role use it."""
    prepare_data_folder(settings.data)
    owner = settings.migration_url or settings.database
    upgrade_to_newest(owner)
    app_role = make_url(settings.database).username
    if settings.migration_url and app_role and app_role != make_url(owner).username:
        engine = create_engine(owner)
        with engine.begin() as connection:
            role = engine.dialect.identifier_preparer.quote(app_role)
            connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {role}"))
            connection.execute(
                text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
            )
        engine.dispose()
