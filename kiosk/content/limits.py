"""How long a sentence may be, by band and reading level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kiosk.content.vocabulary import BANDS, Level

LONGEST_AT_FULL = {"eyfs": 8, "ks1": 10, "lks2": 12, "uks2": 15, "ks3": 18}
# The interface is read by every band, with the sound beside it; the youngest get their own from the lessons.
LONGEST_IN_PHRASES = 12


class Limit(NamedTuple):
    """Past `aim` a sentence gets a warning, past `fails` an error."""

    aim: int
    fails: int
    about: str


def limits_of(level: Level, bands: Sequence[str] = ()) -> Limit:
    """The limit for texts of these bands, the youngest deciding; without bands, for the interface."""
    if level == "simple":
        return Limit(10, 15, "at simple level")
    if level == "symbols":
        return Limit(5, 8, "at symbols level")
    if not bands:
        return Limit(LONGEST_IN_PHRASES, LONGEST_IN_PHRASES, "in the interface")
    youngest = min(bands, key=BANDS.index)
    longest = LONGEST_AT_FULL[youngest]
    return Limit(longest, longest, f"for {youngest.upper()}")
