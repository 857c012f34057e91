"""The schools of this installation: one in most, a thousand in a trust."""

from __future__ import annotations

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.core import tenancy
from kiosk.core.database import ID_LENGTH, Base, db, new_id


class School(Base):
    """A school; found by the host name that its tablets use."""

    __tablename__ = "school"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    host: Mapped[str | None] = mapped_column(String(255), unique=True)
    language: Mapped[str] = mapped_column(String(8), default="en")
    symbol_set: Mapped[str] = mapped_column(String(40), default="openmoji", server_default="openmoji")
    symbol_tone: Mapped[str] = mapped_column(String(8), default="none", server_default="none")
    symbol_words: Mapped[str] = mapped_column(String(8), default="on", server_default="on")


def find_school_by_host(host: str) -> School | None:
    """The school that this host name is for; the only school, where there is one alone."""
    schools = db.session.scalars(
        select(School).where((School.host == host) | School.host.is_(None)).order_by(School.id).limit(2)
    ).all()
    named = [school for school in schools if school.host == host]
    if named:
        return named[0]
    return schools[0] if len(schools) == 1 else None


def get_school() -> School:
    """The school in hand."""
    school = db.session.get(School, tenancy.get_school_id())
    if school is None:
        raise LookupError("The school in hand does not exist.")
    return school


def all_school_ids() -> list[str]:
    """Every school, for the worker."""
    return list(db.session.scalars(select(School.id).order_by(School.id)))
