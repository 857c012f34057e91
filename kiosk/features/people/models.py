"""Classes, pupils, staff, and who is signed in where."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kiosk.core.clock import now, today
from kiosk.core.database import ID_LENGTH, SchoolRow, refers
from kiosk.features.people.types import LONGEST_LINE, Consent, ConsentBy, Passport, Role


class SchoolClass(SchoolRow):
    """A class in one school year."""

    __tablename__ = "school_class"
    __table_args__ = (UniqueConstraint("school_id", "year", "name"),)

    name: Mapped[str] = mapped_column(String(60))
    band: Mapped[str] = mapped_column(String(8))
    symbol: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    sign_in_by: Mapped[str] = mapped_column(String(10))

    pupils: Mapped[list[Pupil]] = relationship(back_populates="school_class", order_by="Pupil.first_name, Pupil.id")


class Pupil(SchoolRow):
    """A pupil: a first name and a face card, and nothing that the kiosk does not need."""

    __tablename__ = "pupil"
    __table_args__ = (refers("class_id", "school_class"), Index("ix_pupil_class", "school_id", "class_id"))

    class_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    first_name: Mapped[str] = mapped_column(String(60))
    face: Mapped[str] = mapped_column(String(60))
    left_at: Mapped[datetime | None]

    school_class: Mapped[SchoolClass] = relationship(back_populates="pupils")
    # Joined wherever a pupil is read: their face may be shown there, and thirty faces are not to be thirty queries.
    photograph: Mapped[Photograph | None] = relationship(
        primaryjoin="and_(Pupil.school_id == foreign(Photograph.school_id), Pupil.id == foreign(Photograph.pupil_id))",
        viewonly=True,
        lazy="joined",
        uselist=False,
    )

    @property
    def photo(self) -> str:
        """The id of the photograph to show; empty where there is none, or consent for it has ended."""
        return _to_show(self.photograph)


class PupilProfile(SchoolRow):
    """A pupil's way of using the kiosk, and how they say yes, no and stop; it goes when the pupil goes."""

    __tablename__ = "pupil_profile"
    __table_args__ = (
        refers("pupil_id", "pupil"),
        refers("staff_id", "staff", ondelete="NO ACTION"),
        UniqueConstraint("school_id", "pupil_id"),
    )

    pupil_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    choices: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What differs from where the band starts; None where nobody has chosen yet."""
    says_yes: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    says_no: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    says_stop: Mapped[str] = mapped_column(String(LONGEST_LINE), default="")
    staff_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    """Who set it last; None where it was the pupil."""
    set_at: Mapped[datetime] = mapped_column(default=now)

    pupil: Mapped[Pupil] = relationship(viewonly=True)

    @property
    def passport(self) -> Passport:
        """The communication passport's line."""
        return Passport(self.says_yes, self.says_no, self.says_stop)


class Staff(SchoolRow):
    """A member of staff."""

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("school_id", "email"),)

    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(200))
    roles: Mapped[list[Any]] = mapped_column(default=list)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    left_at: Mapped[datetime | None]

    photograph: Mapped[Photograph | None] = relationship(
        primaryjoin="and_(Staff.school_id == foreign(Photograph.school_id), Staff.id == foreign(Photograph.staff_id))",
        viewonly=True,
        lazy="joined",
        uselist=False,
    )

    @property
    def photo(self) -> str:
        """The id of the photograph to show; empty where there is none, or consent for it has ended."""
        return _to_show(self.photograph)

    def is_a(self, *roles: Role) -> bool:
        """Whether they have one of these roles."""
        return any(role.value in self.roles for role in roles)


class Photograph(SchoolRow):
    """The face of a pupil or of a member of staff, with the consent that it rests on: without one there is no row."""

    __tablename__ = "photograph"
    __table_args__ = (
        refers("pupil_id", "pupil"),
        refers("staff_id", "staff"),
        refers("added_by", "staff", ondelete="NO ACTION"),
        CheckConstraint("(pupil_id IS NULL) <> (staff_id IS NULL)", name="of_one_person"),
        UniqueConstraint("school_id", "pupil_id"),
        UniqueConstraint("school_id", "staff_id"),
    )

    pupil_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    staff_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    picture: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    """A square WebP without metadata; read by its address alone, never along with a list of pupils."""
    given_by: Mapped[str] = mapped_column(String(LONGEST_LINE))
    given_as: Mapped[str] = mapped_column(String(20))
    given_on: Mapped[date]
    until: Mapped[date]
    added_by: Mapped[str] = mapped_column(String(ID_LENGTH))
    added_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def consent(self) -> Consent:
        """What it rests on."""
        return Consent(self.given_by, ConsentBy(self.given_as), self.given_on, self.until)

    @property
    def is_in_force(self) -> bool:
        """Whether consent for it still holds."""
        return self.until >= today()


def _to_show(photograph: Photograph | None) -> str:
    return photograph.id if photograph and photograph.is_in_force else ""


class StaffClass(SchoolRow):
    """Who teaches which class."""

    __tablename__ = "staff_class"
    __table_args__ = (
        refers("staff_id", "staff"),
        refers("class_id", "school_class"),
        UniqueConstraint("school_id", "staff_id", "class_id"),
    )

    staff_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    class_id: Mapped[str] = mapped_column(String(ID_LENGTH))


class SignIn(SchoolRow):
    """Somebody signed in on one device: a pupil, a class together, or a member of staff."""

    __tablename__ = "sign_in"
    __table_args__ = (
        refers("pupil_id", "pupil"),
        refers("class_id", "school_class"),
        refers("staff_id", "staff"),
        UniqueConstraint("school_id", "token_hash"),
    )

    token_hash: Mapped[str] = mapped_column(String(64))
    pupil_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    class_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    staff_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    at: Mapped[datetime] = mapped_column(default=now)
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class OneTimeLink(SchoolRow):
    """A link that works once, for one person and one thing; only its hash is kept."""

    __tablename__ = "one_time_link"
    __table_args__ = (refers("staff_id", "staff"), UniqueConstraint("school_id", "token_hash"))

    token_hash: Mapped[str] = mapped_column(String(64))
    staff_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    purpose: Mapped[str] = mapped_column(String(20))
    until: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInThrottle(SchoolRow):
    """Failed staff sign-ins under one name; the name itself is not kept."""

    __tablename__ = "sign_in_throttle"
    __table_args__ = (UniqueConstraint("school_id", "name_hash"),)

    name_hash: Mapped[str] = mapped_column(String(64))
    failures: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
