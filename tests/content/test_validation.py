"""Each mistake that a writer makes, with the line it is on, what is said of it and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.content.levelled import Problem
from kiosk.content.loading import load_content
from tests.content.helpers import AGREEMENT, LESSON, PHRASES, edited

FACTS = Path("agreements/facts.yaml")


def problem_after(folder: Path, old: str, new: str, file: Path = LESSON) -> Problem:
    content = edited(folder, old, new, file)
    assert content.problems, "nothing was found"
    assert all(problem.file == folder / file for problem in content.problems)
    stays = {LESSON: content.lessons, AGREEMENT: content.agreements, FACTS: content.facts}.get(file, {})
    assert not stays, "a broken file was used"
    return content.problems[0]


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "write"),
    [
        ("charter_idea:", "charter_ideas:", None, "“charter_ideas” is not known", "Write charter_idea."),
        ("online-relationships", "online-relationship", 4, "not a known strand", "Write online-relationships."),
        ("strand: online-relationships", "strand: zzz", 4, "not a known strand", "privacy-and-security"),
        ("band: ks1", "band: ks9", 3, "not a known band", "Write one of: eyfs, ks1"),
        ("four_cs: [contact, conduct]", "four_cs: [contact, conduct, conduct]", 5, "there twice", "Keep one"),
        ("four_cs: [contact, conduct]", "four_cs: [contacts]", 5, "not a known four Cs value", "Write contact."),
        ("  simple: I can ask first.\n", "", 9, "no text at the reading level “simple”", "Write simple:"),
        ("feedback: {full: Ravi says", "feedbak: {full: Ravi says", None, "has no feedback", "Write feedback:"),
        ("feedback: {full: Ravi says", "feedbak: {full: Ravi says", None, "is not known", "Write feedback."),
        ("title: {full: The", "title: {ful: The", 7, "no text at the reading level “full”", "Write full:"),
        ("symbol: share\ntitle", "symbol: ../../etc/passwd\ntitle", 6, "is not what “symbol” takes", "concept"),
        ("right: true", "right: sure", None, "is a text, not true or false", "true or false"),
        ("right: true", "right: false", None, "Nothing in “options” has right: true", "Write right: true"),
        ("{full: What do you do first?,", "{full: 999,", None, "is a number, not a text", "quotes"),
        ("{full: What do you do first?,", "{full: true,", None, "is true or false, not a text", "quotes"),
        ("{full: What do you do first?,", "{full: '  ',", None, "“full” is empty", "at least one word"),
        ("{full: What do you do first?,", "{full: ,", None, "“full” is empty", "quotes"),
        ("kind: story", "kind: storry", None, "not a known kind", "Write story."),
        ("picture: [friend, drawing]", "picture: [a, b, c, d]", None, "holds 4, more than 3", "One to three"),
        ("[proud, worried, mixed-up]", "[proud, hungry, sad]", None, "not a known feeling", "Write one of"),
        ("format: 1", "format: 2", 1, "this kiosk knows “1”", "Write format: 1."),
        ("format: 1\n", "", 1, "has no “format”", "Write format:"),
        ("group: mine", "group: ours", None, "no group “ours”", "Write one of: mine, yours."),
        ("id: choose-1", "id: story-1", None, "“story-1” is there twice", "an id of its own"),
        ("id: story-1", "id: Story 1", None, "is not what “id” takes", "hyphens"),
        ("id: the-shared-drawing", "id: another", 2, "The file is called", "rename it another.yaml"),
        ("band: ks1", "band: lks2", 3, "lies in the folder ks1", "Write band: ks1"),
        ("  expect: Some", "  expects: Some", None, "has no “expect”", "Write expect:"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_lesson(
    tmp_path: Path, old: str, new: str, line: int | None, what: str, write: str
) -> None:
    content = edited(tmp_path, old, new)
    assert not content.lessons
    assert any(
        what in problem.what
        and write in problem.write_instead
        and (line is None or problem.line == line)
        and problem.severity == "error"
        for problem in content.problems
    ), [str(problem) for problem in content.problems]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("covers: [R6, R7]", "covers: [R6, R99]", "“R99” is not a known requirement"),
        ("covers: [R6, R7]", "covers: [R6, 7]", "is a number, not a text"),
        ("id: kind", "id: private", "“private” is there twice"),
        ("id: pupils-ks2", "id: pupils-ks1", "The file is called ks2.yaml"),
        ("audience: pupils", "audience: parrots", "“parrots” is not a known audience"),
        ("because:", "becouse:", "“becouse” is not known here"),
    ],
)
def test_a_mistake_in_an_agreement(tmp_path: Path, old: str, new: str, what: str) -> None:
    content = edited(tmp_path, old, new, AGREEMENT)
    assert not content.agreements
    assert any(what in problem.what for problem in content.problems), content.problems


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("reviewed: 2026-11-21", "reviewed: 21/11/26", "“21/11/26” is not what “reviewed” takes"),
        ("confirmed: true", "confirmed: 'yes'", "is a text, not true or false"),
        ('value: "999"', "value: 999", "is a number, not a text"),
        ("for: [pupils,", "for: [aliens,", "“aliens” is not a known reader"),
    ],
)
def test_a_mistake_in_the_facts(tmp_path: Path, old: str, new: str, what: str) -> None:
    assert what in problem_after(tmp_path, old, new, FACTS).what


def test_a_bad_phrase_id_and_a_phrase_without_levels(tmp_path: Path) -> None:
    content = edited(tmp_path, "learn.next: {full: Next,", "Learn Next: {fulll: Next,", PHRASES)
    assert content.phrases == {}
    said = " ".join(problem.what for problem in content.problems)
    assert "“Learn Next” is not a good id" in said
    assert "“fulll” is not known here" in said


@pytest.mark.parametrize("text", ["- a list\n", "a text\n", "7\n", "null\n", "[]\n", "{}\n"])
def test_a_file_that_is_no_lesson_at_all(tmp_path: Path, text: str) -> None:
    file = tmp_path / "lessons" / "one.yaml"
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    problems = load_content([tmp_path]).problems
    assert problems[0].line == 1
    assert problems[0].what.startswith("The file ")


def test_every_mistake_of_a_file_is_said_at_once(tmp_path: Path) -> None:
    content = edited(tmp_path, "band: ks1\nstrand: online-relationships", "band: x\nstrand: y")
    assert [problem.line for problem in content.problems] == [3, 4]


def test_a_key_is_pointed_at_where_it_stands(tmp_path: Path) -> None:
    problem = problem_after(tmp_path, "title: {full: The shared", "title: {fill: x, full: The shared")
    assert (problem.line, problem.column) == (7, 9)
