"""How a teacher takes a charter on, from one state to the next."""

from __future__ import annotations

from collections.abc import Collection

from kiosk.core import audit
from kiosk.core.clock import now
from kiosk.core.database import db
from kiosk.features.charters import queries
from kiosk.features.charters.holding import MoveRefusedError, UnknownRuleError, begin, hold
from kiosk.features.charters.models import Charter, CharterRule
from kiosk.features.charters.rules import NEXT, Facts, refusal_of
from kiosk.features.charters.types import Move, State
from kiosk.features.people.models import SchoolClass, Staff

CHAIN = "charters"


def move(school_class: SchoolClass, staff: Staff, how: Move, chosen: Collection[str] = ()) -> Charter:
    """Take the charter on by one move; raises MoveRefusedError. `chosen`: the rules to settle on, in their order."""
    charter = hold(school_class)
    listed = queries.rules_of(charter.id)
    order = {rule_id: place for place, rule_id in enumerate(dict.fromkeys(chosen), start=1)}
    if not {rule.id for rule in listed}.issuperset(order):
        raise UnknownRuleError
    voted = len(queries.pupils_who_voted(charter.id))
    refusal = refusal_of(State(charter.state), how, Facts(rules=len(listed), voted=voted, chosen=len(order)))
    if refusal is not None:
        raise MoveRefusedError(refusal)
    audit.record(CHAIN, how.value, actor=staff.id, subject=charter.id)
    if how is Move.CHANGE_AGAIN:
        return _begin_again(school_class, charter, listed)
    charter.state = NEXT[State(charter.state), how].value
    _note_time(charter, how)
    if how in {Move.SETTLE, Move.CHOOSE_AGAIN}:
        for rule in listed:
            rule.place = order.get(rule.id)
    db.session.flush()
    return charter


def _note_time(charter: Charter, how: Move) -> None:
    match how:
        case Move.OPEN_VOTING | Move.VOTE_AGAIN:
            charter.voting_opened_at, charter.voting_closed_at = charter.voting_opened_at or now(), None
        case Move.CLOSE_VOTING:
            charter.voting_closed_at = now()
        case Move.OPEN_SIGNING:
            charter.signing_opened_at = now()
        case Move.FINISH:
            charter.finished_at = now()


def _begin_again(school_class: SchoolClass, before: Charter, rules: Collection[CharterRule]) -> Charter:
    charter = begin(school_class, before.number + 1, before.language)
    settled = sorted((rule for rule in rules if rule.place), key=lambda rule: rule.place or 0)
    db.session.add_all(
        CharterRule(
            charter_id=charter.id, number=number, text=rule.text, plain=rule.plain, language=rule.language,
            idea=rule.idea,
        )
        for number, rule in enumerate(settled, start=1)
    )  # fmt: skip
    db.session.flush()
    return charter
