"""What a reader does with a concern: written down, sealed, and never changed."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kiosk.core import audit
from kiosk.core.audit import AuditEntry
from kiosk.core.clock import later
from kiosk.core.database import db
from kiosk.features.concerns import services
from kiosk.features.concerns.models import Concern, ConcernEvent, ConcernWrap
from kiosk.features.people.models import Pupil, Staff
from kiosk.features.people.services import add_staff
from kiosk.features.people.types import Role
from tests.checked_client import CheckedClient
from tests.features.concerns.child import Child, text_of
from tests.features.concerns.conftest import CHEAP, PASSPHRASE, Unlock, concerns, the_concern
from tests.features.concerns.test_desk import page_of, tell_as
from tests.features.concerns.test_sending import rows_of_everything
from tests.features.conftest import PASSWORD, SignInAs

WORDS = "It was on the tablet.\n<b>Really</b> {{ 7 * 7 }}"
NOTE = "Rang the office at ten; talked with her in the library."


@pytest.fixture
def concern(client: CheckedClient, live: None, amina: Pupil) -> Concern:
    """Amina told something."""
    tell_as(client, amina, WORDS)
    return the_concern()


def open_it(desk: CheckedClient, concern: Concern) -> str:
    answer = desk.send(f"/desk/concerns/{concern.id}/open")
    assert (answer.status_code, answer.location) == (303, f"/desk/concerns/{concern.id}")
    return text_of(desk.get(answer.location).get_data(as_text=True))


def test_opening_is_written_down_and_shows_everything_word_for_word(
    concern: Concern, unlock: Unlock, dsl: Staff
) -> None:
    page = open_it(unlock(dsl), concern)
    assert "Amina, Willow" in page and "It was on the tablet. <b>Really</b> {{ 7 * 7 }}" in page
    assert "First read by Dina Dsl, today" in page and "Nobody has it yet" in page
    assert "We can help you. I want a grown-up to come · I want to tell something · Back · Send now · Leave" in page
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert entry and (entry.action, entry.actor, entry.subject) == ("opened", dsl.id, concern.id)


def test_its_page_is_not_shown_unless_it_was_opened_at_this_desk(
    concern: Concern, unlock: Unlock, dsl: Staff, sign_in: SignInAs
) -> None:
    address = f"/desk/concerns/{concern.id}"
    desk = unlock(dsl)
    assert desk.get(address).location == "/desk"
    open_it(desk, concern)
    desk.send("/desk/lock")
    assert desk.get(address).location == "/desk"
    with later(seconds=5):
        desk.send("/desk/unlock", passphrase=PASSPHRASE)
        assert desk.get(address).location == "/desk", "each unlocking writes anew who opened it"
        open_it(desk, concern)
    assert [one.kind for one in db.session.scalars(select(ConcernEvent))] == ["opened", "opened"]


def test_i_have_this_is_written_once_and_colleagues_see_it(
    concern: Concern, unlock: Unlock, dsl: Staff, deputy: Staff
) -> None:
    desk = unlock(dsl)
    open_it(desk, concern)
    for _again in range(2):
        assert desk.send(f"/desk/concerns/{concern.id}/acknowledge").status_code == 303
    assert "Mine (1)" in page_of(desk) and "Nothing is waiting." in page_of(desk)
    colleague = page_of(unlock(deputy))
    assert "With a colleague (1)" in colleague and "Dina Dsl has it" in colleague
    kinds = [one.kind for one in db.session.scalars(select(ConcernEvent).order_by(ConcernEvent.number))]
    assert kinds == ["opened", "acknowledged"]


def test_a_colleague_may_take_it_over(concern: Concern, unlock: Unlock, dsl: Staff, deputy: Staff) -> None:
    unlock(dsl).send(f"/desk/concerns/{concern.id}/acknowledge")
    desk = unlock(deputy)
    desk.send(f"/desk/concerns/{concern.id}/acknowledge")
    assert "Mine (1)" in page_of(desk)


def test_what_was_done_is_sealed_and_both_readers_read_it(
    concern: Concern, unlock: Unlock, dsl: Staff, deputy: Staff
) -> None:
    desk = unlock(dsl)
    desk.send(f"/desk/concerns/{concern.id}/notes", text=NOTE)
    desk.send(
        f"/desk/concerns/{concern.id}/seen",
        by_whom="Tara Teacher",
        when="today at 10.40",
        text="She said: now it is better",
    )
    assert "Rang the office" not in rows_of_everything() and "better" not in rows_of_everything()
    page = open_it(unlock(deputy), concern)
    assert NOTE in page and "Seen by Tara Teacher, today at 10.40" in page and "She said: now it is better" in page
    assert "child seen" not in page_of(desk), "nobody has it yet, so the list says that first"


def test_closing_needs_a_reason_and_can_be_taken_back(concern: Concern, unlock: Unlock, dsl: Staff) -> None:
    desk = unlock(dsl)
    refused = desk.send(f"/desk/concerns/{concern.id}/close", reason="", text="done")
    assert refused.status_code == 422 and "Choose a reason." in refused.get_data(as_text=True)
    assert desk.send(f"/desk/concerns/{concern.id}/close", reason="early-help", text="With Ms Ali").status_code == 303
    assert "Amina" not in page_of(desk) and "Amina" in page_of(desk, "/desk/done")
    page = open_it(desk, concern)
    assert "Passed to early help" in page and "With Ms Ali" in page and "What was done" in page
    assert desk.send(f"/desk/concerns/{concern.id}/reopen").status_code == 303
    assert "Mine (1)" in page_of(desk) and "Amina" not in page_of(desk, "/desk/done")


@pytest.mark.parametrize(
    ("action", "fields", "sentence"),
    [
        ("notes", {"text": ""}, "Write what was done."),
        ("notes", {"text": "   "}, "Write what was done."),
        ("notes", {"text": "a" * 8_001}, "Write at most 8,000 letters"),
        ("notes", {}, "Write what was done."),
        ("seen", {"by_whom": "", "when": "now", "text": "a"}, "Write who saw the child."),
        ("seen", {"by_whom": "a" * 121, "when": "now", "text": "a"}, "Write at most 120 letters."),
        ("seen", {"by_whom": "Tara", "when": "", "text": "a"}, "Write when"),
        ("seen", {"by_whom": "Tara", "when": "now", "text": ""}, "Write what was said"),
        ("close", {"reason": "because", "text": ""}, "Choose a reason."),
        ("close", {"reason": "handled", "text": "a" * 8_001}, "Write at most 8,000 letters."),
    ],
)
def test_each_form_says_beside_the_field_what_to_mend_and_keeps_the_rest(
    concern: Concern, unlock: Unlock, dsl: Staff, action: str, fields: dict[str, str], sentence: str
) -> None:
    answer = unlock(dsl).send(f"/desk/concerns/{concern.id}/{action}", **fields)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422 and sentence in html and "field__error" in html
    assert all(value in html for value in fields.values() if value.strip() and value != "because")
    # The form that comes back shows the concern, so that it was opened is written down; nothing else is.
    assert [one.kind for one in db.session.scalars(select(ConcernEvent))] == ["opened"]


def test_a_note_that_comes_after_the_desk_locked_itself_is_kept_until_it_is_unlocked(
    concern: Concern, unlock: Unlock, dsl: Staff
) -> None:
    desk = unlock(dsl)
    with later(minutes=7):
        address = f"/desk/concerns/{concern.id}/notes"
        answer = desk.send(address, text=NOTE)
        html = answer.get_data(as_text=True)
        assert answer.status_code == 422 and f'action="{address}"' in html and NOTE in html
        assert "Amina" not in html and db.session.scalars(select(ConcernEvent)).all() == []
        assert desk.send(address, text=NOTE, passphrase="wrong words are these").status_code == 422
        assert desk.send(address, text=NOTE, passphrase=PASSPHRASE).status_code == 303
        assert NOTE in open_it(desk, concern)


@pytest.mark.parametrize("action", ["open", "acknowledge", "reopen"])
def test_nothing_is_done_at_a_locked_desk(
    concern: Concern, live: None, sign_in: SignInAs, dsl: Staff, action: str
) -> None:
    answer = sign_in(dsl).send(f"/desk/concerns/{concern.id}/{action}")
    assert (answer.status_code, answer.location) == (303, "/desk")
    assert db.session.scalars(select(ConcernEvent)).all() == []


def test_events_are_numbered_without_a_gap_and_the_chain_is_whole(concern: Concern, unlock: Unlock, dsl: Staff) -> None:
    desk = unlock(dsl)
    open_it(desk, concern)
    desk.send(f"/desk/concerns/{concern.id}/notes", text="one")
    desk.send(f"/desk/concerns/{concern.id}/acknowledge")
    assert list(db.session.scalars(select(ConcernEvent.number).order_by(ConcernEvent.number))) == [1, 2, 3]
    assert audit.first_broken_entry("concerns") is None


def test_a_reader_whom_it_is_not_sealed_to_sees_no_row_and_no_number(
    concern: Concern, unlock: Unlock, sign_in: SignInAs, dsl: Staff
) -> None:
    late = add_staff("Lena Late", "lena@oak.example", [Role.DEPUTY], password=PASSWORD)
    services.enrol_reader(late, PASSPHRASE, cost=CHEAP)
    desk = unlock(late)
    page = page_of(desk)
    assert "Nothing is waiting." in page and "Amina" not in page
    poll = desk.get("/desk/poll").json
    assert (poll["waiting"], poll["told"], poll["version"]) == (0, 0, "0.0")
    for action in ("open", "acknowledge", "notes", "seen", "close", "reopen"):
        assert desk.send(f"/desk/concerns/{concern.id}/{action}", text="a").status_code == 404
    assert desk.get(f"/desk/concerns/{concern.id}").status_code == 404


def test_what_cannot_be_opened_is_shown_as_such_and_not_as_a_fault(
    concern: Concern, unlock: Unlock, dsl: Staff
) -> None:
    concern.envelope = concern.envelope.replace('"nonce":"', '"nonce":"AAAA')[:-20]
    desk = unlock(dsl)
    assert "Cannot be opened" in page_of(desk)
    assert "Your key does not open this" in open_it(desk, concern)


def test_a_new_passphrase_does_not_open_what_came_before_and_the_desk_says_so(
    concern: Concern, unlock: Unlock, dsl: Staff
) -> None:
    services.enrol_reader(dsl, PASSPHRASE, cost=CHEAP)
    assert "Cannot be opened" in page_of(unlock(dsl))


def test_the_same_sending_with_other_words_is_flagged_on_both(
    client: CheckedClient, unlock: Unlock, dsl: Staff
) -> None:
    for words in ("one", "two"):
        Child(client).send({"page": "words", "words": words, "go": "send", "sent_id": "A" * 32})
    desk = unlock(dsl)
    assert page_of(desk).count("came twice, not the same") == 2
    assert "look at both" in open_it(desk, concerns()[0])


@pytest.mark.parametrize("concern_id", ["nothing", "a%00b", "x" * 300, "A' OR 1=1"])
def test_a_concern_that_does_not_exist_is_not_found(unlock: Unlock, dsl: Staff, concern_id: str) -> None:
    desk = unlock(dsl)
    assert desk.get(f"/desk/concerns/{concern_id}").status_code == 404
    assert desk.send(f"/desk/concerns/{concern_id}/open").status_code == 404


def test_wraps_name_no_key_of_another_school(concern: Concern) -> None:
    assert {one.school_id for one in db.session.scalars(select(ConcernWrap))} == {concern.school_id}
