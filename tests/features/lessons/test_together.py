"""A lesson taken together with a grown-up: recorded as that, and nothing of it as the pupil's own."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from kiosk.content.types import Lesson
from kiosk.core.database import db
from kiosk.features.lessons import forms, queries
from kiosk.features.lessons.models import LessonAttempt, LessonEvent
from kiosk.features.lessons.types import BeforeAndAfter
from kiosk.features.people.models import Pupil, SchoolClass, Staff
from tests.checked_client import CheckedClient
from tests.features.conftest import SignInAs
from tests.features.lessons.conftest import KS1, Begin, answered, finished, new_id, send
from tests.features.lessons.test_forms import ASKED
from tests.features.lessons.test_recording import visit_of

Ticket = Callable[..., str]
PAIR = [answered("@before", "share"), answered("@after", "keep")]


def test_no_answer_is_kept_and_it_is_not_among_the_pupils_own(
    sign_in: SignInAs, willow: SchoolClass, amina: Pupil, ben: Pupil, ticket: Ticket, client: CheckedClient,
    lesson: Lesson,
) -> None:
    # Answers come from no tablet of ours; whatever sends them, they are not kept.
    assert send(client, ticket(sign_in(amina), together=True), *PAIR, finished()).get_json() == {"kept": 0}
    assert db.session.scalar(select(func.count(LessonEvent.id))) == 0
    assert queries.before_and_after(willow.id, lesson.id) == BeforeAndAfter(0, 0, 0)
    taken = queries.lessons_taken_by(amina)
    assert (set(taken.own), set(taken.together)) == (set(), {lesson.id})

    send(client, ticket(sign_in(ben)), *PAIR, finished())
    progress = queries.progress_of(willow.id)[lesson.id]
    assert (progress.started, progress.finished_pupils, progress.together_pupils) == (1, {ben.id}, {amina.id})
    assert (progress.together, progress.done) == (1, 2)
    assert queries.before_and_after(willow.id, lesson.id) == BeforeAndAfter(1, 0, 1)


def test_the_shelf_says_done_together_until_the_pupil_has_done_it_themself(
    sign_in: SignInAs, amina: Pupil, ticket: Ticket, client: CheckedClient
) -> None:
    tablet = sign_in(amina)
    send(client, ticket(tablet, together=True), finished())
    shelf = tablet.get("/lessons").get_data(as_text=True)
    assert shelf.count("tile__done") == shelf.count("Done together") == 1
    assert "Done together" in tablet.get("/home").get_data(as_text=True)
    send(client, ticket(tablet), finished())
    assert "Done together" not in tablet.get("/lessons").get_data(as_text=True)


def test_the_teacher_reads_that_it_was_taken_together(
    sign_in: SignInAs, teacher: Staff, willow: SchoolClass, amina: Pupil, ticket: Ticket, client: CheckedClient
) -> None:
    send(client, ticket(sign_in(amina), together=True), finished())
    page = sign_in(teacher).get(f"/staff/classes/{willow.id}").get_data(as_text=True)
    # In the row of the lesson, and in that of the pupil.
    assert len(re.findall(r'<td[^>]*data-column="Taken together"[^>]*>1</td>', page)) == 2
    assert "all have done it" in page


def test_a_taking_does_not_change_its_kind(sign_in: SignInAs, amina: Pupil, begin: Begin) -> None:
    tablet, client_id = sign_in(amina), new_id()
    assert begin(tablet, id=client_id).status_code == 200
    assert begin(tablet, id=client_id, together=True).status_code == 409


def test_one_begun_without_a_network_is_together_too(
    sign_in: SignInAs, amina: Pupil, ticket: Ticket, client: CheckedClient
) -> None:
    ticket(client, visit=visit_of(sign_in(amina)), together=True)
    attempt = db.session.scalars(select(LessonAttempt)).one()
    assert (attempt.pupil_id, attempt.together) == (amina.id, True)


@pytest.mark.parametrize("odd", ["yes", 1, None, []])
def test_together_is_true_or_false(odd: object) -> None:
    with pytest.raises(forms.NotUnderstoodError):
        forms.read_asked(ASKED | {"together": odd})


def test_a_tablet_without_scripts_says_it_on_the_last_page(sign_in: SignInAs, amina: Pupil) -> None:
    tablet = sign_in(amina)
    assert "We did it together" in tablet.get(f"/learn/{KS1}/done").get_data(as_text=True)
    tablet.send(f"/learn/{KS1}/done", together="yes")
    taken = queries.lessons_taken_by(amina)
    assert (set(taken.own), set(taken.together)) == (set(), {KS1})
