"""Photographs of pupils and staff, each with the consent that it rests on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kiosk.core.database import UtcDateTime
from kiosk.migrations.tables import wall_off

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.create_table(
        "photograph",
        sa.Column("pupil_id", sa.String(length=32), nullable=True),
        sa.Column("staff_id", sa.String(length=32), nullable=True),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.Column("given_by", sa.String(length=120), nullable=False),
        sa.Column("given_as", sa.String(length=20), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("added_by", sa.String(length=32), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.CheckConstraint("(pupil_id IS NULL) <> (staff_id IS NULL)", name=op.f("ck_photograph_of_one_person")),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_photograph_school_id_pupil_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "staff_id"],
            ["staff.school_id", "staff.id"],
            name=op.f("fk_photograph_school_id_staff_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "added_by"],
            ["staff.school_id", "staff.id"],
            name=op.f("fk_photograph_school_id_added_by"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_photograph_school_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_photograph")),
        sa.UniqueConstraint("school_id", "pupil_id", name=op.f("uq_photograph_school_id_pupil_id")),
        sa.UniqueConstraint("school_id", "staff_id", name=op.f("uq_photograph_school_id_staff_id")),
    )
    wall_off("photograph")


def downgrade() -> None:
    """Go back to the version before."""
    op.drop_table("photograph")
