"""Under which names a school is served."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from kiosk.core.database import db
from kiosk.core.schools import School
from kiosk.features.people.rules import is_own_host

ADDRESS = "https://kiosk.oak.sch.uk"


@pytest.mark.parametrize(
    ("host", "is_own"),
    [
        ("kiosk.oak.sch.uk", True),
        ("localhost", True),
        ("127.0.0.1", True),
        ("192.168.1.20", True),
        ("::1", True),
        ("evil.example", False),
        ("kiosk.oak.sch.uk.evil.example", False),
        ("", False),
    ],
)
def test_a_school_without_a_host_answers_to_its_own_address_and_to_bare_numbers(host: str, is_own: bool) -> None:
    assert is_own_host(host, ADDRESS) is is_own


def test_a_name_that_somebody_points_at_the_kiosk_is_not_served(client: FlaskClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 404
    assert client.get("/", headers={"Host": "localhost:8000"}).status_code == 200


def test_a_school_with_a_host_is_served_under_it(client: FlaskClient, school: School) -> None:
    db.session.get_one(School, school.id).host = "oak.trust.example"
    assert client.get("/", headers={"Host": "oak.trust.example"}).status_code == 200


def test_an_address_with_a_nul_is_not_found(client: FlaskClient) -> None:
    assert client.get("/class/%00").status_code == 404
    assert client.get("/static/x/%00.js").status_code == 404
    assert client.get(f"/static/x/{'a' * 300}.js").status_code == 404
