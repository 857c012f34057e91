"""Words that people are described with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONGEST_LINE = 120
"""Of what a communication passport says, in letters: it is read at a glance."""


class Role(StrEnum):
    """What a member of staff is, in the field's own words."""

    TEACHER = "teacher"
    HEAD = "head"
    DSL = "dsl"
    DEPUTY = "deputy"


class SignInBy(StrEnum):
    """How a class signs in on a shared tablet."""

    TOGETHER = "together"
    """One generic sign-in for the whole class (R68, EYFS)."""
    FACE = "face"
    """Each pupil taps their own card."""


class LinkFor(StrEnum):
    """What a one-time link is for."""

    PASSWORD = "password"  # noqa: S105
    RECOVERY_KEY = "recovery-key"
    DESK = "desk"


class ConsentBy(StrEnum):
    """As what somebody agreed to a photograph."""

    PARENT = "parent"
    CARER = "carer"
    AUTHORITY = "authority"
    """A local authority that has parental responsibility."""
    THEMSELF = "themself"


@dataclass(frozen=True)
class Consent:
    """Who agreed to a photograph, as what, on which day, and to which day it holds, that day included."""

    given_by: str
    given_as: ConsentBy
    given_on: date
    until: date


@dataclass(frozen=True)
class Passport:
    """How a pupil says yes, no and “I want to stop”; each in a few words, or empty."""

    says_yes: str = ""
    says_no: str = ""
    says_stop: str = ""

    def __bool__(self) -> bool:
        return bool(self.says_yes or self.says_no or self.says_stop)
