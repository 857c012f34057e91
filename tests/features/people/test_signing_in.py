"""Who is in front of a tablet."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.core import clock
from kiosk.features.people import queries, services
from kiosk.features.people.models import Pupil, SchoolClass, Staff
from kiosk.features.people.types import LinkFor
from tests.checked_client import CheckedClient
from tests.features.conftest import SignInAs


def test_the_first_page_shows_each_class(client: FlaskClient, willow: SchoolClass, oak: SchoolClass) -> None:
    shown = client.get("/").get_data(as_text=True)
    assert shown.index("Oak") < shown.index("Willow")


def test_a_class_page_shows_its_pupils_and_nobody_elses(client: FlaskClient, amina: Pupil, oak: SchoolClass) -> None:
    assert "Amina" in client.get(f"/class/{amina.class_id}").get_data(as_text=True)
    assert "Amina" not in client.get(f"/class/{oak.id}").get_data(as_text=True)


def test_a_pupil_is_not_signed_in_through_another_class(
    client: CheckedClient, amina: Pupil, oak: SchoolClass
) -> None:
    assert client.send(f"/class/{oak.id}/pupils/{amina.id}").status_code == 404


def test_a_class_with_faces_has_no_generic_sign_in(client: CheckedClient, willow: SchoolClass) -> None:
    assert client.send(f"/class/{willow.id}/together").status_code == 404


def test_staff_sign_in_and_out(sign_in: SignInAs, teacher: Staff) -> None:
    client = sign_in(teacher)
    assert client.get("/staff/home").status_code == 302
    client.send("/sign-out")
    assert client.get("/staff/home").location.endswith("/staff")


def test_a_wrong_password_says_what_to_do_and_five_make_it_wait(client: CheckedClient, teacher: Staff) -> None:
    for _ in range(5):
        answer = client.send("/staff", email=teacher.email, password="wrong")
        assert answer.status_code == 422
        assert "do not go together" in answer.get_data(as_text=True)
    assert "Wait 1 minute" in client.send("/staff", email=teacher.email, password="wrong").get_data(as_text=True)


def test_staff_who_leave_the_screen_are_signed_out(app: Flask, sign_in: SignInAs, teacher: Staff) -> None:
    client = sign_in(teacher)
    with clock.later(minutes=19):
        assert client.get("/staff/home").status_code == 302
    with clock.later(minutes=40):
        assert client.get("/staff/home").location.endswith("/staff")


def test_a_new_password_ends_what_was_open_and_what_other_rooms_keep_of_it(
    client: CheckedClient, sign_in: SignInAs, dsl: Staff, teacher: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, colleague = sign_in(dsl), sign_in(teacher)
    [mine_id] = [one.id for one in queries.open_sign_ins(dsl)]
    forgotten: list[str] = []
    monkeypatch.setattr(services, "_at_sign_out", [*services._at_sign_out, lambda one: forgotten.append(one.id)])
    new = "four purple teapots"
    answer = client.send(f"/welcome/{services.make_link(dsl, LinkFor.PASSWORD)}", password=new, again=new)
    assert answer.location.endswith("/staff")
    assert there.get("/staff/home").location.endswith("/staff")
    assert forgotten == [mine_id]
    assert colleague.get("/staff/home").status_code == 302
