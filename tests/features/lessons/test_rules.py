"""Rules about lessons, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk import ROOT
from kiosk.content.loading import load_content
from kiosk.content.types import Lesson
from kiosk.features.lessons import rules
from kiosk.features.lessons.types import BeforeAndAfter, Given

LESSONS = load_content([ROOT]).lessons
EYFS, KS1, LKS2, UKS2 = "ask-before-you-tap", "my-private-password", "spot-the-advert", "who-is-asking"
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("band", "own", "back"),
    [
        ("eyfs", [EYFS], []),
        ("ks1", [KS1], [EYFS]),
        ("lks2", [LKS2], [KS1]),
        ("uks2", [UKS2], [LKS2]),
        ("ks3", [], [UKS2]),
    ],
)
def test_a_pupil_finds_their_own_band_and_the_one_before_and_nothing_younger(
    band: str, own: list[str], back: list[str]
) -> None:
    shelf = rules.shelf_for(band, LESSONS)
    assert [one.id for one in shelf.own] == own
    assert [one.id for one in shelf.back] == back


def test_lessons_come_band_by_band_and_strand_by_strand() -> None:
    first = replace(LESSONS[KS1], id="a-first", strand="self-image-and-identity")
    assert [one.id for one in rules.in_order([*LESSONS.values(), first])] == [EYFS, "a-first", KS1, LKS2, UKS2]


def test_todays_lesson_is_the_first_that_is_not_finished_then_the_one_finished_longest_ago() -> None:
    other = replace(LESSONS[KS1], id="other", strand="copyright-and-ownership")
    shelf = rules.shelf_for("ks1", {KS1: LESSONS[KS1], "other": other})
    today, long_ago = MONDAY, MONDAY - timedelta(days=30)
    found = [
        rules.todays_lesson(shelf, finished)
        for finished in ({}, {KS1: today}, {KS1: today, "other": long_ago}, {KS1: long_ago, "other": today})
    ]
    assert [one and one.id for one in found] == [KS1, "other", "other", KS1]
    assert rules.todays_lesson(rules.shelf_for("ks3", {}), {}) is None


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))
def test_every_lesson_goes_from_its_title_to_its_end_through_every_screen(lesson: Lesson) -> None:
    kinds = [step.kind for step in rules.steps_of(lesson)]
    assert kinds[:2] == ["title", "before"]
    assert kinds[-5:] == ["word", "after", "happened", "home", "finish"]
    assert [kind for kind in kinds[2:-5] if kind != "setup"] == [screen.kind for screen in lesson.screens]


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))
def test_steps_to_put_in_order_are_never_given_in_their_order(lesson: Lesson) -> None:
    for screen in lesson.screens:
        if screen.kind == "order":
            mixed = rules.mixed(screen.items, "seed")
            assert set(mixed) == set(screen.items)
            assert mixed != list(screen.items)
            assert mixed == rules.mixed(screen.items, "seed")


@pytest.mark.parametrize(
    ("screen", "answer", "right"),
    [
        ("@before", "share", False),
        ("@before", "keep", True),
        ("@after", "keep", True),
        ("dev-answers", "clue", False),
        ("dev-answers", "private", True),
        ("tight-tummy", "worried", None),
        ("tolus-plan", "tell,new-password,keep-private", True),
        ("tolus-plan", "new-password,tell,keep-private", False),
        ("who-can-know", "dads:can-know", True),
        ("who-can-know", "dads:no-need", False),
        ("bluefox-writes", "address", True),
        ("bluefox-writes", "soup", False),
    ],
)
def test_an_answer_is_right_or_not_or_neither(screen: str, answer: str, right: bool | None) -> None:
    assert rules.verdict(LESSONS[KS1], screen, answer) is right


@pytest.mark.parametrize(
    ("screen", "answer"),
    [
        ("nowhere", "share"),
        ("gerald", "share"),
        ("talk-about-it", "yes"),
        ("@before", "nothing"),
        ("tight-tummy", "purple"),
        ("tolus-plan", "tell,tell,keep-private"),
        ("tolus-plan", "tell"),
        ("who-can-know", "dads"),
        ("who-can-know", "dads:nowhere"),
        ("@remember", "share"),
    ],
)
def test_an_answer_that_the_lesson_does_not_offer_is_refused(screen: str, answer: str) -> None:
    with pytest.raises(rules.UnknownAnswerError):
        rules.verdict(LESSONS[KS1], screen, answer)


def given(attempt: str, screen: str, right: bool, minute: int, who: str = "amina") -> Given:
    return Given(attempt, who, screen, right, (MONDAY + timedelta(minutes=minute), minute))


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ([], BeforeAndAfter(0, 0, 0)),
        ([given("a", "@before", False, 1)], BeforeAndAfter(0, 0, 0)),
        ([given("a", "@before", False, 1), given("a", "@after", True, 2)], BeforeAndAfter(1, 0, 1)),
        # Before, minds may be changed; after, feedback has been heard from the second try on.
        ([given("a", "@before", False, 1), given("a", "@before", True, 2),
          given("a", "@after", False, 3), given("a", "@after", True, 4)], BeforeAndAfter(1, 1, 0)),
        # The first whole taking counts: the second is the same child, who knows the answers now.
        ([given("a", "@before", False, 1), given("b", "@before", False, 2), given("b", "@after", False, 3),
          given("c", "@before", True, 4), given("c", "@after", True, 5)], BeforeAndAfter(1, 0, 0)),
        ([given("a", "@before", True, 1), given("a", "@after", True, 2),
          given("d", "@before", False, 1, "ben"), given("d", "@after", True, 2, "ben")], BeforeAndAfter(2, 1, 2)),
    ],
)  # fmt: skip
def test_before_and_after_compares_what_no_feedback_had_touched(answers: list[Given], found: BeforeAndAfter) -> None:
    assert rules.before_and_after(answers) == found
