"""Reads about people. Each is one query, in a fixed order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import abort
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from kiosk.content.vocabulary import BANDS
from kiosk.core import tenancy
from kiosk.core.clock import now, school_year, today
from kiosk.core.database import db
from kiosk.core.identity import hash_of
from kiosk.features.people.models import (
    OneTimeLink,
    Photograph,
    Pupil,
    PupilProfile,
    SchoolClass,
    SignIn,
    SignInThrottle,
    Staff,
    StaffClass,
)
from kiosk.features.people.types import LinkFor, Role


def classes_of_this_year() -> Sequence[SchoolClass]:
    """The classes of this school year, youngest first."""
    classes = db.session.scalars(
        select(SchoolClass).where(SchoolClass.year == school_year(today())).order_by(SchoolClass.name, SchoolClass.id)
    ).all()
    return sorted(classes, key=lambda one: BANDS.index(one.band))


def find_class(class_id: str) -> SchoolClass | None:
    """A class of this school."""
    return db.session.get(SchoolClass, (tenancy.get_school_id(), class_id))


def get_class_or_404(class_id: str) -> SchoolClass:
    """A class of this school, or the kiosk's own 404."""
    return find_class(class_id) or abort(404)


def pupils_of(class_id: str) -> Sequence[Pupil]:
    """The pupils of a class by first name."""
    return db.session.scalars(
        select(Pupil)
        .where(Pupil.class_id == class_id, Pupil.left_at.is_(None))
        .order_by(Pupil.first_name, Pupil.id)
    ).all()


def find_pupil(pupil_id: str) -> Pupil | None:
    """A pupil of this school, with their class."""
    return db.session.scalars(
        select(Pupil)
        .where(Pupil.id == pupil_id, Pupil.left_at.is_(None))
        .options(joinedload(Pupil.school_class))
    ).first()


def get_pupil_taught_by(staff: Staff, class_id: str, pupil_id: str) -> Pupil:
    """A pupil of a class that they teach; 404 where there is none."""
    school_class = get_class_taught_by(staff, class_id)
    pupil = find_pupil(pupil_id)
    return pupil if pupil and pupil.class_id == school_class.id else abort(404)


def find_profile(pupil_id: str) -> PupilProfile | None:
    """How a pupil likes it, where anybody has set it."""
    return db.session.scalars(select(PupilProfile).where(PupilProfile.pupil_id == pupil_id)).first()


def profiles_of_class(class_id: str) -> dict[str, PupilProfile]:
    """The profiles of a class by pupil, of those who have one."""
    profiles = db.session.scalars(
        select(PupilProfile)
        .join(Pupil, (Pupil.school_id == PupilProfile.school_id) & (Pupil.id == PupilProfile.pupil_id))
        .where(Pupil.class_id == class_id, Pupil.left_at.is_(None))
        .order_by(PupilProfile.pupil_id)
    )
    return {one.pupil_id: one for one in profiles}


def passports_of(pupil_ids: Collection[str]) -> list[PupilProfile]:
    """The profiles of these pupils that have a line of a communication passport, with their pupils."""
    profiles = db.session.scalars(
        select(PupilProfile)
        .where(PupilProfile.pupil_id.in_(pupil_ids))
        .options(joinedload(PupilProfile.pupil))
        .order_by(PupilProfile.id)
    )
    return [one for one in profiles if one.passport]


def find_staff(staff_id: str) -> Staff | None:
    """A member of staff who has not left."""
    staff = db.session.get(Staff, (tenancy.get_school_id(), staff_id))
    return staff if staff and staff.left_at is None else None


def find_staff_by_email(email: str) -> Staff | None:
    """The member of staff with this address, in any case, who has not left."""
    return db.session.scalars(
        select(Staff).where(func.lower(Staff.email) == email.strip().lower(), Staff.left_at.is_(None))
    ).first()


def staff_with(*roles: Role) -> list[Staff]:
    """The staff who have one of these roles, by name."""
    everybody = db.session.scalars(select(Staff).where(Staff.left_at.is_(None)).order_by(Staff.name, Staff.id))
    return [staff for staff in everybody if staff.is_a(*roles)]


def all_staff() -> Sequence[Staff]:
    """Everybody who has not left, by name."""
    return db.session.scalars(select(Staff).where(Staff.left_at.is_(None)).order_by(Staff.name, Staff.id)).all()


def find_photograph(photograph_id: str) -> Photograph | None:
    """A photograph, whether or not consent for it still holds."""
    return db.session.get(Photograph, (tenancy.get_school_id(), photograph_id))


def find_photograph_of(person: Pupil | Staff) -> Photograph | None:
    """The photograph of a pupil or a member of staff, whether or not consent for it still holds."""
    column = Photograph.pupil_id if isinstance(person, Pupil) else Photograph.staff_id
    return db.session.scalars(select(Photograph).where(column == person.id)).first()


def find_picture(photograph_id: str) -> bytes | None:
    """The bytes of a photograph, while consent for it holds and whoever is on it has not left."""
    return db.session.scalars(
        select(Photograph.picture)
        .outerjoin(Pupil, (Pupil.school_id == Photograph.school_id) & (Pupil.id == Photograph.pupil_id))
        .outerjoin(Staff, (Staff.school_id == Photograph.school_id) & (Staff.id == Photograph.staff_id))
        .where(
            Photograph.school_id == tenancy.get_school_id(),
            Photograph.id == photograph_id,
            Photograph.until >= today(),
            Pupil.left_at.is_(None),
            Staff.left_at.is_(None),
        )
    ).first()


def classes_taught_by(staff: Staff) -> list[SchoolClass]:
    """Their classes of this year; for a headteacher every class."""
    classes = classes_of_this_year()
    if staff.is_a(Role.HEAD):
        return list(classes)
    taught = set(db.session.scalars(select(StaffClass.class_id).where(StaffClass.staff_id == staff.id)))
    return [one for one in classes if one.id in taught]


def get_class_taught_by(staff: Staff, class_id: str) -> SchoolClass:
    """A class that they teach; 404 where it does not exist or is another's."""
    return next((one for one in classes_taught_by(staff) if one.id == class_id), None) or abort(404)


@dataclass(frozen=True)
class WhoIsIn:
    """The person behind a sign-in."""

    sign_in: SignIn
    pupil: Pupil | None
    school_class: SchoolClass | None
    staff: Staff | None


def find_who_is_in(token: str) -> WhoIsIn | None:
    """Who is signed in with this token, unless it ended or ran out; one query."""
    row = db.session.execute(
        select(SignIn, Pupil, SchoolClass, Staff)
        .outerjoin(Pupil, (Pupil.school_id == SignIn.school_id) & (Pupil.id == SignIn.pupil_id))
        .outerjoin(
            SchoolClass,
            (SchoolClass.school_id == SignIn.school_id)
            & (SchoolClass.id == func.coalesce(SignIn.class_id, Pupil.class_id)),
        )
        .outerjoin(Staff, (Staff.school_id == SignIn.school_id) & (Staff.id == SignIn.staff_id))
        .where(SignIn.token_hash == hash_of(token), SignIn.ended_at.is_(None), SignIn.until > now())
    ).first()
    if row is None or (row[3] and row[3].left_at) or (row[1] and row[1].left_at):
        return None
    return WhoIsIn(*row)


def open_sign_ins(staff: Staff) -> Sequence[SignIn]:
    """Somebody's sign-ins that have not been ended, on whichever device."""
    return db.session.scalars(
        select(SignIn).where(SignIn.staff_id == staff.id, SignIn.ended_at.is_(None)).order_by(SignIn.id)
    ).all()


def find_link(token: str, purpose: LinkFor) -> OneTimeLink | None:
    """A one-time link that has not been used and has not run out."""
    return db.session.scalars(
        select(OneTimeLink).where(
            OneTimeLink.token_hash == hash_of(token),
            OneTimeLink.purpose == purpose.value,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.until > now(),
        )
    ).first()


def open_links(staff: Staff, purpose: LinkFor) -> Sequence[OneTimeLink]:
    """Somebody's links of a kind that nobody has used yet."""
    return db.session.scalars(
        select(OneTimeLink)
        .where(
            OneTimeLink.staff_id == staff.id, OneTimeLink.purpose == purpose.value, OneTimeLink.used_at.is_(None)
        )
        .order_by(OneTimeLink.id)
    ).all()


def find_throttle(name_hash: str) -> SignInThrottle | None:
    """The failed sign-ins under a name."""
    return db.session.scalars(select(SignInThrottle).where(SignInThrottle.name_hash == name_hash)).first()
