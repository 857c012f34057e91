"""What a reader said to the words that a child can tell with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.core.database import UtcDateTime
from kiosk.migrations.tables import wall_off

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.create_table(
        "vocabulary_decision",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "staff_id"],
            ["staff.school_id", "staff.id"],
            name=op.f("fk_vocabulary_decision_school_id_staff_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_vocabulary_decision_school_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_vocabulary_decision")),
        sa.UniqueConstraint("school_id", "number", name=op.f("uq_vocabulary_decision_school_id_number")),
    )
    wall_off("vocabulary_decision")


def downgrade() -> None:
    """Go back to the version before."""
    op.drop_table("vocabulary_decision")
