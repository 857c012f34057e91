"""A school chooses its symbols, their skin tone, and whether words stand below them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    # Added one by one and not by a batch: a batch rebuilds the table that every other one hangs on.
    op.add_column("school", sa.Column("symbol_set", sa.String(length=40), nullable=False, server_default="openmoji"))
    op.add_column("school", sa.Column("symbol_tone", sa.String(length=8), nullable=False, server_default="none"))
    op.add_column("school", sa.Column("symbol_words", sa.String(length=8), nullable=False, server_default="on"))
