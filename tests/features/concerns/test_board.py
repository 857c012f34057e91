"""The board of symbols: each has its word and its drawing."""

from __future__ import annotations

import pytest
from flask import Flask

from kiosk.features.concerns.board import BOARD, CONCEPTS, phrase_of
from kiosk.reading.lexicon import load_lexicon


@pytest.mark.parametrize("concept", sorted(CONCEPTS))
def test_each_symbol_of_the_board_is_in_the_lexicon(concept: str) -> None:
    assert concept in load_lexicon()


def test_each_symbol_stands_once_and_has_its_phrase(app: Flask) -> None:
    shown = [concept for group in BOARD.values() for concept in group]
    assert len(shown) == len(set(shown))
    phrases = app.extensions["kiosk content"].phrases
    assert [one for one in shown if phrase_of(one) not in phrases] == []
    assert [one for one in BOARD if f"tell.group.{one}" not in phrases] == []
