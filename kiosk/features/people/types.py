"""Words that people are described with."""

from __future__ import annotations

from enum import StrEnum


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
