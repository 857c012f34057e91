"""What can be done with people: one verb a function; they flush and never commit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.core.clock import now
from kiosk.core.database import db
from kiosk.core.identity import hash_of, keyed_hash, new_token
from kiosk.core.tenancy import get_school_id
from kiosk.features.people import photographs, queries
from kiosk.features.people.models import (
    OneTimeLink,
    Pupil,
    PupilProfile,
    SchoolClass,
    SignIn,
    SignInThrottle,
    Staff,
    StaffClass,
)
from kiosk.features.people.rules import pause_after_failures
from kiosk.features.people.types import LinkFor, Passport, Role, SignInBy

LONGEST_SIGN_IN = timedelta(hours=12)
hasher = PasswordHasher()
# Each takes 64 MiB and a core for a tenth of a second.
_hashing = BoundedSemaphore(2)
# Checked where there is no such person, so that the answer takes as long.
_NOBODY = hasher.hash("nobody has this password")
_at_sign_out: list[Callable[[SignIn], None]] = []


class WrongPasswordError(Exception):
    """Name and password do not go together."""


class TooManyTriesError(Exception):
    """This name has to wait. `minutes` is how long, rounded up."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"wait {minutes} minutes")
        self.minutes = minutes


def sign_in_pupil(pupil: Pupil) -> str:
    """Sign a pupil in; returns the token that the tablet keeps."""
    return _sign_in(pupil_id=pupil.id)


def sign_in_class(school_class: SchoolClass) -> str:
    """Sign a class in together; returns the token that the tablet keeps."""
    return _sign_in(class_id=school_class.id)


@dataclass(frozen=True)
class Attempt:
    """A staff sign-in before its password is tried, free of the database: trying takes long."""

    name_hash: str
    staff_id: str | None
    password_hash: str | None


def begin_staff_sign_in(email: str, *, key: bytes) -> Attempt:
    """Look who it would be; raises TooManyTriesError."""
    name_hash = keyed_hash(key, "throttle", get_school_id(), email.strip().lower()).hex()
    throttle = queries.find_throttle(name_hash)
    if throttle and throttle.not_before and throttle.not_before > now():
        raise TooManyTriesError(_minutes(throttle.not_before - now()))
    staff = queries.find_staff_by_email(email)
    return Attempt(name_hash, staff.id if staff else None, staff.password_hash if staff else None)


def finish_staff_sign_in(attempt: Attempt, *, fits: bool) -> str:
    """Sign in where the password fits; else count the failure and raise WrongPasswordError."""
    throttle = queries.find_throttle(attempt.name_hash)
    if fits and attempt.staff_id:
        if throttle:
            db.session.delete(throttle)
        return _sign_in(staff_id=attempt.staff_id)
    if throttle is None:
        throttle = SignInThrottle(name_hash=attempt.name_hash, failures=0)
        db.session.add(throttle)
    throttle.failures += 1
    throttle.not_before = now() + pause_after_failures(throttle.failures)
    db.session.flush()
    raise WrongPasswordError


def password_fits(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one; takes as long where there is none. Not inside a transaction."""
    try:
        with _hashing:
            return hasher.verify(password_hash or _NOBODY, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def _minutes(span: timedelta) -> int:
    return max(1, -(-int(span.total_seconds()) // 60))


def _sign_in(**who: str) -> str:
    token = new_token()
    db.session.add(SignIn(token_hash=hash_of(token), until=now() + LONGEST_SIGN_IN, at=now(), **who))
    db.session.flush()
    return token


def sign_out(sign_in: SignIn) -> None:
    """End a sign-in, and what other rooms keep of it."""
    sign_in.ended_at = now()
    for forget in _at_sign_out:
        forget(sign_in)


def when_signed_out(forget: Callable[[SignIn], None]) -> None:
    """Let another room forget what it keeps of a sign-in, in the transaction that ends it."""
    _at_sign_out.append(forget)


def set_password(staff: Staff, password: str) -> None:
    """Give a member of staff a new password and end what they had open."""
    staff.password_hash = hasher.hash(password)
    for one in queries.open_sign_ins(staff):
        sign_out(one)


def make_link(staff: Staff, purpose: LinkFor, *, days: int = 7) -> str:
    """A new one-time link for somebody, which ends earlier ones; returns its token, which is kept nowhere."""
    for earlier in queries.open_links(staff, purpose):
        earlier.used_at = now()
    token = new_token()
    db.session.add(
        OneTimeLink(
            token_hash=hash_of(token), staff_id=staff.id, purpose=purpose.value, until=now() + timedelta(days=days)
        )
    )
    db.session.flush()
    return token


def use_link(link: OneTimeLink) -> None:
    """Use a link up."""
    link.used_at = now()


def add_staff(name: str, email: str, roles: Collection[Role], *, password: str | None = None) -> Staff:
    """Add a member of staff; without a password they need a one-time link."""
    staff = Staff(name=name, email=email.strip().lower(), roles=sorted(role.value for role in roles))
    if password is not None:
        staff.password_hash = hasher.hash(password)
    db.session.add(staff)
    db.session.flush()
    return staff


def add_class(name: str, band: str, symbol: str, year: int, sign_in_by: SignInBy) -> SchoolClass:
    """Add a class."""
    school_class = SchoolClass(name=name, band=band, symbol=symbol, year=year, sign_in_by=sign_in_by.value)
    db.session.add(school_class)
    db.session.flush()
    return school_class


def add_pupil(school_class: SchoolClass, first_name: str, face: str) -> Pupil:
    """Add a pupil with a face card that nobody else in the class has."""
    pupil = Pupil(class_id=school_class.id, first_name=first_name, face=face)
    db.session.add(pupil)
    db.session.flush()
    return pupil


def pupil_leaves(pupil: Pupil) -> None:
    """Note that a pupil has left; how they liked it and their photograph go with them."""
    pupil.left_at = now()
    photographs.remove(pupil, by=None)
    forget_profile(pupil)


def keep_choices(pupil: Pupil, choices: Mapping[str, str], *, by: Staff | None = None) -> None:
    """Keep how a pupil likes it; `by` is None where they chose it themself."""
    profile = _profile_of(pupil, by)
    profile.choices = dict(choices)
    db.session.flush()


def keep_passport(pupil: Pupil, passport: Passport, *, by: Staff) -> None:
    """Keep how a pupil says yes, no and stop."""
    profile = _profile_of(pupil, by)
    profile.says_yes, profile.says_no, profile.says_stop = passport.says_yes, passport.says_no, passport.says_stop
    db.session.flush()


def _profile_of(pupil: Pupil, by: Staff | None) -> PupilProfile:
    profile = queries.find_profile(pupil.id)
    if profile is None:
        profile = PupilProfile(pupil_id=pupil.id)
        db.session.add(profile)
    profile.staff_id = by.id if by else None
    profile.set_at = now()
    return profile


def forget_profile(pupil: Pupil) -> None:
    """Let a pupil's pages be as their band starts them, and forget how they say yes, no and stop."""
    profile = queries.find_profile(pupil.id)
    if profile is not None:
        db.session.delete(profile)
        db.session.flush()


def give_class(staff: Staff, school_class: SchoolClass) -> None:
    """Let a teacher teach a class."""
    db.session.add(StaffClass(staff_id=staff.id, class_id=school_class.id))
    db.session.flush()
