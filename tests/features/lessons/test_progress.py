"""What teachers' pages ask: how far a class is, and what the matched pair says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event

from kiosk.content.types import Lesson
from kiosk.core import clock
from kiosk.core.clock import now
from kiosk.core.database import db
from kiosk.features.lessons import queries
from kiosk.features.lessons.types import BeforeAndAfter
from kiosk.features.people import services
from kiosk.features.people.models import Pupil, SchoolClass
from tests.checked_client import CheckedClient
from tests.features.conftest import SignInAs
from tests.features.lessons.conftest import answered, finished, send

Ticket = Callable[..., str]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The queries made within the block."""
    made: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("SELECT") and "set_config" not in statement:
            made.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield made
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_a_class_that_has_opened_nothing_has_no_progress(willow: SchoolClass) -> None:
    assert queries.progress_of(willow.id) == {}
    assert queries.before_and_after(willow.id, "my-private-password") == BeforeAndAfter(0, 0, 0)


def test_pupils_count_once_however_often_they_take_it(
    sign_in: SignInAs, willow: SchoolClass, amina: Pupil, ben: Pupil, ticket: Ticket, client: CheckedClient,
    lesson: Lesson,
) -> None:
    for _ in range(2):
        send(client, ticket(sign_in(amina)), finished())
    ticket(sign_in(ben))
    progress = queries.progress_of(willow.id)[lesson.id]
    assert (progress.started, progress.finished, progress.finished_pupils) == (2, 1, frozenset({amina.id}))
    assert (progress.class_started, progress.class_finished) == (0, 0)


def test_a_class_that_signs_in_together_counts_its_takings(
    sign_in: SignInAs, oak: SchoolClass, ticket: Ticket, client: CheckedClient, lesson: Lesson
) -> None:
    send(client, ticket(sign_in(oak)), finished())
    ticket(sign_in(oak))
    progress = queries.progress_of(oak.id)[lesson.id]
    assert (progress.started, progress.class_started, progress.class_finished) == (0, 2, 1)
    assert set(queries.lessons_taken_by_class(oak).own) == {lesson.id}


def test_other_classes_and_pupils_who_left_are_not_counted(
    sign_in: SignInAs, willow: SchoolClass, oak: SchoolClass, amina: Pupil, ticket: Ticket, client: CheckedClient
) -> None:
    send(client, ticket(sign_in(amina)), finished())
    assert queries.progress_of(oak.id) == {}
    amina.left_at = now()
    db.session.flush()
    assert queries.progress_of(willow.id) == {}


def test_the_matched_pair_is_counted_at_full_and_simple_and_never_at_symbols(
    sign_in: SignInAs, willow: SchoolClass, amina: Pupil, ben: Pupil, ticket: Ticket, client: CheckedClient,
    lesson: Lesson,
) -> None:
    pair = [answered("@before", "share"), answered("@after", "keep")]
    send(client, ticket(sign_in(amina), level="simple"), *pair)
    send(client, ticket(sign_in(ben), level="symbols"), *pair)
    assert queries.before_and_after(willow.id, lesson.id) == BeforeAndAfter(1, 0, 1)


def test_the_number_of_queries_does_not_grow_with_the_class(
    app: Flask, sign_in: SignInAs, willow: SchoolClass, amina: Pupil, ticket: Ticket, client: CheckedClient,
    lesson: Lesson,
) -> None:
    class_id = willow.id

    def queries_made() -> int:
        with counted() as made:
            queries.progress_of(class_id)
            queries.before_and_after(class_id, lesson.id)
        return len(made)

    pair = [answered("@before", "share"), answered("@after", "keep"), finished()]
    send(client, ticket(sign_in(amina)), *pair)
    with_one = queries_made()
    for face in ("face-dog", "face-bee", "face-lion", "face-kite"):
        send(client, ticket(sign_in(services.add_pupil(willow, "Sam", face))), *pair)
    assert queries_made() == with_one == 2
    assert queries.before_and_after(willow.id, lesson.id) == BeforeAndAfter(5, 0, 5)


def test_the_start_page_needs_three_queries(
    sign_in: SignInAs, amina: Pupil, ticket: Ticket, client: CheckedClient
) -> None:
    tablet = sign_in(amina)
    for _ in range(3):
        send(client, ticket(tablet), finished())
    db.session.commit()
    with counted() as made:
        assert tablet.get("/home").status_code == 200
    assert len(made) <= 4


def test_a_lesson_is_finished_when_it_was_last_finished(
    sign_in: SignInAs, amina: Pupil, ticket: Ticket, client: CheckedClient, lesson: Lesson
) -> None:
    tablet = sign_in(amina)
    send(client, ticket(tablet), finished())
    first = queries.lessons_taken_by(amina).own[lesson.id]
    with clock.later(days=2):
        send(client, ticket(sign_in(amina)), finished())
    assert queries.lessons_taken_by(amina).own[lesson.id] > first
