"""Who may call what: nobody but readers comes near the desk."""

from __future__ import annotations

import pytest
from flask import Flask

from kiosk.features.people.models import Pupil, SchoolClass, Staff
from kiosk.web.access import Access
from tests.checked_client import CheckedClient
from tests.features.conftest import SignInAs

DESK = ["/desk", "/desk/done", "/desk/touch", "/desk/rows", "/desk/words", "/desk/concerns/abcdefgh"]
ACTIONS = [
    "/desk/unlock",
    "/desk/lock",
    "/desk/words",
    *(f"/desk/concerns/abcdefgh/{one}" for one in ("open", "acknowledge", "notes", "seen", "close", "reopen")),
]


@pytest.fixture(params=["pupil", "class", "teacher", "head"])
def excluded(
    request: pytest.FixtureRequest, sign_in: SignInAs, amina: Pupil, oak: SchoolClass, teacher: Staff, head: Staff
) -> CheckedClient:
    """A browser of somebody who reads no concerns."""
    return sign_in({"pupil": amina, "class": oak, "teacher": teacher, "head": head}[request.param])


def test_nobody_but_a_reader_may_see_the_desk(excluded: CheckedClient) -> None:
    for path in (*DESK, "/desk/poll"):
        assert excluded.get(path).status_code == 403, path


def test_nobody_but_a_reader_may_do_anything_at_it(excluded: CheckedClient) -> None:
    for path in ACTIONS:
        assert excluded.send(path, passphrase="a", text="a").status_code == 403, path


def test_nobody_at_all_is_sent_to_sign_in(client: CheckedClient) -> None:
    assert client.get("/desk").location == "/staff"
    assert client.get("/desk/poll").status_code == 401
    for path in ACTIONS:
        assert client.send(path).status_code == 401, path


def test_a_post_without_a_token_is_refused(sign_in: SignInAs, dsl: Staff) -> None:
    client = sign_in(dsl)
    for path in ACTIONS:
        assert client.post(path, data={"passphrase": "a"}).status_code == 400, path


def test_the_routes_of_concerns_say_who_may_call_them(app: Flask) -> None:
    """The list that a change of access has to change too."""
    said = {
        name.removeprefix("concerns."): view.__kiosk_access__
        for name, view in app.view_functions.items()
        if name.startswith("concerns.")
    }
    anyone = {
        "tell",
        "go_on",
        "sent",
        "poll",
        "choose_passphrase",
        "keep_passphrase",
        "make_recovery_key",
        "keep_recovery_key",
    }
    readers = {
        "desk",
        "done",
        "unlock",
        "lock",
        "touch",
        "rows",
        "open_concern",
        "concern",
        "acknowledge",
        "write_note",
        "mark_seen",
        "close",
        "reopen",
        "vocabulary",
        "decide_on_vocabulary",
    }
    assert said == {**dict.fromkeys(anyone, Access.ANYONE), **dict.fromkeys(readers, Access.READER)}
