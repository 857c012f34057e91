"""A page makes a fixed number of queries, whatever the number of pupils (habit 8)."""

from __future__ import annotations

import pytest
from flask import Flask

from kiosk.commands.bench import counted
from kiosk.features.families import services as families
from kiosk.features.people import services
from kiosk.features.people.faces import all_faces
from kiosk.features.people.models import Pupil, SchoolClass, Staff
from tests.features.conftest import SignInAs

MOST_OF_A_PUPIL = 6
PUPILS = ("/", "/class/{id}", "/home", "/lessons", "/agreement", "/agreement/rule/1", "/charter", "/charter/idea",
          "/for-home", "/tell", "/display")  # fmt: skip
TEACHERS = ("/staff/classes", "/staff/classes/{id}", "/staff/classes/{id}/agreement", "/staff/classes/{id}/charter",
            "/staff/classes/{id}/pupils", "/staff/classes/{id}/home-code", "/staff/lessons")  # fmt: skip


@pytest.fixture
def filled(app: Flask, willow: SchoolClass, amina: Pupil) -> SchoolClass:
    """Willow with three pupils and a home code."""
    families.give_home_link(willow, key=app.extensions["kiosk settings"].secret("server"))
    for face in all_faces()[1:3]:
        services.add_pupil(willow, f"Pupil {face}", face)
    return willow


def test_a_page_makes_as_many_queries_for_thirty_pupils_as_for_three(
    app: Flask, sign_in: SignInAs, filled: SchoolClass, amina: Pupil, teacher: Staff, dsl: Staff
) -> None:
    asked = [(sign_in(amina), path) for path in PUPILS]
    asked += [(sign_in(teacher), path) for path in TEACHERS] + [(sign_in(dsl), "/desk")]

    def queries() -> dict[str, int]:
        made = {}
        for client, path in asked:
            address = path.format(id=filled.id)
            client.get(address)
            with counted(app) as statements:
                assert client.get(address).status_code in {200, 302}, address
            made[path] = len(statements)
        return made

    few = queries()
    for face in all_faces()[3:30]:
        services.add_pupil(filled, f"Pupil {face}", face)
    assert queries() == few
    assert {path: few[path] for path in PUPILS if few[path] > MOST_OF_A_PUPIL} == {}
