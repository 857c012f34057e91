"""The lesson document: the same for everybody, and kept for ever."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from kiosk.content.types import Lesson
from kiosk.content.vocabulary import LEVELS
from kiosk.core.database import db
from kiosk.features.people.models import Pupil, SchoolClass, Staff
from kiosk.web.display import CHOICES, DEFAULT, KEYS, LANGUAGES
from tests.checked_client import CheckedClient
from tests.features.conftest import SignInAs


def address_of(client: CheckedClient, lesson: Lesson, **tried: str) -> str:
    answer = client.get(f"/learn/{lesson.id}", query_string=tried)
    assert answer.status_code == 302
    return answer.location


def test_two_pupils_a_teacher_and_nobody_get_the_same_bytes(
    app: Flask, client: CheckedClient, sign_in: SignInAs, amina: Pupil, ben: Pupil, teacher: Staff, lesson: Lesson
) -> None:
    address = address_of(client, lesson)
    bodies = {one.get(address).data for one in (client, sign_in(amina), sign_in(ben), sign_in(teacher))}
    assert len(bodies) == 1


def test_it_holds_no_person_no_token_and_sets_no_cookie(
    sign_in: SignInAs, amina: Pupil, willow: SchoolClass, lesson: Lesson
) -> None:
    client = sign_in(amina)
    answer = client.get(address_of(client, lesson))
    body = answer.get_data(as_text=True)
    assert "csrf" not in body
    assert "<form" not in body
    for private in (amina.first_name, amina.id, amina.face, willow.name, willow.id):
        assert private not in body
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_a_tablet_may_keep_it_for_ever(client: CheckedClient, lesson: Lesson) -> None:
    answer = client.get(address_of(client, lesson))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_an_old_address_leads_to_the_newest_and_is_not_kept(client: CheckedClient, lesson: Lesson) -> None:
    address = address_of(client, lesson)
    old = client.get(f"/lesson/{lesson.id}/000000000000/en/full?theme=dark&spy=1")
    assert old.status_code == 302
    assert old.location == f"{address}?theme=dark"
    assert "no-store" in old.headers["Cache-Control"]


def test_it_is_zipped_once_and_small(app: Flask, client: CheckedClient, lesson: Lesson) -> None:
    address = address_of(client, lesson)
    zipped = FlaskClient(app, app.response_class).get(address, headers={"Accept-Encoding": "gzip, br"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == client.get(address).data
    assert len(zipped.data) < 20_000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", LEVELS)
def test_every_lesson_has_its_document_at_every_level_and_in_every_language(
    app: Flask, client: CheckedClient, level: str, language: str
) -> None:
    for lesson in app.extensions["kiosk content"].lessons.values():
        answer = client.get(address_of(client, lesson, level=level, language=language))
        body = answer.get_data(as_text=True)
        assert answer.status_code == 200
        assert re.search(f'<html lang="{language}"', body)
        assert f'data-level="{level}"' in body
        assert "@sprite@" not in body


def test_the_first_screen_has_a_few_symbols_and_the_others_share_one_file(
    client: CheckedClient, lesson: Lesson
) -> None:
    body = client.get(address_of(client, lesson)).get_data(as_text=True)
    at_once, later = re.split("<noscript>", body, maxsplit=1)
    assert "/lesson-symbols/" not in at_once
    [symbols] = set(re.findall(r"/lesson-symbols/[^#\"]+", later))
    answer = client.get(symbols)
    assert answer.mimetype == "image/svg+xml"
    assert "immutable" in answer.headers["Cache-Control"]
    shown = set(re.findall(re.escape(symbols) + r"#([a-z0-9-]+)", later))
    assert shown == set(re.findall(r'<symbol id="([^"]+)"', answer.get_data(as_text=True)))


def test_symbols_asked_for_by_an_old_page_come_and_are_not_kept(client: CheckedClient, lesson: Lesson) -> None:
    answer = client.get(f"/lesson-symbols/{lesson.id}/en/full/000000000000.svg")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/learn/no-such-lesson",
        "/lesson/no-such-lesson/000000000000/en/full",
        "/lesson/my-private-password/000000000000/xx/full",
        "/lesson/my-private-password/000000000000/en/loud",
        "/lesson-symbols/my-private-password/en/loud/1.svg",
        "/lesson-symbols/no-such-lesson/en/full/1.svg",
        "/learn/no-such-lesson/done",
    ],
)
def test_what_does_not_exist_is_not_found(client: CheckedClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_it_asks_no_database(app: Flask, client: CheckedClient, lesson: Lesson) -> None:
    address, statements = address_of(client, lesson), []
    engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        with app.app_context():
            assert app.test_client().get(address).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert not [one for one in statements if not one.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA"))]


def test_the_page_knows_every_choice_of_display_and_its_default(client: CheckedClient, lesson: Lesson) -> None:
    body = client.get(address_of(client, lesson)).get_data(as_text=True)
    [given] = re.findall(r'data-choices="([^"]+)"', body)
    for one in given.split():
        name, values = one.split("=")
        if name not in KEYS:
            assert sorted(values.split(",")) == sorted(CHOICES[name])
        assert values.split(",")[0] == getattr(DEFAULT, name)
    assert {one.split("=")[0] for one in given.split()} == {*CHOICES, *KEYS} - {"level", "language"}


def test_without_scripts_the_answers_stand_in_a_fold_and_the_end_is_said_on_a_page_of_its_own(
    client: CheckedClient, lesson: Lesson
) -> None:
    body = client.get(address_of(client, lesson)).get_data(as_text=True)
    assert body.count("<details") == body.count("<summary") > 5
    assert f'href="/learn/{lesson.id}/done"' in body
