"""Reads about home links."""

from __future__ import annotations

from sqlalchemy import select

from kiosk.core.clock import now
from kiosk.core.database import db
from kiosk.core.identity import hash_of
from kiosk.features.families.models import HomeLink


def find_link_by_token(token: str) -> HomeLink | None:
    """The link with this token, unless it was revoked or has run out."""
    return db.session.scalars(
        select(HomeLink).where(
            HomeLink.token_hash == hash_of(token.upper()), HomeLink.revoked_at.is_(None), HomeLink.until > now()
        )
    ).first()


def find_link_of_class(class_id: str) -> HomeLink | None:
    """The newest link of a class that still works."""
    return db.session.scalars(
        select(HomeLink)
        .where(HomeLink.class_id == class_id, HomeLink.revoked_at.is_(None), HomeLink.until > now())
        .order_by(HomeLink.serial.desc())
    ).first()


def last_serial(class_id: str) -> int:
    """The serial of the newest link that a class ever had, or 0."""
    serials = select(HomeLink.serial).where(HomeLink.class_id == class_id).order_by(HomeLink.serial.desc()).limit(1)
    return db.session.scalar(serials) or 0
