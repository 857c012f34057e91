"""Rules about lessons, without a database or a request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Protocol, TypeVar

from kiosk.content.types import Choose, Feel, Lesson, Order, Question, Sort, Spot
from kiosk.content.vocabulary import BANDS, STRANDS
from kiosk.features.lessons.types import (
    AFTER,
    BEFORE,
    BeforeAndAfter,
    Finished,
    Given,
    Shelf,
    Step,
)


class UnknownAnswerError(ValueError):
    """The lesson has no such screen, or the screen no such answer."""


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_Named)


def in_order(lessons: Iterable[Lesson]) -> list[Lesson]:
    """Youngest band first, and within a band strand by strand."""
    return sorted(lessons, key=lambda one: (BANDS.index(one.band), STRANDS.index(one.strand), one.id))


def shelf_for(band: str, lessons: Mapping[str, Lesson]) -> Shelf:
    """The lessons of a band, and those of the band before, which an older child may look back at.

    No further back: a lesson made for much younger children takes an older one's dignity.
    """
    all_lessons = in_order(lessons.values())
    before = dict(zip(BANDS[1:], BANDS, strict=False)).get(band)
    own = tuple(one for one in all_lessons if one.band == band)
    return Shelf(own, tuple(one for one in all_lessons if one.band == before))


def todays_lesson(shelf: Shelf, finished: Finished) -> Lesson | None:
    """The first lesson that is not finished; where all are, the one finished longest ago."""
    for lesson in shelf.own:
        if lesson.id not in finished:
            return lesson
    return min(shelf.own, key=lambda one: finished[one.id], default=None)


def steps_of(lesson: Lesson) -> tuple[Step, ...]:
    """Everything a lesson shows, one thing after the other. A set-up is a page of its own before its question."""
    steps = [Step("title"), Step("before", BEFORE, question=lesson.before)]
    for screen in lesson.screens:
        if isinstance(screen, Choose) and screen.text:
            steps.append(Step("setup", screen=screen))
        has_answer = isinstance(screen, Choose | Sort | Order | Spot | Feel)
        steps.append(Step(screen.kind, screen.id if has_answer else "", screen=screen))
    steps += [
        Step("word"),
        Step("after", AFTER, question=lesson.after),
        Step("happened"),
        Step("home"),
        Step("finish"),
    ]
    return tuple(steps)


def mixed(items: Sequence[Item], seed: str) -> list[Item]:
    """The items in another order than their own, the same each time, so that every tablet gets the same page."""
    order = sorted(items, key=lambda one: sha256(f"{seed}/{one.id}".encode()).hexdigest())
    if [one.id for one in order] == [one.id for one in items]:
        order = [*order[1:], order[0]]
    return order


def verdict(lesson: Lesson, screen_id: str, answer: str) -> bool | None:
    """Whether the answer is right, None where every answer is; raises UnknownAnswerError."""
    question = _questions(lesson).get(screen_id)
    if question is not None:
        return _one_of({option.id: option.right for option in question.options}, answer)
    screen = next((one for one in lesson.screens if one.id == screen_id), None)
    match screen:
        case Choose():
            return _one_of({option.id: option.right for option in screen.options}, answer)
        case Spot():
            return _one_of({part.id: part.found for part in screen.parts}, answer)
        case Feel():
            return _one_of(dict.fromkeys(screen.feelings), answer)
        case Sort():
            groups = [group.id for group in screen.groups]
            return _one_of({f"{i.id}:{g}": i.group == g for i in screen.items for g in groups}, answer)
        case Order():
            right = [item.id for item in screen.items]
            if sorted(answer.split(",")) != sorted(right):
                raise UnknownAnswerError(answer)
            return answer.split(",") == right
        case _:
            raise UnknownAnswerError(screen_id)


def _questions(lesson: Lesson) -> dict[str, Question]:
    return {BEFORE: lesson.before, AFTER: lesson.after}


Verdict = TypeVar("Verdict", bool, None, bool | None)


def _one_of(answers: Mapping[str, Verdict], answer: str) -> Verdict:
    if answer not in answers:
        raise UnknownAnswerError(answer)
    return answers[answer]


def before_and_after(given: Iterable[Given]) -> BeforeAndAfter:
    """Compare the last answer before with the first answer after: those that no feedback had touched.

    Of each pupil (or class that takes it together) the first taking counts in which both were answered.
    """
    takings: dict[tuple[str, str], list[Given]] = {}
    for one in sorted(given, key=lambda one: one.moment):
        takings.setdefault((one.who, one.attempt), []).append(one)
    counted: dict[str, tuple[bool, bool]] = {}
    for (who, _attempt), answers in takings.items():
        before = [one.right for one in answers if one.screen == BEFORE]
        after = [one.right for one in answers if one.screen == AFTER]
        if before and after:
            counted.setdefault(who, (before[-1], after[0]))
    return BeforeAndAfter(
        answered=len(counted),
        right_before=sum(before for before, _after in counted.values()),
        right_after=sum(after for _before, after in counted.values()),
    )
