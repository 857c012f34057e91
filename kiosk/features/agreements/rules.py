"""Rules about agreements, without a database or a request."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from kiosk.content.types import Agreement
from kiosk.features.agreements.types import Mark, Stage

PUPILS = "pupils"


def agreement_for(band: str, agreements: Iterable[Agreement]) -> Agreement | None:
    """The pupils' agreement of a band; of several, the one for the fewest bands."""
    fitting = [one for one in agreements if one.audience == PUPILS and band in one.bands]
    return min(fitting, key=lambda one: (len(one.bands), one.id), default=None)


def first_unmarked(rule_ids: Sequence[str], marked: Collection[str]) -> int | None:
    """The number (from 1) of the first rule that nothing has been said of; None when there is none left."""
    return next((number for number, rule_id in enumerate(rule_ids, 1) if rule_id not in marked), None)


def stage_of(rule_ids: Sequence[str], marked: Collection[str], *, is_signed: bool) -> Stage:
    """How far somebody has come; asking about a rule never holds them up."""
    if is_signed:
        return Stage.SIGNED
    if first_unmarked(rule_ids, marked) is None:
        return Stage.READY
    return Stage.ON_THE_WAY if set(marked) & set(rule_ids) else Stage.START


def is_open_question(mark: Mark, talked_at: datetime | None) -> bool:
    """Whether somebody waits to be talked with about a rule."""
    return mark is Mark.ASK and talked_at is None


def stays_talked_about(mark: Mark) -> bool:
    """Whether an earlier talk still answers a rule marked anew: asking again asks to be talked with again."""
    return mark is not Mark.ASK
