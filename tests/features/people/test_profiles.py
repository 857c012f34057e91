"""How a child likes it: it follows them to any tablet, and a shared tablet forgets it when they leave."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

import pytest
from flask import Flask

from kiosk.core import clock
from kiosk.core.clock import school_year, today
from kiosk.features.people import queries, services
from kiosk.features.people.models import Pupil, SchoolClass, Staff
from kiosk.features.people.types import Passport, Role, SignInBy
from tests.checked_client import CheckedClient
from tests.features.conftest import SignInAs


def shown_to(client: CheckedClient, path: str = "/display") -> dict[str, str]:
    """The choices that stand on a page's <html>."""
    tag = re.search(r"<html[^>]*>", client.get(path).get_data(as_text=True))
    assert tag
    return dict(re.findall(r'data-([a-z]+)="([^"]*)"', tag[0]))


def kept_on(client: CheckedClient, cookie: str) -> dict[str, str] | None:
    found = client.get_cookie(cookie)
    return None if found is None else dict(parse_qsl(found.value))


def start(client: CheckedClient, pupil: Pupil) -> None:
    assert client.send(f"/class/{pupil.class_id}/pupils/{pupil.id}").status_code == 303


def test_what_a_child_keeps_follows_them_to_another_tablet(sign_in: SignInAs, amina: Pupil) -> None:
    here = sign_in(amina)
    answer = here.send("/display", level="symbols", theme="dark", scan="one", pace="3,5", back="/home")
    assert answer.status_code == 303 and answer.location == "/home"
    there = shown_to(sign_in(amina), "/home")
    assert (there["level"], there["theme"], there["scan"], there["pace"]) == ("symbols", "dark", "one", "3.5")
    profile = queries.find_profile(amina.id)
    assert profile and profile.staff_id is None
    # What is as the band starts is not kept: it may change with the next band.
    assert profile.choices == {
        "level": "symbols", "theme": "dark", "scan": "one", "pace": "3.5", "language": "en",
    }  # fmt: skip


def test_a_shared_tablet_forgets_it_when_they_leave(sign_in: SignInAs, amina: Pupil, ben: Pupil) -> None:
    tablet = sign_in(amina)
    tablet.send("/display", theme="contrast", size="xl")
    start(tablet, ben)
    assert shown_to(tablet)["theme"] == "cream"
    start(tablet, amina)
    assert shown_to(tablet)["theme"] == "contrast"
    tablet.send("/sign-out")
    assert kept_on(tablet, "display") is None
    assert shown_to(tablet, "/")["size"] == "m"


def test_a_tablet_left_alone_forgets_it_too(sign_in: SignInAs, amina: Pupil) -> None:
    tablet = sign_in(amina)
    tablet.send("/display", theme="contrast")
    with clock.later(minutes=20):
        assert shown_to(tablet, "/")["theme"] == "cream"
        assert kept_on(tablet, "display") is None


def test_a_tablet_without_anybody_has_its_own_which_comes_back(client: CheckedClient, amina: Pupil) -> None:
    client.send("/display", theme="dark", level="symbols")
    start(client, amina)
    home = shown_to(client, "/home")
    # The colours are the tablet's, but how a text reaches a child is never what somebody before them tapped.
    assert (home["theme"], home["level"]) == ("dark", "full")
    client.send("/display", theme="contrast")
    client.send("/sign-out")
    first = shown_to(client, "/")
    assert (first["theme"], first["level"]) == ("dark", "symbols")


def test_staff_on_a_pupils_tablet_see_it_as_the_tablet_stands(
    sign_in: SignInAs, amina: Pupil, teacher: Staff
) -> None:
    tablet = sign_in(amina)
    tablet.send("/display", theme="contrast")
    tablet.send("/staff", email=teacher.email, password="seven green kites")
    assert shown_to(tablet, "/staff/classes/" + amina.class_id)["theme"] == "cream"
    tablet.send("/display", theme="dark", spacing="wide", typeface="reading")
    page = shown_to(tablet, "/staff/classes/" + amina.class_id)
    assert (page["theme"], page["spacing"], page["typeface"]) == ("dark", "wide", "reading")


def test_nothing_speaks_by_itself_on_a_tablet_without_headphones(
    app: Flask, client: CheckedClient, amina: Pupil
) -> None:
    client.send("/display", headphones="on")
    start(client, amina)
    client.send("/display", listen="auto")
    assert shown_to(client)["listen"] == "auto"
    loud = app.test_client()
    assert isinstance(loud, CheckedClient)
    start(loud, amina)
    assert shown_to(loud, "/home")["listen"] == "tap"
    # Keeping another choice there does not take it from them elsewhere.
    loud.send("/display", size="l")
    start(client, amina)
    assert (shown_to(client, "/home")["listen"], shown_to(client, "/home")["size"]) == ("auto", "l")


def test_a_class_that_starts_together_has_the_tablets_own_where_its_band_says_nothing_else(
    client: CheckedClient, oak: SchoolClass, school: object
) -> None:
    elms = services.add_class("Elm", "lks2", "face-owl", school_year(today()), SignInBy.TOGETHER)
    client.send("/display", theme="dark")
    client.send(f"/class/{elms.id}/together")
    home = shown_to(client, "/home")
    assert (home["theme"], home["symbols"]) == ("dark", "off")
    client.send("/display", theme="contrast")
    client.send(f"/class/{oak.id}/together")
    assert shown_to(client, "/home")["theme"] == "dark"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("pace", "99", "Use plus and minus"),
        ("hold", "a while", "Use plus and minus"),
        ("pace", "nan", "Use plus and minus"),
        ("theme", "pink", "Choose one of these"),
        ("select", "<script>", "Choose another key"),
        ("step", "K" * 400, "Choose another key"),
    ],
)
def test_a_value_that_does_not_exist_is_refused_with_what_to_do_and_nothing_is_kept(
    sign_in: SignInAs, amina: Pupil, field: str, value: str, sentence: str
) -> None:
    client = sign_in(amina)
    answer = client.send("/display", **{"size": "xl", field: value})
    assert answer.status_code == 422
    assert sentence in " ".join(re.sub(r"<[^>]+>", "", answer.get_data(as_text=True)).split())
    assert queries.find_profile(amina.id) is None
    assert shown_to(client, "/home")["size"] == "m"


def test_two_switches_need_two_keys(sign_in: SignInAs, amina: Pupil) -> None:
    client = sign_in(amina)
    assert client.send("/display", scan="two", select="KeyA", step="KeyA").status_code == 422
    assert client.send("/display", scan="two", select="KeyA", step="F8").status_code == 303
    assert shown_to(client, "/home")["step"] == "F8"


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/", "/x\\y", "javascript:x", "/a?b=%0d"])
def test_the_page_leads_back_into_the_kiosk_and_nowhere_else(sign_in: SignInAs, amina: Pupil, back: str) -> None:
    assert sign_in(amina).send("/display", back=back).location == "/home"


def test_a_teacher_sets_it_and_the_class_list_says_so(sign_in: SignInAs, amina: Pupil, teacher: Staff) -> None:
    client = sign_in(teacher)
    path = f"/staff/classes/{amina.class_id}/pupils"
    assert "as the class does" in client.get(path).get_data(as_text=True)
    answer = client.send(
        f"{path}/{amina.id}", level="symbols", scan="two", select="Space", step="Enter", says_stop="  taps\ttwice "
    )
    assert answer.status_code == 303
    listed = client.get(answer.location).get_data(as_text=True)
    assert "Reading level: symbols and key words" in listed and "taps twice" in listed
    profile = queries.find_profile(amina.id)
    assert profile and profile.staff_id == teacher.id
    assert shown_to(sign_in(amina), "/home")["scan"] == "two"


def test_who_only_has_the_lines_written_goes_on_as_the_tablet_does(
    client: CheckedClient, sign_in: SignInAs, amina: Pupil, teacher: Staff
) -> None:
    sign_in(teacher).send(f"/staff/classes/{amina.class_id}/pupils/{amina.id}", says_yes="smiles")
    client.send("/display", theme="dark")
    start(client, amina)
    assert shown_to(client, "/home")["theme"] == "dark"


def test_what_a_teacher_writes_too_long_comes_back_and_nothing_is_kept(
    sign_in: SignInAs, amina: Pupil, teacher: Staff
) -> None:
    answer = sign_in(teacher).send(
        f"/staff/classes/{amina.class_id}/pupils/{amina.id}", says_yes="y" * 121, says_no="frowns\0", pace="0.1"
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Say it in 120 letters or fewer" in page and "Write a number from 0.5 to 10.0." in page
    assert "y" * 121 in page and "frowns" in page and 'value="0.1"' in page
    assert queries.find_profile(amina.id) is None


def test_another_teachers_pupils_are_not_there(sign_in: SignInAs, amina: Pupil, oak: SchoolClass, head: Staff) -> None:
    other = services.add_staff("Olu Other", "olu@oak.example", [Role.TEACHER], password="seven green kites")
    services.give_class(other, oak)
    client = sign_in(other)
    of_oak = f"/staff/classes/{oak.id}/pupils"
    for path in (f"/staff/classes/{amina.class_id}/pupils/{amina.id}", f"{of_oak}/{amina.id}"):
        assert client.get(path).status_code == 404
        assert client.send(path, says_yes="x").status_code == 404
        assert client.send(f"{path}/forget").status_code == 404
    assert queries.find_profile(amina.id) is None
    assert sign_in(head).get(f"/staff/classes/{amina.class_id}/pupils/{amina.id}").status_code == 200


def test_it_is_forgotten_when_the_teacher_says_so_and_when_the_pupil_leaves_the_school(
    sign_in: SignInAs, amina: Pupil, ben: Pupil, teacher: Staff
) -> None:
    for pupil in (amina, ben):
        services.keep_choices(pupil, {"theme": "dark"})
        services.keep_passport(pupil, Passport(says_no="looks away"), by=teacher)
    sign_in(teacher).send(f"/staff/classes/{amina.class_id}/pupils/{amina.id}/forget")
    services.pupil_leaves(ben)
    assert queries.find_profile(amina.id) is None
    assert queries.find_profile(ben.id) is None
