"""The way of a charter, and what a signature may be: truth tables."""

from __future__ import annotations

import itertools
import json

import pytest

from kiosk.features.charters.rules import (
    NEXT,
    Facts,
    Refusal,
    is_settled,
    may_choose_symbols,
    may_sign,
    may_suggest,
    may_vote,
    refusal_of,
    signing_of,
    strokes_of,
)
from kiosk.features.charters.types import Move, SignedBy, State

WAY = {
    State.COLLECTING: {Move.OPEN_VOTING: State.VOTING},
    State.VOTING: {Move.COLLECT_MORE: State.COLLECTING, Move.CLOSE_VOTING: State.COUNTED},
    State.COUNTED: {Move.VOTE_AGAIN: State.VOTING, Move.SETTLE: State.SETTLED},
    State.SETTLED: {Move.CHOOSE_AGAIN: State.COUNTED, Move.OPEN_SIGNING: State.SIGNING},
    State.SIGNING: {Move.FINISH: State.FINISHED},
    State.FINISHED: {Move.CHANGE_AGAIN: State.COLLECTING},
}
ENOUGH = Facts(rules=5, voted=0, chosen=4)


@pytest.mark.parametrize(("state", "move"), list(itertools.product(State, Move)), ids=str)
def test_each_move_is_made_in_its_own_state_and_in_no_other(state: State, move: Move) -> None:
    expected = WAY[state].get(move)
    assert NEXT.get((state, move)) == expected
    assert refusal_of(state, move, ENOUGH) == (None if expected else Refusal.NOT_IN_THIS_STATE)


@pytest.mark.parametrize(
    ("state", "move", "facts", "refusal"),
    [
        (State.COLLECTING, Move.OPEN_VOTING, Facts(rules=2), Refusal.TOO_FEW_RULES),
        (State.COLLECTING, Move.OPEN_VOTING, Facts(rules=3), None),
        (State.VOTING, Move.COLLECT_MORE, Facts(voted=1), Refusal.DOTS_ARE_GIVEN),
        (State.VOTING, Move.COLLECT_MORE, Facts(voted=0), None),
        (State.VOTING, Move.CLOSE_VOTING, Facts(voted=0), None),
        (State.COUNTED, Move.SETTLE, Facts(chosen=0), Refusal.TOO_FEW_CHOSEN),
        (State.COUNTED, Move.SETTLE, Facts(chosen=2), Refusal.TOO_FEW_CHOSEN),
        (State.COUNTED, Move.SETTLE, Facts(chosen=3), None),
        (State.COUNTED, Move.SETTLE, Facts(chosen=8), None),
        (State.COUNTED, Move.SETTLE, Facts(chosen=9), Refusal.TOO_MANY_CHOSEN),
    ],
)
def test_some_moves_need_more_than_their_state(
    state: State, move: Move, facts: Facts, refusal: Refusal | None
) -> None:
    assert refusal_of(state, move, facts) is refusal


@pytest.mark.parametrize(
    ("state", "suggest", "vote", "sign", "symbols", "printed"),
    [
        (State.COLLECTING, True, False, False, True, False),
        (State.VOTING, False, True, False, True, False),
        (State.COUNTED, False, False, False, True, False),
        (State.SETTLED, False, False, False, True, True),
        (State.SIGNING, False, False, True, False, True),
        (State.FINISHED, False, False, True, False, True),
    ],
)
def test_what_may_be_done_in_each_state(
    state: State, suggest: bool, vote: bool, sign: bool, symbols: bool, printed: bool
) -> None:
    assert (may_suggest(state), may_vote(state), may_sign(state)) == (suggest, vote, sign)
    assert (may_choose_symbols(state), is_settled(state)) == (symbols, printed)


LINE = [[0, 0, 0], [100, 50, 16]]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ([LINE], [[[0, 0], [100, 50]]]),
        ([LINE, [[5, 5, 90]]], [[[0, 0], [100, 50]], [[5, 5]]]),
        ([[[1000, 400], [0.5, 0]]], [[[1000, 400], [0.5, 0]]]),
        ([], None),
        ([[]], None),
        ([[[500, 200, 0]]], None),
        ([[[0, 0], [10, 10]]], None),
        ([[[0, 0], [1001, 50]]], None),
        ([[[0, 0], [100, 401]]], None),
        ([[[0, 0], [-1, 50]]], None),
        ([[["0", 0], [100, 50]]], None),
        ([[[True, False], [100, 50]]], None),
        ([[[0], [100, 50]]], None),
        ([[[0, 0, 0, 0], [100, 50]]], None),
        ({"strokes": [LINE]}, None),
        ([LINE] * 201, None),
        ([[[n % 1000, n % 400] for n in range(3001)]], None),
        ("draw", None),
        (None, None),
    ],
)
def test_strokes_are_kept_without_their_times_or_not_at_all(sent: object, kept: object) -> None:
    assert strokes_of(json.dumps(sent)) == kept


@pytest.mark.parametrize("sent", ["", "[[[0, 0], [NaN, 1]]]", "[[[0,0],[Infinity,1]]]", "[" * 100_000, "[[[0, 0],"])
def test_what_is_no_drawing_is_refused(sent: str) -> None:
    assert strokes_of(sent) is None


@pytest.mark.parametrize(
    ("way", "strokes", "name", "symbol", "by"),
    [
        ("draw", json.dumps([LINE]), "", "", SignedBy.DRAWING),
        ("draw", "", "Amina", "star", None),
        ("name", "", " Amina ", "", SignedBy.NAME),
        ("name", "", "   ", "", None),
        ("name", "", "A" * 61, "", None),
        ("symbol", "", "", "star", SignedBy.SYMBOL),
        ("symbol", "", "", "tell", None),
        ("stamp", json.dumps([LINE]), "Amina", "star", None),
        ("", "", "", "", None),
    ],
)
def test_a_signature_is_what_its_way_says(
    way: str, strokes: str, name: str, symbol: str, by: SignedBy | None
) -> None:
    signing = signing_of(way, strokes, name, symbol, symbols=("star", "face-fox"))
    assert (signing.by if signing else None) is by
    if signing:
        parts = (signing.strokes, signing.typed_name, signing.symbol)
        assert sum(part is not None for part in parts) == 1
