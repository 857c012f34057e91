"""Every table, for the migrations; and the wall between schools on PostgreSQL."""

from __future__ import annotations

import importlib

from alembic import op

from kiosk import ROOT


def import_every_model() -> None:
    """Import each module that declares tables."""
    for module in ("kiosk.core.schools", "kiosk.core.audit", "kiosk.core.outbox"):
        importlib.import_module(module)
    for models in sorted((ROOT / "kiosk" / "features").glob("*/models.py")):
        importlib.import_module(".".join(models.relative_to(ROOT).with_suffix("").parts))


def wall_off(table: str) -> None:
    """Let PostgreSQL show and take only rows of the school in hand; SQLite has one school a file."""
    if op.get_bind().dialect.name != "postgresql":
        return
    school = "nullif(current_setting('kiosk.school', true), '')"
    op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    op.execute(
        f'CREATE POLICY of_the_school ON "{table}" USING (school_id = {school}) WITH CHECK (school_id = {school})'
    )

