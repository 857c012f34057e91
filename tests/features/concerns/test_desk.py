"""The readers' desk: nameless while it is locked, and locked whenever nobody is there."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from kiosk.core.clock import later, now
from kiosk.core.database import db
from kiosk.features.concerns import keys, services
from kiosk.features.concerns.models import DeskSession, ReaderKey
from kiosk.features.people.models import Pupil, Staff
from tests.checked_client import CheckedClient
from tests.features.concerns.child import Child, text_of
from tests.features.concerns.conftest import CHEAP, PASSPHRASE, Unlock, the_concern
from tests.features.conftest import SignInAs


def page_of(client: CheckedClient, path: str = "/desk") -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.location
    return text_of(answer.get_data(as_text=True))


def is_locked(client: CheckedClient) -> bool:
    return "The desk is locked" in page_of(client)


def tell_as(client: CheckedClient, pupil: Pupil, words: str = "") -> None:
    child = Child(client).press("come").press(f"class.{pupil.class_id}").press(f"pupil.{pupil.id}")
    assert child.press("send", words=words).was_sent


def test_a_locked_desk_says_how_many_wait_and_for_how_long_and_names_nobody(
    client: CheckedClient, live: None, sign_in: SignInAs, dsl: Staff, amina: Pupil
) -> None:
    assert "Nothing is waiting." in page_of(sign_in(dsl))
    tell_as(client, amina)
    with later(minutes=12):
        desk = sign_in(dsl).get("/desk").get_data(as_text=True)
    assert "1 concern is waiting. The oldest has waited for 12 minutes. Somebody wants a grown-up to come." in text_of(
        desk
    )
    assert "(1) Safeguarding desk" in desk
    for name in ("Amina", "Willow", "Dina", the_concern().id):
        assert name not in desk, name


def test_the_passphrase_opens_the_list_with_who_and_class(
    client: CheckedClient, unlock: Unlock, dsl: Staff, amina: Pupil
) -> None:
    tell_as(client, amina)
    desk = page_of(unlock(dsl))
    assert "Amina, Willow" in desk and "wants a grown-up to come" in desk and "New (1)" in desk


@pytest.mark.parametrize("passphrase", ["", "wrong words are these", PASSPHRASE + "s", "x" * 300])
def test_another_passphrase_leaves_it_locked_and_says_so(
    live: None, sign_in: SignInAs, dsl: Staff, passphrase: str
) -> None:
    client = sign_in(dsl)
    answer = client.send("/desk/unlock", passphrase=passphrase)
    assert answer.status_code == 422 and "field__error" in answer.get_data(as_text=True)
    assert is_locked(client)
    assert db.session.scalar(select(func.count()).select_from(DeskSession)) == 0


def test_five_wrong_passphrases_make_the_next_wait_even_the_right_one(
    live: None, sign_in: SignInAs, dsl: Staff
) -> None:
    client = sign_in(dsl)
    for _again in range(5):
        client.send("/desk/unlock", passphrase="wrong words are these")
    answer = client.send("/desk/unlock", passphrase=PASSPHRASE)
    assert answer.status_code == 422 and "Wait 1 minute" in answer.get_data(as_text=True)
    with later(minutes=2):
        assert client.send("/desk/unlock", passphrase=PASSPHRASE).status_code == 303
    key = db.session.scalars(select(ReaderKey).where(ReaderKey.staff_id == dsl.id)).one()
    assert (key.failures, key.not_before) == (0, None)


def test_a_colleagues_passphrase_does_not_open_my_desk(
    live: None, sign_in: SignInAs, dsl: Staff, deputy: Staff
) -> None:
    services.enrol_reader(deputy, "violet anchor biscuit moon", cost=CHEAP)
    assert sign_in(dsl).send("/desk/unlock", passphrase="violet anchor biscuit moon").status_code == 422


def test_the_password_of_signing_in_does_not_open_the_desk(live: None, sign_in: SignInAs, dsl: Staff) -> None:
    assert sign_in(dsl).send("/desk/unlock", passphrase="seven green kites").status_code == 422


def test_a_reader_without_a_passphrase_is_told_how_to_choose_one(sign_in: SignInAs, dsl: Staff) -> None:
    client = sign_in(dsl)
    assert "You have not chosen a desk passphrase yet." in page_of(client)
    assert client.send("/desk/unlock", passphrase=PASSPHRASE).status_code == 422


def test_the_cookie_is_the_desks_own_and_strict(live: None, sign_in: SignInAs, dsl: Staff) -> None:
    answer = sign_in(dsl).send("/desk/unlock", passphrase=PASSPHRASE)
    (cookie,) = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("desk=")]
    for part in ("HttpOnly", "Path=/desk", "SameSite=Strict"):
        assert part in cookie
    assert "Expires" not in cookie and "Max-Age" not in cookie


def test_the_servers_half_opens_nothing_alone(unlock: Unlock, dsl: Staff) -> None:
    unlock(dsl)
    row = db.session.scalars(select(DeskSession)).one()
    with pytest.raises(keys.DeskLocked):
        keys.open_from_session(row.blob, "A" * 43)


def test_the_desk_locks_itself_after_five_minutes_without_a_touch(unlock: Unlock, dsl: Staff) -> None:
    client = unlock(dsl)
    with later(minutes=4):
        assert not is_locked(client)
    with later(minutes=8):
        assert not is_locked(client)
    with later(minutes=14):
        assert is_locked(client)


def test_polling_is_no_touch(unlock: Unlock, dsl: Staff) -> None:
    client = unlock(dsl)
    for minute in range(1, 6):
        with later(minutes=minute - 0.5):
            for path in ("/desk/poll", "/desk/rows"):
                answer = client.get(path)
                assert "Set-Cookie" not in answer.headers, path
    with later(minutes=5.1):
        assert client.get("/desk/poll").json["locked"] is True
        assert client.get("/desk/rows").status_code == 409
        assert is_locked(client)


def test_writing_for_long_is_a_touch(unlock: Unlock, dsl: Staff) -> None:
    client = unlock(dsl)
    for minute in range(1, 16, 2):
        with later(minutes=minute):
            assert client.get("/desk/touch").status_code == 204
    with later(minutes=16):
        assert not is_locked(client)
    with later(minutes=22):
        assert client.get("/desk/touch").status_code == 409


def test_an_old_cookie_does_not_bring_a_locked_desk_back(unlock: Unlock, dsl: Staff) -> None:
    client = unlock(dsl)
    cookie = client.get_cookie("desk", path="/desk")
    assert cookie
    assert client.send("/desk/lock").status_code == 303
    assert is_locked(client)
    client.set_cookie("desk", cookie.value, path="/desk")
    assert is_locked(client)


def test_signing_out_locks_it_for_whoever_signs_in_next(unlock: Unlock, dsl: Staff, deputy: Staff) -> None:
    client = unlock(dsl)
    cookie = client.get_cookie("desk", path="/desk")
    assert cookie
    client.send("/sign-out")
    for reader in (deputy, dsl):
        client.send("/staff", email=reader.email, password="seven green kites")
        client.set_cookie("desk", cookie.value, path="/desk")
        assert is_locked(client)


@pytest.mark.parametrize("value", ["", "nonsense", "W10.x", "a" * 3_000])
def test_a_cookie_that_is_not_ours_opens_nothing(live: None, sign_in: SignInAs, dsl: Staff, value: str) -> None:
    client = sign_in(dsl)
    client.set_cookie("desk", value, path="/desk")
    assert is_locked(client)


def test_a_new_passphrase_locks_what_the_old_one_opened(unlock: Unlock, dsl: Staff) -> None:
    client = unlock(dsl)
    services.enrol_reader(dsl, "violet anchor biscuit moon", cost=CHEAP)
    assert is_locked(client)


def test_the_poll_says_how_many_wait_and_answers_not_modified(
    client: CheckedClient, live: None, sign_in: SignInAs, dsl: Staff, amina: Pupil
) -> None:
    desk = sign_in(dsl)
    answer = desk.get("/desk/poll")
    assert (answer.json["waiting"], answer.json["told"], answer.json["locked"]) == (0, 0, True)
    unchanged = {"If-None-Match": answer.headers["ETag"]}
    assert desk.get("/desk/poll", headers=unchanged).status_code == 304
    tell_as(client, amina)
    answer = desk.get("/desk/poll", headers=unchanged)
    assert answer.status_code == 200 and answer.json["waiting"] == 1
    assert answer.json["title"] == "(1) Safeguarding desk"
    assert "Amina" not in answer.get_data(as_text=True) and the_concern().id not in answer.get_data(as_text=True)


def test_a_desk_left_alone_for_an_hour_still_rings_and_opens_nothing(
    client: CheckedClient, unlock: Unlock, dsl: Staff, amina: Pupil
) -> None:
    desk = unlock(dsl)
    with later(hours=1):
        tell_as(client, amina)
        answer = desk.get("/desk/poll")
        assert (answer.json["waiting"], answer.json["locked"], answer.json["here"]) == (1, True, False)
        assert desk.get("/desk").location.endswith("/staff")
        assert desk.get("/desk/rows").status_code == 401
        assert desk.send("/desk/unlock", passphrase=PASSPHRASE).status_code == 401
    with later(hours=13):
        assert desk.get("/desk/poll").status_code == 401


def test_a_desk_that_was_signed_out_does_not_ring(unlock: Unlock, dsl: Staff) -> None:
    desk = unlock(dsl)
    desk.send("/sign-out")
    assert desk.get("/desk/poll").status_code == 401


def test_the_list_can_be_asked_for_alone(client: CheckedClient, unlock: Unlock, dsl: Staff, amina: Pupil) -> None:
    desk = unlock(dsl)
    tell_as(client, amina)
    answer = desk.get("/desk/rows")
    assert "Amina" in answer.json["html"] and "<html" not in answer.json["html"]


def test_a_page_of_the_desk_makes_a_fixed_number_of_queries(
    client: CheckedClient, unlock: Unlock, dsl: Staff, amina: Pupil, ben: Pupil, count_queries: type
) -> None:
    desk = unlock(dsl)
    tell_as(client, amina)
    with count_queries() as few:
        desk.get("/desk")
    for pupil in (amina, ben, ben):
        tell_as(client, pupil)
    with count_queries() as many:
        desk.get("/desk")
    assert few.number == many.number


def test_an_hour_is_shown_as_the_school_counts_it(
    client: CheckedClient, unlock: Unlock, dsl: Staff, amina: Pupil
) -> None:
    desk = unlock(dsl)
    tell_as(client, amina)
    assert re.search(rf"today, \d\d:{now():%M}", page_of(desk))


def test_a_reader_is_told_what_children_still_lack_to_send(sign_in: SignInAs, dsl: Staff) -> None:
    desk = page_of(sign_in(dsl))
    assert "two readers must have chosen a desk passphrase" in desk and "there is no recovery key yet" in desk


def test_a_database_that_fails_at_the_desk_is_said_on_a_page_of_ours(
    unlock: Unlock, dsl: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = unlock(dsl)

    def fail(_staff: Staff) -> None:
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    monkeypatch.setattr("kiosk.features.concerns.queries.waiting_for", fail)
    assert desk.get("/desk").status_code == 500
