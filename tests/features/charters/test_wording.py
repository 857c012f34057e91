"""What the words of a rule may be."""

from __future__ import annotations

import pytest

from kiosk.features.charters.types import Warned
from kiosk.features.charters.wording import (
    find_concept,
    is_alike,
    joined,
    language_of,
    problem_of,
    runs_right_to_left,
    symbol_name,
    tidy,
    tokens_of,
    warnings_of,
    with_symbols,
)
from kiosk.reading.lexicon import load_lexicon
from kiosk.reading.text import plain

URDU = "ہم پاس ورڈ نجی رکھتے ہیں۔"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("  We  are\r\n kind \t", "We are kind"),
        ("We a\x00sk\u202e first", "We ask first"),
        ("We [share](private) cake", "We (share)(private) cake"),
        ("We s\u0300\u0301\u0302\u0303\u0304top", "We s\u0300\u0301top"),
        ("cafe\u0301", "café"),
        ("\ud800We stop", "We stop"),
        (URDU, URDU),
        ("کر\u200cنا", "کر\u200cنا"),
    ],
)
def test_a_text_is_tidied_to_one_plain_line(sent: str, kept: str) -> None:
    assert tidy(sent) == kept


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        ("We stop.", None),
        ("a" * 120, None),
        ("a" * 121, "long"),
        ("😀" * 120, "signs"),
        ("😀" * 5000, "signs"),
        ("We 😀😀😀😀", "signs"),
        ("We are kind 😀", None),
        ("!?!?", "signs"),
        ("7", "signs"),
        (URDU, None),
        ("আমরা থামি", None),
    ],
)
def test_a_rule_is_short_and_in_words(text: str, problem: str | None) -> None:
    assert problem_of(text) == problem


@pytest.mark.parametrize(
    ("text", "own", "language", "is_rtl"),
    [
        ("We stop.", "en", "en", False),
        ("Prosimy o pomoc", "pl", "pl", False),
        (URDU, "en", "ur", True),
        ("“" + URDU, "pl", "ur", True),
        ("We say سلام", "en", "en", False),
        ("We stop.", "ur", "en", False),
        ("שלום", "en", "en", True),
        ("123", "pl", "pl", False),
    ],
)
def test_a_rule_is_read_in_the_language_that_its_letters_tell(
    text: str, own: str, language: str, is_rtl: bool
) -> None:
    assert (language_of(text, own), runs_right_to_left(text)) == (language, is_rtl)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We ask a grown-up.", []),
        ("We dont laugh at Ben.", [(Warned.NAME, "Ben")]),
        ("we share BEN'S toys", [(Warned.NAME, "BEN")]),
        ("We bend the stick.", []),
        ("We help Zoe and Ben", [(Warned.NAME, "Ben"), (Warned.NAME, "Zoe")]),
        ("We wait for Mary", [(Warned.NAME, "Mary")]),
        ("Only kindgames.com", [(Warned.ADDRESS, "kindgames.com")]),
        ("We look at https://a.example", [(Warned.ADDRESS, "https://a.example")]),
        ("We write to a@b.example", [(Warned.ADDRESS, "a@b.example")]),
        ("We stop.Then we think", []),
        ("Or you are forbidden to play", [(Warned.TONE, "forbidden")]),
    ],
)
def test_a_teacher_is_warned_of_names_addresses_and_threats(text: str, found: list[tuple[Warned, str]]) -> None:
    assert warnings_of(text, ["Ben", "Zoë", "Mary Jane", "Ben"]) == found


def test_rules_are_alike_when_only_their_writing_differs() -> None:
    assert is_alike("We are kind.", "we are  KIND!")
    assert not is_alike("We are kind.", "We are not kind.")


@pytest.mark.parametrize(
    ("what", "when", "sentence"),
    [
        ("We are kind", "when we play a game", "We are kind when we play a game."),
        ("We stop and think", "", "We stop and think."),
        ("Pytamy dorosłych", ", gdy coś wyskoczy", "Pytamy dorosłych, gdy coś wyskoczy."),
        ("ہم پوچھتے ہیں", "", "ہم پوچھتے ہیں۔"),
    ],
)
def test_two_parts_of_the_board_are_one_sentence(what: str, when: str, sentence: str) -> None:
    assert joined(what, when) == sentence


def test_a_teacher_finds_a_symbol_by_its_word_or_its_id() -> None:
    lexicon = load_lexicon()
    assert find_concept("grown-up", "en", lexicon) == find_concept("adult", "en", lexicon) == "adult"
    assert find_concept("stop-and-think", "en", lexicon) == "stop-and-think"
    assert find_concept("banjo", "en", lexicon) is None
    assert find_concept(symbol_name("password", "ur", lexicon), "ur", lexicon) == "password"


def test_choosing_what_the_lexicon_finds_leaves_the_words_unmarked() -> None:
    lexicon = load_lexicon()
    text = "We keep our passwords private."
    found = [token.concept for token in tokens_of(text, "en", lexicon)]
    assert with_symbols(text, found, "en", lexicon) == text


def test_a_chosen_symbol_stands_and_a_word_without_one_stays_without() -> None:
    lexicon = load_lexicon()
    text = "We keep our passwords private."
    marked = with_symbols(text, [None, None, None, "lock", "private"], "en", lexicon)
    assert plain(marked) == text
    assert [token.concept for token in tokens_of(marked, "en", lexicon)] == [None, None, None, "lock", "private"]
    # And back again.
    found = [token.concept for token in tokens_of(text, "en", lexicon)]
    assert with_symbols(marked, found, "en", lexicon) == text
