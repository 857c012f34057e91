"""Each thing that the check finds in a lesson which is whole but not well written."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.content.checking import check
from kiosk.content.types import Content, Problem
from kiosk.content.wording import hard_words
from tests.content.helpers import AGREEMENT, LESSON, PHRASES, SmallLexicon, edited, line_of, loaded


def found(content: Content) -> list[Problem]:
    assert content.problems == (), "the schema already refused it"
    return list(check(content, SmallLexicon()))


def test_the_fixtures_are_well_written() -> None:
    assert found(loaded()) == []


WORDS = "one two three four five six seven eight nine ten"
SHARED = "Talk about a time you shared."
SYMBOLS = '"Talk about [share](share)."'


@pytest.mark.parametrize(
    ("old", "new", "severity", "what"),
    [
        (SHARED, f"{WORDS} eleven.", "error", "11 words, more than 10 for KS1"),
        ("simple: Talk about sharing.", f"simple: {WORDS} eleven.", "warning", "11 words, more than 10 at simple"),
        ("simple: Talk about sharing.", f"simple: {WORDS} {WORDS}.", "error", "20 words, more than 15 at simple"),
        (SYMBOLS, '"One two three four [share](share) six."', "warning", "6 words, more than 5"),
        (SYMBOLS, '"One two three four five six seven eight [share](share)."', "error", "9 words, more than 8"),
        (SYMBOLS, "Talk about it.", "error", "No word of “Talk about it.” has a symbol"),
        (SYMBOLS, '"[a](me) [b](me) [c](me) [d](me) [e](me) [f](me)."', "error", "has 6 symbols, more than 5"),
        (SHARED, '"Talk about [sharing](sherbet)."', "error", "“sherbet” is not a concept"),
        (SHARED, '"Talk about [sharing](tell-touch)."', "error", "“tell-touch” belongs to tell a trusted adult alone"),
        (SHARED, '"Talk about [sharing](share."', "error", "square bracket"),
        (SHARED, "Talk about <b>sharing</b>.", "error", "“<b>” is HTML"),
        (SHARED, "Salt &amp; pepper.", "error", "“&amp;” is HTML"),
        (SHARED, '"Talk with {name}."', "error", "gap such as {name}"),
        (SHARED, '"Talk with %(name)s."', "error", "gap such as %(name)s"),
        (SHARED, "Keep your secret password.", "error", "“secret password”"),
        (SHARED, "Talk with your mum and dad.", "warning", "“mum and dad”"),
        (SHARED, "Talk about an anonymous post.", "warning", "“anonymous” is a hard word for KS1"),
        (SHARED, '"…"', "error", "no word in this text"),
        ("We ask before we share.", "We must not share.", "error", "“must not”"),
        ("It is not your fault.", "It was your fault.", "error", "“It was your fault”"),
        ("Then Gran shows it to all.", "That is wrong.", "error", "“That is wrong”"),
        ("Then Gran shows it to all.", "It feels wrong.", "warning", "“wrong”"),
        ("symbol: share\ntitle", "symbol: sherbet\ntitle", "error", "“sherbet” is not a concept"),
        ("picture: [friend, drawing]", "picture: [friend, dragon]", "error", "“dragon” is not a concept"),
        ("  have_near: The", "  have_near: <i>The</i>", "error", "HTML in the notes"),
        ("  word: share", "  word: sherbet", "warning", "said 0 times"),
        ("Mina laughed. She wanted", "Mina and", "", ""),
        ("Ravi drew a dragon with nine legs.\n        Mina laughed. She", "Mina", "warning", "has 1 sentences"),
    ],
)  # fmt: skip
def test_a_finding(tmp_path: Path, old: str, new: str, severity: str, what: str) -> None:
    problems = found(edited(tmp_path, old, new))
    if not what:
        assert problems == []
        return
    assert any(what in problem.what and problem.severity == severity for problem in problems), problems
    assert all(problem.file == tmp_path / LESSON and problem.line > 1 for problem in problems)
    assert all(problem.what.endswith(".") for problem in problems), problems
    assert all(problem.write_instead.endswith(".") for problem in problems)


def test_a_long_sentence_is_found_on_its_own_line(tmp_path: Path) -> None:
    long = f"{WORDS} eleven."
    [problem] = found(edited(tmp_path, "Mina laughed. She wanted Gran to see it.", f"Mina laughed. {long}"))
    assert problem.line == line_of("Mina laughed.")
    assert problem.column == 9


def test_four_answers_are_too_many_for_the_youngest(tmp_path: Path) -> None:
    option = (
        "    - id: {id}\n      symbol: me\n      text: {{full: A., simple: A., symbols: '[A](me)'}}\n"
        "      right: false\n      feedback: {{full: A., simple: A., symbols: '[A](me)'}}\n"
    )
    more = "".join(option.format(id=name) for name in ("three", "four"))
    content = edited(tmp_path, "if_it_happened:\n", f"{more}if_it_happened:\n")
    [problem] = found(content)
    assert "There are 4 answers, more than 3 for KS1." in problem.what


def test_an_agreement_for_the_youngest_has_five_rules_at_most(tmp_path: Path) -> None:
    rule = (
        "  - {{id: r{n}, symbol: me, covers: [R2], text: {{full: A., simple: A., symbols: '[A](me)'}}, "
        "because: {{full: A., simple: A., symbols: '[A](me)'}}}}\n"
    )
    rules = "".join(rule.format(n=n) for n in range(4))
    assert found(edited(tmp_path / "a", "closing:\n", f"{rules}closing:\n", AGREEMENT)) == []
    younger = (tmp_path / "a" / AGREEMENT).read_text("utf-8").replace("[lks2, uks2]", "[ks1]")
    (tmp_path / "a" / AGREEMENT).write_text(younger, "utf-8")
    said = [problem.what for problem in found(loaded(tmp_path / "a"))]
    assert "There are 6 rules, more than 5 for EYFS or KS1." in said
    # With KS1 among its bands, a sentence is as long as KS1 reads.
    assert not any("KS2" in what for what in said)


def test_words_that_threaten_are_found_in_rules_only(tmp_path: Path) -> None:
    rule = found(edited(tmp_path / "a", "I am kind when I type.", "I will be banned.", AGREEMENT))
    assert "“banned”" in rule[0].what
    story = found(edited(tmp_path / "b", "Mina laughed.", "Dogs were banned.", LESSON))
    assert story == []


def test_nobody_promises_to_keep_a_secret_but_may_say_that_they_cannot(tmp_path: Path) -> None:
    said = found(edited(tmp_path / "a", "Thank you for telling.", "We keep it secret.", PHRASES))
    assert "“keep it secret”" in said[0].what
    assert found(edited(tmp_path / "b", "Thank you for telling.", "We can't keep it secret.", PHRASES)) == []


def test_phrases_are_checked_for_every_band(tmp_path: Path) -> None:
    long = f"full: {WORDS} eleven twelve thirteen."
    [problem] = found(edited(tmp_path, "full: Thank you for telling.", long, PHRASES))
    assert "13 words, more than 12 in the interface" in problem.what


def test_hard_words_match_their_endings_and_only_the_young_bands() -> None:
    assert dict(hard_words("Devices were subscribed and published.", "ks1")).keys() == {
        "devices",
        "subscribed",
        "published",
    }
    assert list(hard_words("A device.", "lks2")) == []
    assert dict(hard_words("An advert.", "eyfs")) and not dict(hard_words("An advert.", "ks1"))
