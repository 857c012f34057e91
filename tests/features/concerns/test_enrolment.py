"""Keys are made from one-time links: a reader's under their passphrase, the recovery key in the head's browser."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from kiosk.core import audit
from kiosk.core.clock import later
from kiosk.core.database import db
from kiosk.features.concerns import queries, services
from kiosk.features.concerns.models import ReaderKey, RecoveryKey
from kiosk.features.concerns.sealing import PrivateKey, PublicKey
from kiosk.features.people.models import Staff
from kiosk.features.people.services import make_link
from kiosk.features.people.types import LinkFor
from tests.checked_client import CheckedClient
from tests.features.concerns.conftest import CHEAP, PASSPHRASE, key_of


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the link's page makes costs as little as it can, too."""
    real = services.enrol_reader
    monkeypatch.setattr(services, "enrol_reader", lambda staff, phrase: real(staff, phrase, cost=CHEAP))


def count(table: type[ReaderKey | RecoveryKey]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_reader_chooses_a_passphrase_and_the_link_is_used_up(client: CheckedClient, dsl: Staff) -> None:
    link = f"/desk/enrol/{make_link(dsl, LinkFor.DESK)}"
    page = client.get(link).get_data(as_text=True)
    assert "Choose your desk passphrase" in page and dsl.name in page
    assert client.send(link, passphrase=PASSPHRASE, again=PASSPHRASE).location == "/staff"
    assert PublicKey.of(key_of(dsl)).key_id == queries.find_reader_key(dsl).key_id
    assert client.get(link).status_code == 410
    assert client.send(link, passphrase=PASSPHRASE, again=PASSPHRASE).status_code == 410
    assert count(ReaderKey) == 1


@pytest.mark.parametrize(
    ("passphrase", "again", "sentence"),
    [
        ("", "", "Write a passphrase."),
        ("short one", "short one", "Write four words or more"),
        ("password password password", "password password password", "too easy to guess"),
        ("Dina Dsl Oak Lane", "Dina Dsl Oak Lane", "Leave your own name"),
        ("x" * 201, "x" * 201, "at most 200"),
        (PASSPHRASE, PASSPHRASE + "s", "The two are not the same"),
        (PASSPHRASE, "", "The two are not the same"),
    ],
)
def test_a_passphrase_that_will_not_do_says_what_to_write(
    client: CheckedClient, dsl: Staff, passphrase: str, again: str, sentence: str
) -> None:
    link = f"/desk/enrol/{make_link(dsl, LinkFor.DESK)}"
    answer = client.send(link, passphrase=passphrase, again=again)
    assert answer.status_code == 422 and sentence in answer.get_data(as_text=True)
    assert count(ReaderKey) == 0 and client.get(link).status_code == 200


@pytest.mark.parametrize("purpose", [LinkFor.PASSWORD, LinkFor.RECOVERY_KEY])
def test_a_link_for_something_else_opens_nothing(client: CheckedClient, dsl: Staff, purpose: LinkFor) -> None:
    assert client.get(f"/desk/enrol/{make_link(dsl, purpose)}").status_code == 410


def test_a_link_that_has_run_out_or_never_was_opens_nothing(client: CheckedClient, dsl: Staff, head: Staff) -> None:
    desk, recovery = make_link(dsl, LinkFor.DESK), make_link(head, LinkFor.RECOVERY_KEY)
    with later(days=8):
        assert client.get(f"/desk/enrol/{desk}").status_code == 410
        assert client.get(f"/desk/recovery/{recovery}").status_code == 410
    assert client.get("/desk/enrol/ABC").status_code == 410


def test_only_a_reader_is_given_a_key(client: CheckedClient, teacher: Staff) -> None:
    assert client.get(f"/desk/enrol/{make_link(teacher, LinkFor.DESK)}").status_code == 410
    with pytest.raises(services.NotAReaderError):
        services.keeping.enrol_reader(teacher, PASSPHRASE, cost=CHEAP)


def test_the_head_puts_the_public_half_of_the_recovery_key_in_place(
    client: CheckedClient, head: Staff, recovery_key: PrivateKey
) -> None:
    link = f"/desk/recovery/{make_link(head, LinkFor.RECOVERY_KEY)}"
    assert "data-recovery" in client.get(link).get_data(as_text=True)
    public = PublicKey.of(recovery_key, "recovery")
    assert client.send(link, public_key=public.text).location == "/staff"
    kept = queries.find_recovery_key()
    assert kept and kept.key_id == public.key_id
    assert client.get(link).status_code == 410


@pytest.mark.parametrize("text", ["", "x", "A" * 87, "é", "BA" + "A" * 85])
def test_a_recovery_key_that_is_none_is_refused_and_the_link_still_works(
    client: CheckedClient, head: Staff, text: str
) -> None:
    link = f"/desk/recovery/{make_link(head, LinkFor.RECOVERY_KEY)}"
    answer = client.send(link, public_key=text)
    assert answer.status_code == 422 and "did not arrive whole" in answer.get_data(as_text=True)
    assert count(RecoveryKey) == 0 and client.get(link).status_code == 200


def test_a_second_key_retires_the_first_and_both_stay_known(dsl: Staff, recovery_key: PrivateKey) -> None:
    for _again in range(2):
        services.enrol_reader(dsl, PASSPHRASE)
        services.set_recovery_key(PublicKey.of(recovery_key, "recovery"))
    assert count(ReaderKey) == 2 and count(RecoveryKey) == 1
    assert [one.retired_at is None for one in db.session.scalars(select(ReaderKey).order_by(ReaderKey.made_at))] == [
        False,
        True,
    ]
    assert audit.first_broken_entry("concerns") is None


def test_the_database_itself_keeps_one_key_in_use_a_reader(dsl: Staff) -> None:
    first = services.enrol_reader(dsl, PASSPHRASE)
    db.session.add(ReaderKey(staff_id=dsl.id, key_id="0" * 20, public=first.public, sealed=first.sealed))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_tell_goes_live_with_the_second_reader_and_the_recovery_key(
    dsl: Staff, deputy: Staff, recovery_key: PrivateKey
) -> None:
    assert queries.tell_is_live().missing == ("readers", "recovery-key")
    services.enrol_reader(dsl, PASSPHRASE)
    services.set_recovery_key(PublicKey.of(recovery_key, "recovery"))
    assert queries.tell_is_live().missing == ("readers",)
    services.enrol_reader(deputy, PASSPHRASE)
    assert queries.tell_is_live().is_live
