"""Answers come from a queue on a tablet: late, twice, in batches, and arrive exactly once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from kiosk.content.types import Lesson
from kiosk.core import clock, tenancy
from kiosk.core.database import db
from kiosk.core.schools import School
from kiosk.features.lessons import queries, services
from kiosk.features.lessons.models import LessonAttempt, LessonEvent
from kiosk.features.people.models import Pupil, SchoolClass, Staff
from tests.checked_client import CheckedClient
from tests.features.conftest import SignInAs
from tests.features.lessons.conftest import Begin, answered, finished, new_id, send

Ticket = Callable[..., str]


def the_attempt() -> LessonAttempt:
    return db.session.scalars(select(LessonAttempt)).one()


def answers_of(attempt: LessonAttempt) -> list[LessonEvent]:
    return list(
        db.session.scalars(
            select(LessonEvent).where(LessonEvent.attempt_id == attempt.id).order_by(LessonEvent.position)
        )
    )


def count(model: type[LessonAttempt | LessonEvent]) -> int:
    return db.session.scalar(select(func.count(model.id))) or 0


def test_a_pupil_who_opens_a_lesson_gets_a_ticket(sign_in: SignInAs, amina: Pupil, begin: Begin) -> None:
    answer = begin(sign_in(amina), level="simple", language="pl")
    assert answer.status_code == 200
    attempt = the_attempt()
    assert (attempt.pupil_id, attempt.class_id) == (amina.id, None)
    assert (attempt.level, attempt.language, attempt.finished_at) == ("simple", "pl", None)
    assert amina.id not in answer.get_data(as_text=True)


def test_a_class_that_signed_in_together_takes_it_as_a_class(
    sign_in: SignInAs, oak: SchoolClass, begin: Begin
) -> None:
    assert begin(sign_in(oak)).status_code == 200
    assert (the_attempt().pupil_id, the_attempt().class_id) == (None, oak.id)


def test_a_family_and_a_teacher_learn_without_being_recorded(
    client: CheckedClient, sign_in: SignInAs, teacher: Staff, begin: Begin
) -> None:
    for nobody in (client, sign_in(teacher)):
        answer = begin(nobody)
        assert (answer.status_code, answer.data) == (204, b"")
    assert count(LessonAttempt) == 0


def test_asking_twice_for_the_same_taking_makes_one(sign_in: SignInAs, amina: Pupil, begin: Begin) -> None:
    client, client_id = sign_in(amina), new_id()
    tickets = {begin(client, id=client_id).get_json()["ticket"] for _ in range(3)}
    assert len(tickets) == 1
    assert count(LessonAttempt) == 1


def test_the_next_child_on_the_tablet_does_not_go_on_with_the_last_ones(
    sign_in: SignInAs, amina: Pupil, ben: Pupil, begin: Begin
) -> None:
    client_id = new_id()
    begin(sign_in(amina), id=client_id)
    assert begin(sign_in(ben), id=client_id).status_code == 409
    assert count(LessonAttempt) == 1


def test_answers_arrive_once_however_often_they_are_sent(
    sign_in: SignInAs, amina: Pupil, ticket: Ticket, client: CheckedClient
) -> None:
    given, events = ticket(sign_in(amina)), [answered("@before", "share", right=False), answered("dev-answers", "clue")]
    kept = [send(client, given, *events).get_json()["kept"] for _ in range(3)]
    more = send(client, given, *events, answered("dev-answers", "private", tries=2))
    assert (kept, more.get_json()) == ([2, 0, 0], {"kept": 1})
    stored = [(one.screen, one.answer, one.tries, one.right) for one in answers_of(the_attempt())]
    assert stored == [
        ("@before", "share", 1, False), ("dev-answers", "clue", 1, False), ("dev-answers", "private", 2, True)
    ]  # fmt: skip


def test_the_same_answer_twice_in_one_batch_is_one(
    sign_in: SignInAs, amina: Pupil, ticket: Ticket, client: CheckedClient
) -> None:
    event = answered("@before", "share")
    assert send(client, ticket(sign_in(amina)), event, event).get_json() == {"kept": 1}


def test_whether_it_was_right_is_for_the_kiosk_to_say(
    sign_in: SignInAs, amina: Pupil, ticket: Ticket, client: CheckedClient
) -> None:
    send(client, ticket(sign_in(amina)), answered("@after", "clue", right=True), answered("tight-tummy", "happy"))
    assert [one.right for one in answers_of(the_attempt())] == [False, None]


def test_of_an_older_version_the_tablets_own_word_counts(
    sign_in: SignInAs, amina: Pupil, ticket: Ticket, client: CheckedClient
) -> None:
    given = ticket(sign_in(amina), version="0" * 12)
    assert send(client, given, answered("a-screen-of-old", "its-answer", right=True)).get_json() == {"kept": 1}
    assert [one.right for one in answers_of(the_attempt())] == [True]


def test_the_end_is_marked_once(sign_in: SignInAs, amina: Pupil, ticket: Ticket, client: CheckedClient) -> None:
    given = ticket(sign_in(amina))
    assert send(client, given, finished()).status_code == 200
    first = the_attempt().finished_at
    with clock.later(hours=1):
        assert send(client, given, finished()).status_code == 200
    assert the_attempt().finished_at == first
    assert set(queries.lessons_taken_by(amina).own) == {the_attempt().lesson}


def test_answers_come_long_after_the_child_has_signed_out(
    sign_in: SignInAs, amina: Pupil, ticket: Ticket, client: CheckedClient
) -> None:
    tablet = sign_in(amina)
    given = ticket(tablet)
    tablet.send("/sign-out")
    with clock.later(days=59):
        assert send(client, given, answered("@before", "keep")).get_json() == {"kept": 1}
    with clock.later(days=61):
        assert send(client, given, answered("@before", "keep")).status_code == 404


def visit_of(client: CheckedClient) -> str:
    """The pass that the start page gives the tablet of whoever is signed in."""
    found = re.search(r'data-visit="([^"]+)"', client.get("/home").get_data(as_text=True))
    assert found
    return found[1]


def test_what_was_begun_without_a_network_is_of_whoever_was_signed_in_then(
    sign_in: SignInAs, amina: Pupil, ben: Pupil, begin: Begin, ticket: Ticket, client: CheckedClient
) -> None:
    tablet = sign_in(amina)
    visit = visit_of(tablet)
    tablet.send("/sign-out")
    # Ben has the tablet when the network is back.
    given = ticket(sign_in(ben), visit=visit)
    assert send(client, given, answered("@before", "keep")).get_json() == {"kept": 1}
    assert the_attempt().pupil_id == amina.id
    with clock.later(days=61):
        assert begin(client, visit=visit).status_code == 204


def test_a_class_that_signed_in_together_has_a_pass_too(
    sign_in: SignInAs, oak: SchoolClass, ticket: Ticket, client: CheckedClient
) -> None:
    ticket(client, visit=visit_of(sign_in(oak)))
    assert (the_attempt().pupil_id, the_attempt().class_id) == (None, oak.id)


def test_a_pass_that_is_forged_or_of_a_pupil_who_left_is_nobodys(
    sign_in: SignInAs, amina: Pupil, begin: Begin, client: CheckedClient
) -> None:
    visit = visit_of(sign_in(amina))
    for forged in (visit[:-2] + "xx", services.ticket_of(LessonAttempt(school_id="a", id="b"), key=b"k" * 32)):
        assert begin(client, visit=forged).status_code == 204
    for odd in ("", 7, None, "x" * 400):
        assert begin(client, visit=odd).status_code == 422
    amina.left_at = clock.now()
    assert begin(client, visit=visit).status_code == 204
    assert count(LessonAttempt) == 0


def test_a_forged_ticket_is_nobodys(
    sign_in: SignInAs, amina: Pupil, ticket: Ticket, client: CheckedClient, app: Flask
) -> None:
    given = ticket(sign_in(amina))
    forged = services.ticket_of(the_attempt(), key=b"another key, guessed")
    for wrong in (given[:-3] + "AAA", given + "A", forged, "x" * 40, given.replace(".", "..")):
        assert send(client, wrong, answered("@before", "keep")).status_code == 404
    assert count(LessonEvent) == 0


def test_another_schools_ticket_is_not_for_here(
    app: Flask, sign_in: SignInAs, amina: Pupil, ticket: Ticket, client: CheckedClient, school: School
) -> None:
    given = ticket(sign_in(amina))
    school.host = "oak.example"
    db.session.add(School(name="Elm Hill", host="localhost"))
    db.session.commit()
    assert send(client, given, answered("@before", "keep")).status_code == 404
    assert count(LessonEvent) == 0


def test_the_ticket_of_an_attempt_that_is_gone_is_nobodys(
    sign_in: SignInAs, amina: Pupil, ticket: Ticket, client: CheckedClient
) -> None:
    given = ticket(sign_in(amina))
    db.session.delete(the_attempt())
    db.session.flush()
    assert send(client, given, answered("@before", "keep")).status_code == 404


def test_a_batch_holds_a_hundred_and_no_more(
    sign_in: SignInAs, amina: Pupil, ticket: Ticket, client: CheckedClient
) -> None:
    given = ticket(sign_in(amina))
    many = [answered("@before", "share", tries=n) for n in range(1, 102)]
    assert send(client, given, *many).status_code == 413
    assert count(LessonEvent) == 0
    assert send(client, given, *many[:100]).get_json() == {"kept": 100}


def test_one_taking_cannot_fill_the_disk(
    sign_in: SignInAs, amina: Pupil, ticket: Ticket, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_ANSWERS", 3)
    given = ticket(sign_in(amina))
    assert send(client, given, *[answered("@before", "share") for _ in range(4)]).status_code == 413
    assert send(client, given, *[answered("@before", "share") for _ in range(3)]).status_code == 200


def test_an_answer_of_another_shape_is_refused_and_its_batch_with_it(
    sign_in: SignInAs, amina: Pupil, ticket: Ticket, client: CheckedClient
) -> None:
    given = ticket(sign_in(amina))
    for wrong in ({}, answered("@before", "I live at 4 Elm Street"), answered("@before", "not-an-option")):
        answer = send(client, given, answered("@before", "keep"), wrong, finished())
        assert answer.status_code == 422
        assert answer.get_json()["error"]
    assert count(LessonEvent) == 0
    assert the_attempt().finished_at is None


def test_garbage_is_refused_with_a_sentence(client: CheckedClient) -> None:
    for path in ("/lesson-events", "/lesson-attempts"):
        for body in (b"", b"garbage", b"[" * 100_000, b"\xff\xfe", b"null"):
            answer = client.post(path, data=body, content_type="application/json")
            assert answer.status_code == 422
            assert answer.get_json()["error"]


def test_a_body_without_end_is_refused(client: CheckedClient) -> None:
    assert client.post("/lesson-events", data=b"x" * 300_000).status_code == 413


def test_a_taking_that_cannot_be_is_refused(sign_in: SignInAs, amina: Pupil, begin: Begin) -> None:
    tablet = sign_in(amina)
    assert begin(tablet, lesson="no-such-lesson").status_code == 404
    assert begin(tablet, level="loud").status_code == 422
    assert begin(tablet, pupil="somebody-else").status_code == 422
    assert count(LessonAttempt) == 0


def test_another_sites_page_cannot_answer(client: CheckedClient) -> None:
    for path in ("/lesson-events", "/lesson-attempts"):
        for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
            assert client.post(path, json={}, headers=headers).status_code == 403


def test_sending_answers_is_no_sign_that_somebody_is_there(
    sign_in: SignInAs, amina: Pupil, begin: Begin
) -> None:
    client, client_id = sign_in(amina), new_id()
    given = begin(client, id=client_id).get_json()["ticket"]
    with clock.later(minutes=10):
        client.post("/lesson-events", json={"ticket": given, "events": [answered("@before", "keep")]})
    with clock.later(minutes=16):
        assert client.get("/home").status_code == 302


def test_a_lesson_that_goes_on_does_not_sign_its_child_out(sign_in: SignInAs, amina: Pupil, begin: Begin) -> None:
    client, client_id = sign_in(amina), new_id()
    begin(client, id=client_id)
    with clock.later(minutes=10):
        begin(client, id=client_id)
    with clock.later(minutes=20):
        assert client.get("/home").status_code == 200


def test_without_scripts_a_form_says_that_it_is_finished(
    sign_in: SignInAs, amina: Pupil, lesson: Lesson
) -> None:
    client = sign_in(amina)
    page = client.get(f"/learn/{lesson.id}/done")
    assert 'name="csrf_token"' in page.get_data(as_text=True)
    assert "no-store" in page.headers["Cache-Control"]
    assert client.send(f"/learn/{lesson.id}/done").location == "/home"
    assert set(queries.lessons_taken_by(amina).own) == {lesson.id}


def test_a_family_without_scripts_has_no_form(client: CheckedClient, lesson: Lesson) -> None:
    assert "<form" not in client.get(f"/learn/{lesson.id}/done").get_data(as_text=True)
    assert client.send(f"/learn/{lesson.id}/done").status_code == 401


def test_one_school_never_sees_anothers_takings(
    app: Flask, sign_in: SignInAs, amina: Pupil, ticket: Ticket, client: CheckedClient
) -> None:
    send(client, ticket(sign_in(amina)), answered("@before", "keep"), finished())
    class_id, elm = amina.class_id, School(name="Elm Hill", host="elm.example")
    db.session.add(elm)
    db.session.commit()
    with tenancy.in_school(elm.id):
        assert count(LessonAttempt) == count(LessonEvent) == 0
        assert queries.progress_of(class_id) == {}
