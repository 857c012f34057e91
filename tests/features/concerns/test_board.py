"""The board of symbols: each has its word and its drawing, its place is for ever, and it is no menu."""

from __future__ import annotations

import pytest
from flask import Flask

from kiosk.features.concerns.board import BOARD, CODES, CONCEPTS, NEWEST, UNDERWEAR, board_of, concept_of, phrase_of
from kiosk.reading.lexicon import load_lexicon_of_tell

# What a child may need to say of being hurt. They are there to be found, never to be offered.
HARD = {
    "hurt",
    "tell-touch",
    "tell-hit",
    "tell-push",
    "tell-kiss",
    "tell-shout",
    "tell-pain",
    "tell-blood",
    "tell-cut",
    "tell-bruise",
    "secret",
    "tell-underwear",
    "private",
    "lock",
    "tell-dark",
}


def test_each_symbol_of_the_board_can_be_drawn() -> None:
    assert [one for one in sorted(CONCEPTS) if one not in load_lexicon_of_tell()] == []


def test_each_word_stands_once_and_has_its_phrase(app: Flask) -> None:
    board = board_of(NEWEST)
    words = [word for group in board.groups.values() for word in group]
    assert len(words) == len(set(words))
    phrases = app.extensions["kiosk content"].phrases
    assert [one for one in CODES if phrase_of(one) not in phrases] == []
    assert len({phrase_of(one) for one in CODES}) == len(CODES)
    assert [one for one in board.groups if f"tell.group.{one}" not in phrases] == []


@pytest.mark.parametrize("group", list(BOARD))
def test_what_is_approved_moves_no_word_of_the_ordinary_board(group: str) -> None:
    ordinary = BOARD[group]
    assert board_of(NEWEST).groups[group][: len(ordinary)] == ordinary


def test_plain_words_come_first_and_are_many_more() -> None:
    for words in board_of(NEWEST).groups.values():
        hard = [word for word in words if word in HARD]
        assert words[0] not in HARD or words[0] == "tell-pain"
        assert len(hard) * 3 <= len(words), words


def test_the_ordinary_board_holds_nothing_that_waits_for_approval() -> None:
    ordinary = board_of(0)
    assert not ordinary.places and not ordinary.not_shown
    assert [code for code in ordinary.codes if code.startswith("tell-")] == []


def test_the_proper_words_are_never_drawn() -> None:
    proper = board_of(NEWEST).under_it
    assert {concept_of(word) for word in proper} == {UNDERWEAR}
    assert not [word for word in proper if word in load_lexicon_of_tell()]
