"""A class's charter in hand: of two who change it at once, the second sees what the first did."""

from __future__ import annotations

from sqlalchemy import select

from kiosk.core.clock import now
from kiosk.core.database import db
from kiosk.core.schools import get_school
from kiosk.features.charters import queries
from kiosk.features.charters.models import Charter
from kiosk.features.charters.rules import Refusal
from kiosk.features.charters.types import State
from kiosk.features.people.models import SchoolClass


class NotOpenError(Exception):
    """The charter is not where this could be done; most often it has gone on meanwhile."""


class TooManyError(Exception):
    """There are as many already as a class can read."""


class NothingChosenError(Exception):
    """A vote without a dot."""


class AnsweredAlreadyError(Exception):
    """The teacher has answered this suggestion, so its words stay as they are."""


class UnknownRuleError(LookupError):
    """There is no such rule in this class's charter."""


class MoveRefusedError(Exception):
    """The charter cannot make this move now. `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def hold(school_class: SchoolClass) -> Charter:
    """The class's newest charter, ours alone until the transaction ends; its first one begins here."""
    # SQLite's writers are one at a time anyway. NO KEY UPDATE leaves sign-ins of the class free.
    db.session.execute(
        select(SchoolClass.id).where(SchoolClass.id == school_class.id).with_for_update(key_share=True)
    )
    charter = queries.find_newest(school_class.id)
    return charter or begin(school_class, 1, get_school().language)


def begin(school_class: SchoolClass, number: int, language: str) -> Charter:
    """A new charter of a class, collecting."""
    charter = Charter(
        class_id=school_class.id, number=number, language=language, state=State.COLLECTING.value, opened_at=now()
    )
    db.session.add(charter)
    db.session.flush()
    return charter
