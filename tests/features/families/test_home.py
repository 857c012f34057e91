"""A class's pages at home: by a code alone, in three languages, with no child in them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask

from kiosk.content.vocabulary import BANDS
from kiosk.core import clock
from kiosk.core.schools import School
from kiosk.features.agreements.texts import agreement_in_force
from kiosk.features.families import queries, services
from kiosk.features.families.rules import home_address, home_token, is_token
from kiosk.features.people.models import Pupil, SchoolClass, Staff
from kiosk.reading.text import plain
from tests.checked_client import CheckedClient
from tests.features.conftest import SignInAs

KEY = b"k" * 32


@pytest.fixture
def token(app: Flask, willow: SchoolClass, amina: Pupil) -> str:
    """The token of Willow's code."""
    key = app.extensions["kiosk settings"].secret("server")
    return services.token_of(services.give_home_link(willow, key=key), key=key)


def test_a_token_is_the_same_each_time_and_differs_by_class_school_and_edition() -> None:
    first = home_token(KEY, "school", "class", 1)
    assert first == home_token(KEY, "school", "class", 1)
    others = {home_token(KEY, *one) for one in (("other", "class", 1), ("school", "b", 1), ("school", "class", 2))}
    assert first not in others
    assert len(others) == 3


def test_an_address_is_capitals_and_digits_alone() -> None:
    address = home_address("https://kiosk.oak.sch.uk", home_token(KEY, "s", "c", 1))
    assert re.fullmatch(r"[0-9A-Z $%*+\-./:]+", address)
    assert len(address) <= 47  # what a code of version 3 holds at level Q


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("ABCDEFGHIJ234567", True), ("abcdefghij234567", True), ("ABC", False), ("ABCDEFGHIJ23456!", False), ("", False)],
)
def test_what_cannot_be_a_token_is_known_without_asking_the_database(text: str, is_one: bool) -> None:
    assert is_token(text) is is_one


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("pl", "ltr"), ("ur", "rtl")])
def test_every_page_opens_without_signing_in(client: CheckedClient, token: str, language: str, direction: str) -> None:
    for page in ("", "/agreement", "/charter", "/worried", "/lessons/my-private-password"):
        answer = client.get(f"/H/{token}/{language}{page}")
        shown = answer.get_data(as_text=True)
        assert answer.status_code == 200, page
        assert re.search(rf'<html lang="{language}"\s+dir="{direction}"', shown), page
        assert "Amina" not in shown
        assert answer.headers["X-Robots-Tag"] == "noindex"


def test_the_code_leads_to_the_phones_own_language(client: CheckedClient, token: str) -> None:
    answer = client.get(f"/H/{token.lower()}", headers={"Accept-Language": "ur-PK,ur;q=0.9,en;q=0.5"})
    assert answer.location == f"/H/{token}/ur"


def test_the_agreement_at_home_is_the_one_that_the_class_signs(
    app: Flask, client: CheckedClient, token: str, willow: SchoolClass, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = app.extensions["kiosk content"]
    signed = agreement_in_force(willow.band)
    assert signed
    wide = replace(signed, id="a-for-everybody", bands=BANDS, title=replace(signed.title, full="For everybody"))
    monkeypatch.setitem(
        app.extensions, "kiosk content", replace(content, agreements={wide.id: wide, **content.agreements})
    )
    shown = client.get(f"/H/{token}/en/agreement").get_data(as_text=True)
    words = " ".join(re.sub(r"<[^>]+>", " ", shown).split())
    assert plain(signed.title.full) in words
    assert "For everybody" not in words


def test_a_lesson_of_another_band_is_not_opened(client: CheckedClient, token: str) -> None:
    assert client.get(f"/H/{token}/en/lessons/who-is-asking").status_code == 404


def test_an_unknown_code_says_to_ask_the_school_for_a_new_one(client: CheckedClient, token: str) -> None:
    for wrong in ("AAAAAAAAAAAAAAAA", "short", token[:-1] + ("A" if token[-1] != "A" else "B")):
        answer = client.get(f"/H/{wrong}")
        assert answer.status_code == 404
        assert "ask the school for a" in re.sub(r"<[^>]+>", "", answer.get_data(as_text=True)).replace("  ", " ")


def test_a_code_runs_out_after_the_school_year(client: CheckedClient, token: str) -> None:
    with clock.later(days=400):
        assert client.get(f"/H/{token}/en").status_code == 404


def test_a_new_code_ends_the_old_one(
    sign_in: SignInAs, client: CheckedClient, token: str, teacher: Staff, willow: SchoolClass
) -> None:
    asked = sign_in(teacher)
    assert token in asked.get(f"/staff/classes/{willow.id}/home-code").get_data(as_text=True)
    assert asked.send(f"/staff/classes/{willow.id}/home-code").status_code == 303
    assert client.get(f"/H/{token}/en").status_code == 404
    assert token not in asked.get(f"/staff/classes/{willow.id}/home-code").get_data(as_text=True)


def test_a_pupil_is_shown_the_code_of_their_own_class(sign_in: SignInAs, amina: Pupil, token: str) -> None:
    assert 'class="qr"' in sign_in(amina).get("/for-home").get_data(as_text=True)


def test_a_teacher_does_not_reach_another_class(sign_in: SignInAs, teacher: Staff, oak: SchoolClass) -> None:
    assert sign_in(teacher).get(f"/staff/classes/{oak.id}/home-code").status_code == 404


def test_a_class_without_a_code_says_so(sign_in: SignInAs, oak: SchoolClass, school: School) -> None:
    assert queries.find_link_of_class(oak.id) is None
    assert "teacher" in sign_in(oak).get("/for-home").get_data(as_text=True)
