"""Tablets and teachers who do something in the same moment, on connections of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import delete

from kiosk.core import tenancy
from kiosk.core.clock import school_year, today
from kiosk.core.database import db, transaction
from kiosk.core.schools import School
from kiosk.features.charters import moving, queries, services
from kiosk.features.charters.holding import MoveRefusedError
from kiosk.features.charters.types import Move, State, Way
from kiosk.features.people import services as people
from kiosk.features.people.types import Role, SignInBy
from tests.features.charters.conftest import FACES, NAMES, RULES

TOGETHER = 6


@dataclass(frozen=True)
class Committed:
    """A class that other connections see too."""

    app: Flask
    school_id: str
    class_id: str
    pupil_ids: list[str]
    staff_id: str

    def at_once(self, work: Callable[[int], object]) -> list[object]:
        """What so many threads return, each in its own transaction, all let go together."""
        barrier = Barrier(TOGETHER)

        def one(number: int) -> object:
            with self.app.app_context(), tenancy.in_school(self.school_id):
                barrier.wait()
                with transaction():
                    return work(number)

        # What this thread reads afterwards is what they left, not what it saw before.
        db.session.rollback()
        with ThreadPoolExecutor(TOGETHER) as threads:
            return list(threads.map(one, range(TOGETHER)))


@pytest.fixture
def committed(whole_app: Flask) -> Iterator[Committed]:
    with whole_app.app_context():
        with transaction():
            school = School(name="Elm Lane School", host="elm.example")
            db.session.add(school)
            db.session.flush()
            school_id = school.id
        with tenancy.in_school(school_id):
            with transaction():
                elm = people.add_class("Elm", "ks1", "face-owl", school_year(today()), SignInBy.FACE)
                pupils = [people.add_pupil(elm, name, face).id for name, face in zip(NAMES, FACES, strict=True)]
                staff = people.add_staff("Tom Teacher", "tom@elm.example", [Role.TEACHER])
                made = Committed(whole_app, school_id, elm.id, pupils, staff.id)
            try:
                yield made
            finally:
                with transaction():
                    db.session.execute(delete(School).where(School.id == school_id))


def go_on(class_: Committed, *moves: Move) -> None:
    school_class, staff = people.queries.find_class(class_.class_id), people.queries.find_staff(class_.staff_id)
    assert school_class and staff
    for how in moves:
        chosen = [rule.id for rule in queries.charter_of(class_.class_id).rules] if how is Move.SETTLE else []
        moving.move(school_class, staff, how, chosen)


def test_the_first_suggestions_of_a_class_begin_one_charter(committed: Committed) -> None:
    def suggest(number: int) -> None:
        school_class = people.queries.find_class(committed.class_id)
        pupil = people.queries.find_pupil(committed.pupil_ids[number])
        assert school_class
        services.suggest(school_class, pupil, f"abcdefg{number}", Way.WORDS, f"We stop {number} times.")

    committed.at_once(suggest)
    view = queries.charter_of(committed.class_id)
    assert (view.number, len(queries.suggestions_to(view.id or ""))) == (1, TOGETHER)


def test_one_vote_a_child_also_when_it_is_sent_six_times_at_once(committed: Committed) -> None:
    with transaction():
        school_class = people.queries.find_class(committed.class_id)
        assert school_class
        for rule in RULES:
            services.add_rule(school_class, rule)
        go_on(committed, Move.OPEN_VOTING)
    rules = [rule.id for rule in queries.charter_of(committed.class_id).rules]

    def vote(_number: int) -> None:
        school_class = people.queries.find_class(committed.class_id)
        pupil = people.queries.find_pupil(committed.pupil_ids[0])
        assert school_class and pupil
        services.vote(school_class, pupil, rules[:3])

    committed.at_once(vote)
    view = queries.charter_of(committed.class_id)
    assert [rule.dots for rule in view.rules] == [1, 1, 1, 0]


def test_of_six_who_settle_at_once_one_does(committed: Committed) -> None:
    with transaction():
        school_class = people.queries.find_class(committed.class_id)
        assert school_class
        for rule in RULES:
            services.add_rule(school_class, rule)
        go_on(committed, Move.OPEN_VOTING, Move.CLOSE_VOTING)

    def settle(_number: int) -> bool:
        try:
            go_on(committed, Move.SETTLE)
        except MoveRefusedError:
            return False
        return True

    assert sorted(map(bool, committed.at_once(settle))) == [False] * (TOGETHER - 1) + [True]
    view = queries.charter_of(committed.class_id)
    assert view.state is State.SETTLED
    assert [rule.place for rule in view.settled_rules] == [1, 2, 3, 4]
