"""What a reader says to the words that a child can tell with: added, and never changed."""

from __future__ import annotations

from kiosk.core import audit
from kiosk.core.clock import now
from kiosk.core.database import db
from kiosk.features.concerns import queries
from kiosk.features.concerns.models import VocabularyDecision
from kiosk.features.concerns.types import CHAIN, VocabularyAnswer
from kiosk.features.people.models import Staff


def decide_on_vocabulary(staff: Staff, answer: VocabularyAnswer, edition: int) -> VocabularyDecision:
    """Keep what a reader says to the words up to that edition."""
    # The chain's lock first, so that two who answer at once get two numbers.
    audit.record(CHAIN, f"vocabulary-{answer.value}", actor=staff.id, subject=str(edition))
    decision = VocabularyDecision(
        number=queries.next_vocabulary_number(), staff_id=staff.id, edition=edition, answer=answer.value, at=now()
    )
    db.session.add(decision)
    db.session.flush()
    return decision
