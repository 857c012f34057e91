"""Who may call each route (habit 5): the one list. A route that is not here, or says otherwise, fails."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.core.schools import School
from kiosk.features.people.models import Pupil, Staff
from kiosk.web.access import Access
from tests.features.conftest import SignInAs

ANYONE, PUPIL, STAFF, TEACHER, LEAD, READER = Access
ROUTES: dict[str, Access] = {
    "agreements.closing": PUPIL,
    "agreements.mark_rule": PUPIL,
    "agreements.read": PUPIL,
    "agreements.register": TEACHER,
    "agreements.rule": PUPIL,
    "agreements.sign": PUPIL,
    "agreements.sign_now": PUPIL,
    "agreements.sign_with_class": PUPIL,
    "agreements.sign_with_class_now": PUPIL,
    "agreements.signed": PUPIL,
    "agreements.talk_about": TEACHER,
    "agreements.who_signs": PUPIL,
    "charters.add_rule": TEACHER,
    "charters.allow": TEACHER,
    "charters.choose_symbols": TEACHER,
    "charters.decline": TEACHER,
    "charters.make_rule": PUPIL,
    "charters.manage": TEACHER,
    "charters.poster": TEACHER,
    "charters.read": PUPIL,
    "charters.read_rule": TEACHER,
    "charters.read_suggestion": TEACHER,
    "charters.remove_rule": TEACHER,
    "charters.reword": TEACHER,
    "charters.show": PUPIL,
    "charters.sign": PUPIL,
    "charters.sign_page": PUPIL,
    "charters.suggest": PUPIL,
    "charters.take_on": TEACHER,
    "charters.vote": PUPIL,
    "concerns.acknowledge": READER,
    "concerns.choose_passphrase": ANYONE,
    "concerns.close": READER,
    "concerns.concern": READER,
    "concerns.decide_on_vocabulary": READER,
    "concerns.desk": READER,
    "concerns.done": READER,
    "concerns.go_on": ANYONE,
    "concerns.keep_passphrase": ANYONE,
    "concerns.keep_recovery_key": ANYONE,
    "concerns.lock": READER,
    "concerns.make_recovery_key": ANYONE,
    "concerns.mark_seen": READER,
    "concerns.open_concern": READER,
    "concerns.poll": ANYONE,
    "concerns.reopen": READER,
    "concerns.rows": READER,
    "concerns.sent": ANYONE,
    "concerns.tell": ANYONE,
    "concerns.touch": READER,
    "concerns.unlock": READER,
    "concerns.vocabulary": READER,
    "concerns.write_note": READER,
    "families.agreement": ANYONE,
    "families.charter": ANYONE,
    "families.for_home": PUPIL,
    "families.home": ANYONE,
    "families.home_code": TEACHER,
    "families.lesson": ANYONE,
    "families.new_home_code": TEACHER,
    "families.scanned": ANYONE,
    "families.worried": ANYONE,
    "lessons.begin": ANYONE,
    "lessons.document": ANYONE,
    "lessons.done": ANYONE,
    "lessons.for_teachers": STAFF,
    "lessons.home": PUPIL,
    "lessons.keep_done": PUPIL,
    "lessons.keep_events": ANYONE,
    "lessons.list_lessons": PUPIL,
    "lessons.notes_for_teachers": STAFF,
    "lessons.show": ANYONE,
    "lessons.symbols": ANYONE,
    "offline.icon": ANYONE,
    "offline.manifest": ANYONE,
    "offline.page": ANYONE,
    "offline.worker": ANYONE,
    "people.choose_class": ANYONE,
    "people.choose_display": ANYONE,
    "people.choose_face": ANYONE,
    "people.choose_password": ANYONE,
    "people.forget_profile": TEACHER,
    "people.keep_display": ANYONE,
    "people.keep_password": ANYONE,
    "people.keep_profile": TEACHER,
    "people.keep_pupil_photograph": TEACHER,
    "people.keep_staff_photograph": LEAD,
    "people.photograph": ANYONE,
    "people.profile": TEACHER,
    "people.profiles": TEACHER,
    "people.pupil_photograph": TEACHER,
    "people.remove_pupil_photograph": TEACHER,
    "people.remove_staff_photograph": LEAD,
    "people.sign_in_pupil": ANYONE,
    "people.sign_in_together": ANYONE,
    "people.sign_out": ANYONE,
    "people.staff_home": STAFF,
    "people.staff_photograph": LEAD,
    "people.staff_photographs": LEAD,
    "people.staff_sign_in": ANYONE,
    "people.staff_sign_in_now": ANYONE,
    "records.class_at_a_glance": TEACHER,
    "records.classes": TEACHER,
    "symbols.choose": LEAD,
    "symbols.keep_choice": LEAD,
    "web.about": ANYONE,
    "web.contact_sheet": ANYONE,
    "web.font": ANYONE,
    "web.health": ANYONE,
    "web.patterns": ANYONE,
    "web.static_file": ANYONE,
    "web.style": ANYONE,
    "web.symbol_sprite": ANYONE,
    "web.voice": ANYONE,
}
# A desk left alone still rings, though its reader's session is idle: the route looks who is behind it itself.
CHECKS_ITSELF = {"concerns.poll"}
# Unsafe routes proved by their Origin alone, and why.
BY_ORIGIN = {
    "concerns.go_on": "telling is never refused for a token that ran out",
    "lessons.begin": "the lesson document is cached and holds no token",
    "lessons.keep_events": "answers come with a signed ticket and without credentials",
}

PART = re.compile(r"<(?:(\w+)(?:\(([^)]*)\))?:)?(\w+)>")


def declared(app: Flask) -> dict[str, Access]:
    return {name: view.__kiosk_access__ for name, view in app.view_functions.items()}  # type: ignore[attr-defined]


def paths(app: Flask, method: str) -> list[tuple[str, str]]:
    """Each route of that method with ids that nobody has."""

    def filled(part: re.Match[str]) -> str:
        kind, options, name = part.groups()
        known = {"int": "1", "any": (options or "").split(",")[0].strip()}
        return known.get(kind or "", {"language": "en", "level": "full"}.get(name, "abcdefghij234567"))

    return sorted(
        (rule.endpoint, PART.sub(filled, rule.rule))
        for rule in app.url_map.iter_rules()
        if method in (rule.methods or set())
    )


def test_every_route_is_in_the_list_and_says_the_same(app: Flask) -> None:
    assert declared(app) == ROUTES


def test_only_these_are_proved_by_their_origin_alone(app: Flask) -> None:
    by_origin = {
        name for name, view in app.view_functions.items() if getattr(view, "__kiosk_by_origin__", False)
    }
    assert by_origin == set(BY_ORIGIN)


def test_who_is_not_signed_in_reaches_nothing_that_is_not_for_anyone(app: Flask, school: School) -> None:
    client = app.test_client()
    for endpoint, path in paths(app, "GET"):
        if ROUTES[endpoint] is not ANYONE:
            assert client.get(path).status_code in {302, 401}, endpoint
    for endpoint, path in paths(app, "POST"):
        if ROUTES[endpoint] is not ANYONE:
            assert client.send(path).status_code == 401, endpoint  # type: ignore[attr-defined]


def test_each_role_reaches_what_it_may_and_gets_403_elsewhere(
    sign_in: SignInAs, app: Flask, amina: Pupil, teacher: Staff, head: Staff, dsl: Staff
) -> None:
    grants = {
        amina: {ANYONE, PUPIL},
        teacher: {ANYONE, STAFF, TEACHER},
        head: {ANYONE, STAFF, TEACHER, LEAD},
        dsl: {ANYONE, STAFF, READER},
    }
    for who, may in grants.items():
        client = sign_in(who)
        for endpoint, path in paths(app, "GET"):
            answer = client.get(path)
            if endpoint in CHECKS_ITSELF:
                assert (answer.status_code < 400) is (READER in may), endpoint
            elif ROUTES[endpoint] in may:
                assert answer.status_code < 500, f"{endpoint}: {answer.status_code}"
                assert answer.status_code not in {401, 403}, endpoint
            else:
                assert answer.status_code == 403, f"{endpoint}: {answer.status_code}"
        for endpoint, path in paths(app, "POST"):
            if ROUTES[endpoint] not in may:
                assert client.send(path).status_code == 403, endpoint


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 400),
    ],
)
def test_an_unsafe_request_from_elsewhere_is_refused(
    client: FlaskClient, headers: dict[str, str], expected: int
) -> None:
    assert client.post("/sign-out", headers=headers).status_code == expected
