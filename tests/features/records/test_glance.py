"""A teacher sees their class at a glance, in the same number of queries whatever its size."""

from __future__ import annotations

from flask import Flask

from kiosk.commands.bench import counted
from kiosk.features.people import services
from kiosk.features.people.faces import all_faces
from kiosk.features.people.models import Pupil, SchoolClass, Staff
from tests.features.conftest import SignInAs


def test_a_teacher_of_one_class_is_led_to_it(sign_in: SignInAs, teacher: Staff, willow: SchoolClass) -> None:
    answer = sign_in(teacher).get("/staff/classes")
    assert answer.location.endswith(willow.id)


def test_the_class_page_shows_lessons_agreement_charter_and_pupils(
    sign_in: SignInAs, teacher: Staff, willow: SchoolClass, amina: Pupil
) -> None:
    shown = sign_in(teacher).get(f"/staff/classes/{willow.id}").get_data(as_text=True)
    for told in ("My private password", "Amina", "collecting ideas", "agreement signed"):
        assert told in shown


def test_another_teachers_class_is_not_found(sign_in: SignInAs, teacher: Staff, oak: SchoolClass) -> None:
    assert sign_in(teacher).get(f"/staff/classes/{oak.id}").status_code == 404


def test_a_head_sees_every_class(sign_in: SignInAs, head: Staff, oak: SchoolClass, willow: SchoolClass) -> None:
    shown = sign_in(head).get("/staff/classes").get_data(as_text=True)
    assert "Oak" in shown
    assert "Willow" in shown


def test_the_page_makes_as_many_queries_for_thirty_pupils_as_for_two(
    app: Flask, sign_in: SignInAs, teacher: Staff, willow: SchoolClass, amina: Pupil, ben: Pupil
) -> None:
    client = sign_in(teacher)
    path = f"/staff/classes/{willow.id}"
    client.get(path)
    with counted(app) as few:
        client.get(path)
    for number, face in enumerate(all_faces()[2:30]):
        services.add_pupil(willow, f"Pupil {number}", face)
    with counted(app) as many:
        client.get(path)
    assert len(few) == len(many)
