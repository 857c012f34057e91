"""Reads about charters, each in a fixed number of queries. Families and records ask the first four."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from kiosk.core import tenancy
from kiosk.core.database import db
from kiosk.core.identity import code_of
from kiosk.core.schools import get_school
from kiosk.features.charters.models import Charter, CharterRule, CharterSignature, Dot, Suggestion
from kiosk.features.charters.rules import is_settled
from kiosk.features.charters.types import (
    CharterView,
    FinishedCharter,
    RuleView,
    SignedBy,
    State,
    SuggestionState,
    Way,
)
from kiosk.features.people.models import Pupil
from kiosk.web.passages import Passage, passage_of_text


def charters_of(class_ids: Collection[str]) -> dict[str, CharterView]:
    """Where each of these classes is with its newest charter; two queries, however many there are."""
    voted = _how_many(func.count(Dot.pupil_id.distinct()), Dot)
    signed = _how_many(func.count(CharterSignature.id), CharterSignature)
    rows = db.session.execute(
        select(Charter, voted, signed)
        .where(Charter.class_id.in_(class_ids))
        .order_by(Charter.class_id, Charter.number)
    ).all()
    newest = {row[0].class_id: row for row in rows}
    rules = _rules_of([row[0].id for row in newest.values()])
    views = {
        class_id: _view(charter, rules, voted=votes, signed=signs)
        for class_id, (charter, votes, signs) in newest.items()
    }
    for class_id in class_ids:
        if class_id not in views:
            views[class_id] = CharterView(class_id, None, 1, State.COLLECTING, get_school().language)
    return views


def charter_of(class_id: str) -> CharterView:
    """Where a class is with its newest charter."""
    return charters_of([class_id])[class_id]


def find_finished_charter(class_id: str) -> FinishedCharter | None:
    """The charter that a class keeps to: the newest that is finished, also while another is being written."""
    charter = db.session.scalars(
        select(Charter)
        .where(Charter.class_id == class_id, Charter.state == State.FINISHED)
        .order_by(Charter.number.desc())
        .limit(1)
    ).first()
    return _finished([charter])[0] if charter else None


def finished_charters(class_id: str) -> list[FinishedCharter]:
    """Every finished charter of a class, the newest first."""
    return _finished(
        db.session.scalars(
            select(Charter)
            .where(Charter.class_id == class_id, Charter.state == State.FINISHED)
            .order_by(Charter.number.desc())
        ).all()
    )


def find_printable_charter(class_id: str) -> CharterView | None:
    """The charter whose poster can be printed: the newest, once it is settled, else the one before it."""
    charters = db.session.scalars(
        select(Charter).where(Charter.class_id == class_id).order_by(Charter.number.desc())
    ).all()
    charter = next((one for one in charters if is_settled(State(one.state))), None)
    return _view(charter, _rules_of([charter.id])) if charter else None


def find_newest(class_id: str) -> Charter | None:
    """The newest charter of a class as the database has it now."""
    return db.session.scalars(
        select(Charter)
        .where(Charter.class_id == class_id)
        .order_by(Charter.number.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    ).first()


def find_rule(charter_id: str, rule_id: str) -> CharterRule | None:
    """A rule of that charter."""
    rule = db.session.get(CharterRule, (tenancy.get_school_id(), rule_id))
    return rule if rule and rule.charter_id == charter_id else None


def rules_of(charter_id: str) -> Sequence[CharterRule]:
    """Every rule of a charter, in the order they were allowed."""
    return db.session.scalars(
        select(CharterRule).where(CharterRule.charter_id == charter_id).order_by(CharterRule.number)
    ).all()


def rules_by_id(rule_ids: Collection[str]) -> Sequence[CharterRule]:
    """Those rules that still exist."""
    return db.session.scalars(select(CharterRule).where(CharterRule.id.in_(rule_ids)).order_by(CharterRule.id)).all()


@dataclass(frozen=True)
class Suggested:
    """A suggestion and who made it; without a pupil it was the class together."""

    id: str
    plain: str
    text: str
    language: str
    way: Way
    idea: str | None
    state: SuggestionState
    at: datetime
    pupil: Pupil | None

    @property
    def passage(self) -> Passage:
        """The suggestion as the class would see it."""
        return passage_of_text(self.text, self.language)


def suggestions_to(charter_id: str) -> list[Suggested]:
    """Everything that was suggested for a charter, the oldest first."""
    rows = db.session.execute(
        select(Suggestion, Pupil)
        .outerjoin(Pupil, (Pupil.school_id == Suggestion.school_id) & (Pupil.id == Suggestion.pupil_id))
        .where(Suggestion.charter_id == charter_id)
        .order_by(Suggestion.at, Suggestion.id)
    )
    return [_suggested(suggestion, pupil) for suggestion, pupil in rows]


@dataclass(frozen=True)
class Gathered:
    """Suggestions that say the same and were answered alike; the first of them speaks for all."""

    suggestions: tuple[Suggested, ...]

    @property
    def first(self) -> Suggested:
        """The one that came first."""
        return self.suggestions[0]

    @property
    def ids(self) -> frozenset[str]:
        """All of them."""
        return frozenset(one.id for one in self.suggestions)

    @property
    def pupils(self) -> list[Pupil]:
        """The pupils who suggested it."""
        return [one.pupil for one in self.suggestions if one.pupil]


def gathered(suggestions: Collection[Suggested]) -> list[Gathered]:
    """The suggestions, each with those that say the same, in the order they came."""
    groups: dict[tuple[SuggestionState, str], list[Suggested]] = {}
    for one in suggestions:
        groups.setdefault((one.state, code_of(one.plain)), []).append(one)
    return [Gathered(tuple(group)) for group in groups.values()]


def find_suggestion(charter_id: str, suggestion_id: str) -> Suggestion | None:
    """A suggestion for that charter."""
    suggestion = db.session.get(Suggestion, (tenancy.get_school_id(), suggestion_id))
    return suggestion if suggestion and suggestion.charter_id == charter_id else None


def find_suggestion_by_client(charter_id: str, client_id: str) -> Suggestion | None:
    """The suggestion that a tablet sent under this id."""
    return db.session.scalars(
        select(Suggestion).where(Suggestion.charter_id == charter_id, Suggestion.client_id == client_id)
    ).first()


def suggestions_by(charter_id: str, pupil_id: str | None) -> Sequence[Suggestion]:
    """What a pupil suggested, or with None the class together, the newest first."""
    return db.session.scalars(
        select(Suggestion)
        .where(Suggestion.charter_id == charter_id, Suggestion.pupil_id == pupil_id)
        .order_by(Suggestion.at.desc(), Suggestion.id)
    ).all()


def dots_of(charter_id: str, pupil_id: str) -> frozenset[str]:
    """The rules on which a pupil put a dot."""
    dots = select(Dot.rule_id).where(Dot.charter_id == charter_id, Dot.pupil_id == pupil_id)
    return frozenset(db.session.scalars(dots))


def pupils_who_voted(charter_id: str) -> frozenset[str]:
    """The pupils who gave a dot."""
    return frozenset(db.session.scalars(select(Dot.pupil_id).where(Dot.charter_id == charter_id).distinct()))


def find_signature(charter_id: str, pupil_id: str) -> CharterSignature | None:
    """A pupil's signature under a charter."""
    return db.session.scalars(
        select(CharterSignature).where(
            CharterSignature.charter_id == charter_id, CharterSignature.pupil_id == pupil_id
        )
    ).first()


def signatures_under(charter_id: str) -> Sequence[tuple[CharterSignature, str]]:
    """Every signature under a charter with its signer's face card, in an order that tells nothing."""
    rows = db.session.execute(
        select(CharterSignature, Pupil.face)
        .join(Pupil, (Pupil.school_id == CharterSignature.school_id) & (Pupil.id == CharterSignature.pupil_id))
        .where(CharterSignature.charter_id == charter_id)
        .order_by(CharterSignature.id)
    )
    return [(signature, face) for signature, face in rows]


def pupils_who_signed(charter_id: str) -> dict[str, SignedBy]:
    """The pupils who signed, and how."""
    rows = db.session.execute(
        select(CharterSignature.pupil_id, CharterSignature.way).where(CharterSignature.charter_id == charter_id)
    )
    return {pupil_id: SignedBy(way) for pupil_id, way in rows}


def _how_many(count: ColumnElement[int], of: type[Dot | CharterSignature]) -> ScalarSelect[int]:
    return (
        select(count)
        .where(of.school_id == Charter.school_id, of.charter_id == Charter.id)
        .correlate(Charter)
        .scalar_subquery()
    )


def _rules_of(charter_ids: Collection[str]) -> dict[str, list[RuleView]]:
    dots = (Dot.school_id == CharterRule.school_id) & (Dot.rule_id == CharterRule.id)
    rows = db.session.execute(
        select(CharterRule, func.count(Dot.id))
        .outerjoin(Dot, dots)
        .where(CharterRule.charter_id.in_(charter_ids))
        .group_by(CharterRule.school_id, CharterRule.id)
        .order_by(CharterRule.number)
    )
    rules: dict[str, list[RuleView]] = {charter_id: [] for charter_id in charter_ids}
    for rule, count in rows:
        rules[rule.charter_id].append(
            RuleView(rule.id, rule.text, rule.plain, rule.language, rule.idea, rule.place, count)
        )
    return rules


def _view(charter: Charter, rules: dict[str, list[RuleView]], **counts: int) -> CharterView:
    return CharterView(
        charter.class_id, charter.id, charter.number, State(charter.state), charter.language,
        tuple(rules[charter.id]), **counts,
    )  # fmt: skip


def _finished(charters: Sequence[Charter]) -> list[FinishedCharter]:
    rules = _rules_of([charter.id for charter in charters])
    return [
        FinishedCharter(one.number, _view(one, rules).settled_rules, one.finished_at)
        for one in charters
        if one.finished_at
    ]


def _suggested(one: Suggestion, pupil: Pupil | None) -> Suggested:
    return Suggested(
        one.id, one.plain, one.text, one.language, Way(one.way), one.idea, SuggestionState(one.state), one.at, pupil
    )
