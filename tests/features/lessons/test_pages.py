"""The start page, the shelf, the teacher's pages, and what a broken file stops."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from kiosk import ROOT
from kiosk.content.catalogue import translate_note
from kiosk.content.loading import load_content
from kiosk.content.types import Lesson
from kiosk.factory import content_folders
from kiosk.features.people.models import Pupil, SchoolClass, Staff
from tests.checked_client import CheckedClient
from tests.features.conftest import SignInAs
from tests.features.lessons.conftest import KS1, finished, send

Ticket = Callable[..., str]


def test_the_start_page_has_todays_lesson_rules_charter_more_lessons_and_home(
    sign_in: SignInAs, amina: Pupil
) -> None:
    page = sign_in(amina).get("/home").get_data(as_text=True)
    for href in (f"/learn/{KS1}", "/lessons"):
        assert f'href="{href}"' in page
    assert page.count('class="tile ') + page.count('class="tile"') == 5
    assert "Amina, Willow" in page


def test_no_name_is_inside_what_is_spoken(sign_in: SignInAs, amina: Pupil) -> None:
    page = sign_in(amina).get("/home").get_data(as_text=True)
    [before, *_rest] = page.split("<main")
    assert "Amina" in before
    assert page.count("Amina") == 1


def test_not_me_signs_out_by_a_form_at_the_back_place(sign_in: SignInAs, amina: Pupil) -> None:
    client = sign_in(amina)
    page = client.get("/home").get_data(as_text=True)
    back = page.split('class="bar__back"')[1].split('class="bar__listen"')[0]
    assert 'method="post" action="/sign-out"' in back
    client.send("/sign-out")
    assert client.get("/home").status_code == 302


def test_a_finished_lesson_is_ticked(
    sign_in: SignInAs, amina: Pupil, ben: Pupil, ticket: Ticket, client: CheckedClient
) -> None:
    tablet = sign_in(amina)
    assert "tile__done" not in tablet.get("/lessons").get_data(as_text=True)
    send(client, ticket(tablet), finished())
    for path in ("/home", "/lessons"):
        assert tablet.get(path).get_data(as_text=True).count("tile__done") == 1
    assert "tile__done" not in sign_in(ben).get("/lessons").get_data(as_text=True)


def test_a_class_together_has_its_own_start_page(
    sign_in: SignInAs, oak: SchoolClass, ticket: Ticket, client: CheckedClient
) -> None:
    tablet = sign_in(oak)
    send(client, ticket(tablet, lesson="ask-before-you-tap"), finished())
    assert "tile__done" in tablet.get("/home").get_data(as_text=True)


def test_each_sign_in_is_another_visit(sign_in: SignInAs, amina: Pupil) -> None:
    def visit() -> str:
        return sign_in(amina).get("/home").get_data(as_text=True).split('data-visit="')[1].split('"')[0]

    assert visit() != visit()


@pytest.mark.parametrize("path", ["/home", "/lessons"])
def test_nobody_and_staff_have_no_start_page(
    client: CheckedClient, sign_in: SignInAs, teacher: Staff, path: str
) -> None:
    assert client.get(path).location == "/"
    assert sign_in(teacher).get(path).status_code == 403


def test_only_staff_read_the_teachers_pages(
    client: CheckedClient, sign_in: SignInAs, amina: Pupil, teacher: Staff, dsl: Staff
) -> None:
    for path in ("/staff/lessons", f"/staff/lessons/{KS1}"):
        assert client.get(path).location == "/staff"
        assert sign_in(amina).get(path).status_code == 403
        assert sign_in(teacher).get(path).status_code == 200
        assert sign_in(dsl).get(path).status_code == 200


def test_a_teacher_finds_every_lesson_and_the_languages_nobody_native_has_read(
    sign_in: SignInAs, teacher: Staff
) -> None:
    page = sign_in(teacher).get("/staff/lessons").get_data(as_text=True)
    for slug in ("ask-before-you-tap", KS1, "spot-the-advert", "who-is-asking"):
        assert f'href="/staff/lessons/{slug}"' in page
    assert "Polski" in page


def test_a_teacher_reads_the_notes_and_opens_what_the_class_sees(
    sign_in: SignInAs, teacher: Staff, lesson: Lesson
) -> None:
    page = unescape(sign_in(teacher).get(f"/staff/lessons/{KS1}").get_data(as_text=True))
    for note in (lesson.notes.expect, lesson.notes.if_a_child_tells, lesson.notes.families):
        assert note.split(".")[0] in page
    assert f'href="/learn/{KS1}#/staff/lessons/{KS1}"' in page
    assert f'href="/learn/{KS1}?level=symbols&symbols=on#/staff/lessons/{KS1}"' in page


def test_the_notes_are_in_the_teachers_language(sign_in: SignInAs, teacher: Staff, lesson: Lesson) -> None:
    polish = translate_note(lesson, "expect", "pl")
    assert polish != lesson.notes.expect
    page = unescape(sign_in(teacher).get(f"/staff/lessons/{KS1}?language=pl").get_data(as_text=True))
    assert polish in page and lesson.notes.expect not in page


def test_there_are_no_notes_of_a_lesson_that_does_not_exist(sign_in: SignInAs, teacher: Staff) -> None:
    assert sign_in(teacher).get("/staff/lessons/nothing").status_code == 404


@pytest.fixture
def broken(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The KS1 lesson's file has a mistake in its fourth line."""
    shutil.copytree(ROOT / "lessons", tmp_path / "lessons")
    file = tmp_path / "lessons" / "ks1" / f"{KS1}.yaml"
    file.write_text(file.read_text("utf-8").replace("strand: privacy-and-security", "strand: pirates"), "utf-8")
    _folders, phrases = content_folders(app.extensions["kiosk settings"])
    monkeypatch.setitem(app.extensions, "kiosk content", load_content([tmp_path], phrases))


@pytest.mark.usefixtures("broken")
def test_a_broken_file_stops_its_own_lesson_and_no_other(
    client: CheckedClient, sign_in: SignInAs, amina: Pupil
) -> None:
    assert client.get(f"/learn/{KS1}").status_code == 404
    assert client.get("/learn/spot-the-advert", follow_redirects=True).status_code == 200
    tablet = sign_in(amina)
    assert KS1 not in tablet.get("/home").get_data(as_text=True)
    shelf = tablet.get("/lessons").get_data(as_text=True)
    assert KS1 not in shelf
    assert "/learn/ask-before-you-tap" in shelf


@pytest.mark.usefixtures("broken")
def test_staff_are_told_where_a_file_is_broken_and_what_to_write(sign_in: SignInAs, teacher: Staff) -> None:
    page = unescape(sign_in(teacher).get("/staff/lessons").get_data(as_text=True))
    assert f"lessons/ks1/{KS1}.yaml is left out until it is mended" in page
    assert "Line 4, column 9" in page
    assert "pirates" in page
    assert str(ROOT) not in page
    assert "to be mended" in page
