"""How a pupil likes it, and how they say yes, no and stop."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.core.database import UtcDateTime
from kiosk.migrations.tables import wall_off

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.create_table(
        "pupil_profile",
        sa.Column("pupil_id", sa.String(length=32), nullable=False),
        sa.Column("choices", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("says_yes", sa.String(length=120), nullable=False),
        sa.Column("says_no", sa.String(length=120), nullable=False),
        sa.Column("says_stop", sa.String(length=120), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=True),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_pupil_profile_school_id_pupil_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "staff_id"],
            ["staff.school_id", "staff.id"],
            name=op.f("fk_pupil_profile_school_id_staff_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_pupil_profile_school_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_pupil_profile")),
        sa.UniqueConstraint("school_id", "pupil_id", name=op.f("uq_pupil_profile_school_id_pupil_id")),
    )
    wall_off("pupil_profile")


def downgrade() -> None:
    """Go back."""
    op.drop_table("pupil_profile")
