from __future__ import annotations

import pytest

from kiosk.content import markup


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pip stops. Pip asks.", ["Pip stops.", "Pip asks."]),
        ("A box pops up\nPip stops", ["A box pops up", "Pip stops"]),
        ("“Stop!” she says. “Why?”", ["“Stop!”", "she says.", "“Why?”"]),
        ("It costs 1.50 now.", ["It costs 1.50 now."]),
        ("Pip's finger goes up … and stops.", ["Pip's finger goes up … and stops."]),
        ("[Stop.](stop) Ask.", ["[Stop.](stop)", "Ask."]),
        ("Say [stop. go](signal) now. Ask.", ["Say [stop. go](signal) now.", "Ask."]),
        ("رکو۔ کیا؟ ہاں", ["رکو۔", "کیا؟", "ہاں"]),
        ("", []),
    ],
)
def test_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in markup.sentences(text)] == expected


def test_words_are_counted_without_markup_and_lone_dashes() -> None:
    assert markup.words("My [pass phrase](password) – is [mine]()!") == ("My", "pass", "phrase", "is", "mine!")
    assert markup.longest_sentence("One two. Three four five.\nSix") == 3


def test_plain_is_what_is_spoken() -> None:
    assert markup.plain("[Tell](tell)  a [grown-up]().\n\n Now.") == "Tell a grown-up.\nNow."


@pytest.mark.parametrize(
    "text", ["[tap](tap", "tap](tap)", "[a [b](c)](d)", "[](tap)", "[tap](../tap)", "[tap] (tap)"]
)
def test_markup_that_is_not_whole_is_a_mistake(text: str) -> None:
    assert markup.markup_mistake(text)


@pytest.mark.parametrize("text", ["[tap](tap)", "[tap]()", "A (small) box", "[two words](box)!"])
def test_whole_markup_is_fine(text: str) -> None:
    assert markup.markup_mistake(text) is None
