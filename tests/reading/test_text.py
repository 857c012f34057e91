"""How a text is cut into sentences and words, and which words get a symbol."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.reading.lexicon import load_lexicon
from kiosk.reading.text import Sentence, Token, named_concepts, plain, read


def pairs(text: str, language: str = "en", most: int = 5) -> list[tuple[str, str | None]]:
    """Every token of the text as its words and its concept."""
    sentences = read(text, language, load_lexicon(), most=most)
    return [(token.text, token.concept) for sentence in sentences for token in sentence.tokens]


def symbols(text: str, language: str = "en", most: int = 5) -> dict[str, str]:
    """The words of the text that have a symbol."""
    return {words: concept for words, concept in pairs(text, language, most) if concept}


def test_words_that_a_person_listed_get_their_symbol_and_keep_their_punctuation() -> None:
    assert pairs("A friend asks for your “password”.") == [
        ("A", None),
        ("friend", "friend"),
        ("asks", "ask"),
        ("for", None),
        ("your", None),
        ("“password”.", "password"),
    ]


def test_the_longest_phrase_wins_whatever_its_case() -> None:
    assert symbols("Tell A Trusted Grown-up!") == {"Tell": "tell", "Trusted Grown-up!": "trusted-adult"}
    assert symbols("Buy now") == {"Buy now": "buy"}


def test_a_phrase_is_one_token_that_counts_its_words() -> None:
    (sentence,) = read("Tell a trusted adult now.", "en", load_lexicon())
    assert sentence.tokens[2] == Token("trusted adult", "trusted-adult", 2)
    assert (sentence.tokens[2].first, sentence.tokens[2].last) == (2, 3)
    assert sentence.tokens[3].index == 4


def test_a_phrase_does_not_reach_over_punctuation_or_a_new_line() -> None:
    assert symbols("Can you be trusted, adult?") == {"you": "you", "trusted,": "trust", "adult?": "adult"}
    assert symbols("trusted\nadult") == {"trusted": "trust", "adult": "adult"}


def test_a_part_of_a_word_is_no_word() -> None:
    assert symbols("Goodness, a gamekeeper and his keystone") == {}


@pytest.mark.parametrize(
    "sentence",
    ["I don't tell.", "I don’t tell.", "I do not tell.", "I never tell.", "I can’t tell.", "Nobody can tell."],
)
def test_a_negation_shows_the_not_sign_beside_what_it_denies(sentence: str) -> None:
    concepts = list(symbols(sentence).values())
    assert "not" in concepts
    assert "tell" in concepts


def test_a_negation_keeps_its_sign_when_there_is_no_room_for_more() -> None:
    text = "My friend plays a game on a tablet and does not share a password."
    assert symbols(text, most=3) == {"friend": "friend", "plays": "play", "not": "not"}


@pytest.mark.parametrize("language", ["pl", "ur"])
def test_a_negation_shows_in_every_language(language: str) -> None:
    text = {"pl": "Nie podaję hasła.", "ur": "پاس ورڈ مت بتاؤ۔"}[language]
    assert "not" in symbols(text, language).values()


def test_no_sentence_has_more_symbols_than_asked_and_the_first_in_reading_order_stay() -> None:
    text = "My friend plays a game on a tablet with a password."
    assert symbols(text, most=2) == {"friend": "friend", "plays": "play"}
    assert len(symbols(text)) == 5


def test_markup_always_counts_and_comes_before_what_was_found() -> None:
    text = "My friend plays a [game](video) on a [tablet](phone)."
    assert symbols(text, most=2) == {"game": "video", "tablet.": "phone"}


def test_markup_puts_a_symbol_above_exactly_those_words() -> None:
    assert pairs("[Blue Fox](player) plays") == [("Blue Fox", "player"), ("plays", "play")]
    assert pairs("“[Tap](tap)”, it says") == [("“Tap”,", "tap"), ("it", None), ("says", "say")]


def test_empty_markup_forbids_a_symbol_and_stops_a_phrase() -> None:
    assert pairs("a [trusted]() adult") == [("a", None), ("trusted", None), ("adult", "adult")]
    assert pairs("[a game]()") == [("a", None), ("game", None)]


def test_markup_that_names_no_concept_leaves_the_words_and_can_be_found() -> None:
    assert pairs("[game](gmae) on") == [("game", None), ("on", None)]
    assert named_concepts("[game](gmae) and [a]() [b](tap)") == ("gmae", "tap")


def test_what_only_looks_like_markup_stays_as_it_is_written() -> None:
    assert plain("[not] (this) [](tap) [ ](tap) a[1]") == "[not] (this) [](tap) [ ](tap) a[1]"


def test_a_possessive_is_still_its_word() -> None:
    assert symbols("my friend’s game, Gran's tablet") == {
        "friend’s": "friend",
        "game,": "game",
        "Gran's": "gran",
        "tablet": "tablet",
    }
    assert symbols("my friends' games") == {"friends'": "friend", "games": "game"}


def test_phrases_that_mean_something_else_get_no_symbol() -> None:
    assert symbols("What kind of weather is it?") == {}
    assert symbols("It looks like school.") == {"school.": "school"}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Stop. Ask! Is it safe? Yes", ["Stop.", "Ask!", "Is it safe?", "Yes"]),
        ("“Tap me!” says the box.", ["“Tap me!”", "says the box."]),
        ("He said “Stop.” Then he left.", ["He said “Stop.”", "Then he left."]),
        ("One line\nanother line\n\n", ["One line", "another line"]),
        ("Version 2.5 is here", ["Version 2.5 is here"]),
        ("Up … and stops", ["Up … and stops"]),
        ("[Stop. Ask](ask) now.", ["Stop. Ask now."]),
        ("رکو۔ کیا یہ محفوظ ہے؟ پوچھو", ["رکو۔", "کیا یہ محفوظ ہے؟", "پوچھو"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_sentence_ends_at_a_stop_or_a_new_line(text: str, sentences: list[str]) -> None:
    assert [sentence.text for sentence in read(text, "en", load_lexicon())] == sentences


def test_polish_words_match_with_their_letters_and_endings() -> None:
    assert symbols("Powiedz zaufanemu dorosłemu o haśle.", "pl") == {
        "Powiedz": "tell",
        "zaufanemu dorosłemu": "trusted-adult",
        "haśle.": "password",
    }


def test_urdu_words_match_in_reading_order_with_either_keyboard() -> None:
    assert pairs("اپنا پاس ورڈ نجی رکھو۔", "ur") == [
        ("اپنا", None),
        ("پاس ورڈ", "password"),
        ("نجی", "private"),
        ("رکھو۔", "put"),
    ]
    assert "game" in symbols("گيم کھیلو", "ur").values()


def test_a_language_without_a_lexicon_shows_only_what_was_marked() -> None:
    assert symbols("Rhannu dy [gyfrinair](password)", "cy") == {"gyfrinair": "password"}


# Pieces that meet badly: half markup, quotes, line ends of other alphabets, marks that are not seen.
WORDS = (
    "friend",
    "trusted adult",
    "Don’t",
    "tell",
    "“Stop!”",
    "hasło",
    "پاس ورڈ",
    "ہے۔",
    "1.5",
    "grown-up",
    "é",
    "’s",
)
MARKS = ("[tap](tap)", "[a b](x)", "[no]()", "[", "](", ")", ".", "? ", "…", " ", "\n", "\t", "\u2028", "\u200f")
PIECES = st.sampled_from(WORDS + MARKS)
TEXTS = st.one_of(st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join), st.text(max_size=60))


@given(TEXTS, st.sampled_from(["en", "pl", "ur"]), st.integers(1, 6))
def test_the_words_of_a_reading_are_the_words_that_are_spoken(text: str, language: str, most: int) -> None:
    sentences = read(text, language, load_lexicon(), most=most)
    tokens = [token for sentence in sentences for token in sentence.tokens]
    words = [word for token in tokens for word in token.words]
    assert words == plain(text).split()
    assert [token.index for token in tokens] == [
        len([w for t in tokens[:n] for w in t.words]) for n in range(len(tokens))
    ]


@given(TEXTS, st.sampled_from(["en", "pl", "ur"]), st.integers(1, 6))
def test_no_sentence_breaks_the_limit_save_for_markup_and_negations(text: str, language: str, most: int) -> None:
    marked = len(named_concepts(text))
    for sentence in read(text, language, load_lexicon(), most=most):
        free = [token for token in sentence.tokens if token.concept not in {None, "not"}]
        assert len(free) <= max(most, marked)


@given(TEXTS)
def test_plain_text_is_already_plain_for_the_eye(text: str) -> None:
    assert plain(text) == "\n".join(" ".join(line.split()) for line in plain(text).splitlines())


def test_a_sentence_is_only_its_tokens() -> None:
    assert Sentence((Token("Stop,", "stop", 0), Token("now", None, 1))).text == "Stop, now"
