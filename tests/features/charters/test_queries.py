"""What other rooms ask of a charter, in a fixed number of queries however many pupils there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from kiosk.core.database import db
from kiosk.features.charters import queries, services
from kiosk.features.charters.rules import Signing
from kiosk.features.charters.types import Move, SignedBy, State
from kiosk.features.people import services as people
from kiosk.features.people.faces import FACES
from kiosk.features.people.models import SchoolClass
from tests.features.charters.conftest import Class

MOST_ON_A_PUPILS_PAGE = 6
HOUSEKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "PRAGMA", "SELECT set_config", "SET TRANSACTION")


@contextmanager
def counted() -> Iterator[list[str]]:
    """The queries of a block, without those that begin and end transactions."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(HOUSEKEEPING):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def grow(class_: Class, state: State, to: int) -> None:
    """Let a class have so many pupils, each of whom suggests, votes and signs as far as the charter is."""
    for number in range(len(class_.pupils), to):
        class_.pupils.append(people.add_pupil(class_.school_class, f"Pupil {number}", FACES[number]))
    rules = [rule.id for rule in class_.charter.rules]
    for number, pupil in enumerate(class_.pupils[1:to]):
        if state is State.COLLECTING:
            words = f"We stop {number} times."
            services.suggest(class_.school_class, pupil, f"abcdefgh{number}", queries.Way.WORDS, words)
        if state is State.VOTING:
            services.vote(class_.school_class, pupil, rules[:3])
        if state in {State.SIGNING, State.FINISHED}:
            services.sign(class_.school_class, pupil, Signing(SignedBy.SYMBOL, symbol="star"))


def how_many(class_: Class, path: str, *, teacher: bool = False) -> int:
    browser = class_.teacher if teacher else class_.browser(class_.pupils[0])
    db.session.commit()
    with counted() as asked:
        assert browser.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("state", list(State))
def test_a_pupils_page_asks_as_much_for_three_pupils_as_for_thirty(class_: Class, state: State) -> None:
    class_.go_on_to(state)
    paths = ["/charter", *(["/charter/sign"] if state in {State.SIGNING, State.FINISHED} else [])]
    grow(class_, state, 3)
    few = [how_many(class_, path) for path in paths]
    grow(class_, state, 30)
    assert [how_many(class_, path) for path in paths] == few
    assert max(few) <= MOST_ON_A_PUPILS_PAGE


@pytest.mark.parametrize("state", list(State))
def test_a_teachers_page_asks_as_much_for_three_pupils_as_for_thirty(class_: Class, state: State) -> None:
    class_.go_on_to(state)
    paths = [class_.path, *([f"{class_.path}/poster.pdf"] if queries.is_settled(state) else [])]
    grow(class_, state, 3)
    few = [how_many(class_, path, teacher=True) for path in paths]
    grow(class_, state, 30)
    assert [how_many(class_, path, teacher=True) for path in paths] == few


def test_a_class_that_has_not_begun_is_collecting(willow: SchoolClass) -> None:
    view = queries.charter_of(willow.id)
    assert (view.state, view.number, view.id, view.rules) == (State.COLLECTING, 1, None, ())
    assert queries.find_finished_charter(willow.id) is None


def test_many_classes_are_asked_about_in_two_queries(class_: Class, oak: SchoolClass) -> None:
    class_.go_on_to(State.SIGNING)
    services.suggest(oak, None, "abcdefgh", queries.Way.WORDS, "We stop.")
    with counted() as asked:
        views = queries.charters_of([class_.school_class.id, oak.id])
    assert len(asked) == 2
    assert views[class_.school_class.id].state is State.SIGNING
    assert views[oak.id].state is State.COLLECTING


def test_the_finished_charter_shows_rules_and_nothing_of_a_pupil(class_: Class) -> None:
    class_.go_on_to(State.SIGNING)
    grow(class_, State.SIGNING, 6)
    class_.move(Move.FINISH)
    finished = queries.find_finished_charter(class_.school_class.id)
    assert finished and [rule.place for rule in finished.rules] == [1, 2, 3]
    assert all(rule.passage.voice for rule in finished.rules)
    assert not any(pupil.first_name in repr(finished) or pupil.id in repr(finished) for pupil in class_.pupils)
