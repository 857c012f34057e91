"""People for tests of features: a school with classes, pupils and staff."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from kiosk.core.clock import school_year, today
from kiosk.core.schools import School
from kiosk.features.people import services
from kiosk.features.people.models import Pupil, SchoolClass, Staff
from kiosk.features.people.types import Role, SignInBy
from tests.checked_client import CheckedClient

PASSWORD = "seven green kites"


@pytest.fixture
def willow(school: School) -> SchoolClass:
    """A KS1 class whose pupils tap their face."""
    return services.add_class("Willow", "ks1", "face-owl", school_year(today()), SignInBy.FACE)


@pytest.fixture
def oak(school: School) -> SchoolClass:
    """An EYFS class that signs in together."""
    return services.add_class("Oak", "eyfs", "face-bear", school_year(today()), SignInBy.TOGETHER)


@pytest.fixture
def amina(willow: SchoolClass) -> Pupil:
    return services.add_pupil(willow, "Amina", "face-fox")


@pytest.fixture
def ben(willow: SchoolClass) -> Pupil:
    return services.add_pupil(willow, "Ben", "face-cat")


@pytest.fixture
def teacher(willow: SchoolClass) -> Staff:
    """Willow's teacher."""
    staff = services.add_staff("Tara Teacher", "tara@oak.example", [Role.TEACHER], password=PASSWORD)
    services.give_class(staff, willow)
    return staff


@pytest.fixture
def head(school: School) -> Staff:
    return services.add_staff("Hana Head", "hana@oak.example", [Role.HEAD], password=PASSWORD)


@pytest.fixture
def dsl(school: School) -> Staff:
    return services.add_staff("Dina Dsl", "dina@oak.example", [Role.DSL], password=PASSWORD)


@pytest.fixture
def deputy(school: School) -> Staff:
    return services.add_staff("Dev Deputy", "dev@oak.example", [Role.DEPUTY], password=PASSWORD)


SignInAs = Callable[[Pupil | SchoolClass | Staff], CheckedClient]


@pytest.fixture
def sign_in(app: Flask, school: School) -> SignInAs:
    """A new browser in which that person is signed in, through the kiosk's own pages."""

    def sign_in_as(who: Pupil | SchoolClass | Staff) -> CheckedClient:
        client = app.test_client()
        assert isinstance(client, CheckedClient)
        if isinstance(who, Pupil):
            answer = client.send(f"/class/{who.class_id}/pupils/{who.id}")
        elif isinstance(who, SchoolClass):
            answer = client.send(f"/class/{who.id}/together")
        else:
            answer = client.send("/staff", email=who.email, password=PASSWORD)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return client

    return sign_in_as
