"""The links that open a class's pages at home."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core.database import ID_LENGTH, SchoolRow, refers


class HomeLink(SchoolRow):
    """One edition of a class's home link; its token is computed from it, and only a hash of that is kept."""

    __tablename__ = "home_link"
    __table_args__ = (
        refers("class_id", "school_class"),
        UniqueConstraint("school_id", "class_id", "serial"),
        UniqueConstraint("school_id", "token_hash"),
    )

    class_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    serial: Mapped[int]
    token_hash: Mapped[str] = mapped_column(String(64))
    until: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
