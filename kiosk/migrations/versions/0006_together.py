"""A lesson may be taken together with a grown-up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    # Added and not by a batch: a batch rebuilds the table that the answers hang on.
    op.add_column("lesson_attempt", sa.Column("together", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Go back to the version before."""
    op.drop_column("lesson_attempt", "together")
