"""One verb: the school chooses how its symbols look."""

from __future__ import annotations

from kiosk.core import audit
from kiosk.core.database import db
from kiosk.core.schools import get_school
from kiosk.features.people.models import Staff
from kiosk.features.symbols.types import Choice

CHAIN = "school"


def choose(choice: Choice, *, staff: Staff) -> None:
    """Keep the choice for the whole school, and note who made it."""
    school = get_school()
    school.symbol_set, school.symbol_tone, school.symbol_words = choice.symbol_set, choice.tone, choice.words
    audit.record(CHAIN, "symbols-chosen", actor=staff.id)
    db.session.flush()
