"""Rules about charters, without a database or a request: the state machine, and what a signature may be."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import dist
from types import MappingProxyType

from kiosk.features.charters.types import FEWEST_RULES, MOST_RULES, Move, SignedBy, State

NEXT: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        (State.COLLECTING, Move.OPEN_VOTING): State.VOTING,
        (State.VOTING, Move.COLLECT_MORE): State.COLLECTING,
        (State.VOTING, Move.CLOSE_VOTING): State.COUNTED,
        (State.COUNTED, Move.VOTE_AGAIN): State.VOTING,
        (State.COUNTED, Move.SETTLE): State.SETTLED,
        (State.SETTLED, Move.CHOOSE_AGAIN): State.COUNTED,
        (State.SETTLED, Move.OPEN_SIGNING): State.SIGNING,
        (State.SIGNING, Move.FINISH): State.FINISHED,
        (State.FINISHED, Move.CHANGE_AGAIN): State.COLLECTING,
    }
)


class Refusal(StrEnum):
    """Why a move is not made."""

    NOT_IN_THIS_STATE = "not-in-this-state"
    """Most often because a colleague has made it already."""
    TOO_FEW_RULES = "too-few-rules"
    DOTS_ARE_GIVEN = "dots-are-given"
    TOO_FEW_CHOSEN = "too-few-chosen"
    TOO_MANY_CHOSEN = "too-many-chosen"


@dataclass(frozen=True)
class Facts:
    """What a move depends on besides the state."""

    rules: int = 0
    """Allowed by the teacher."""
    voted: int = 0
    """Pupils who gave a dot."""
    chosen: int = 0
    """Rules that the teacher settles on."""


def refusal_of(state: State, move: Move, facts: Facts) -> Refusal | None:
    """Why this move cannot be made now, or None where it can."""
    if (state, move) not in NEXT:
        return Refusal.NOT_IN_THIS_STATE
    match move:
        case Move.OPEN_VOTING if facts.rules < FEWEST_RULES:
            return Refusal.TOO_FEW_RULES
        case Move.COLLECT_MORE if facts.voted:
            # More rules would take dots that were given without knowing of them.
            return Refusal.DOTS_ARE_GIVEN
        case Move.SETTLE if facts.chosen < FEWEST_RULES:
            return Refusal.TOO_FEW_CHOSEN
        case Move.SETTLE if facts.chosen > MOST_RULES:
            return Refusal.TOO_MANY_CHOSEN
        case _:
            return None


def may_suggest(state: State) -> bool:
    """Whether pupils may suggest rules, and the teacher allow, add, reword and remove them."""
    return state is State.COLLECTING


def may_vote(state: State) -> bool:
    """Whether pupils may give their dots or give them otherwise."""
    return state is State.VOTING


def may_sign(state: State) -> bool:
    """Whether a pupil who has not signed may; one who was away signs a finished charter too."""
    return state in {State.SIGNING, State.FINISHED}


def may_choose_symbols(state: State) -> bool:
    """Whether a rule may get other symbols; what is being signed stays as it is."""
    return state not in {State.SIGNING, State.FINISHED}


def is_settled(state: State) -> bool:
    """Whether the rules are settled, so that there is something to print."""
    return state in {State.SETTLED, State.SIGNING, State.FINISHED}


MOST_STROKES, MOST_POINTS = 200, 3000
WIDE, HIGH = 1000, 400
SHORTEST = 40
Point = list[float]


def strokes_of(text: str) -> list[list[Point]] | None:
    """The strokes that a page sent as JSON, without their times, or None where it is no drawing.

    In: [[[x, y, ms], …], …]; out: [[[x, y], …], …], x from 0 to 1000, y from 0 to 400.
    """
    try:
        given = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    if not isinstance(given, list) or not 0 < len(given) <= MOST_STROKES:
        return None
    if not all(isinstance(stroke, list) and stroke for stroke in given):
        return None
    if sum(map(len, given)) > MOST_POINTS or not all(_is_point(point) for stroke in given for point in stroke):
        return None
    strokes = [[[point[0], point[1]] for point in stroke] for stroke in given]
    # A slip of the finger is no signature.
    return strokes if sum(map(_length, strokes)) >= SHORTEST else None


def _length(stroke: list[Point]) -> float:
    return sum(dist(here, there) for here, there in pairwise(stroke))


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no coordinate")


def _is_point(point: object) -> bool:
    if not isinstance(point, list) or not 2 <= len(point) <= 3:
        return False
    if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in point):
        return False
    return bool(0 <= point[0] <= WIDE and 0 <= point[1] <= HIGH)


@dataclass(frozen=True)
class Signing:
    """How somebody signs: exactly one of the three is there."""

    by: SignedBy
    strokes: list[list[Point]] | None = None
    typed_name: str | None = None
    symbol: str | None = None


def signing_of(way: str, strokes: str, typed_name: str, symbol: str, symbols: Collection[str]) -> Signing | None:
    """The signature in what a page sent, or None where nothing was drawn, typed or chosen."""
    match way:
        case SignedBy.DRAWING:
            drawn = strokes_of(strokes)
            return Signing(SignedBy.DRAWING, strokes=drawn) if drawn else None
        case SignedBy.NAME:
            name = typed_name.strip()
            return Signing(SignedBy.NAME, typed_name=name) if 0 < len(name) <= 60 else None
        case SignedBy.SYMBOL:
            return Signing(SignedBy.SYMBOL, symbol=symbol) if symbol in symbols else None
        case _:
            return None
