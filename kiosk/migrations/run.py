"""Runs the migrations without an app: the same from the command line, from a test, and from make."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

HERE = Path(__file__).resolve().parent


def config_for(address: str) -> Config:
    """Alembic's configuration for a database."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("sqlalchemy.url", address.replace("%", "%%"))
    return config


def upgrade_to_newest(address: str) -> None:
    """Bring a database to the newest version; what is there is kept."""
    command.upgrade(config_for(address), "head")
