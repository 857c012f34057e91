"""However a concern comes onto the screen, who read it is written down."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from kiosk.core.database import db
from kiosk.features.concerns.models import ConcernEvent, DeskSession
from kiosk.features.people.models import Pupil, Staff
from tests.checked_client import CheckedClient
from tests.features.concerns.conftest import Unlock, the_concern
from tests.features.concerns.test_desk import tell_as

WORDS = "It was on the tablet."


@pytest.mark.parametrize("form", ["notes", "seen", "close"])
def test_a_form_that_comes_back_is_reading_too(
    client: CheckedClient, live: None, amina: Pupil, unlock: Unlock, dsl: Staff, form: str
) -> None:
    tell_as(client, amina, WORDS)
    address = f"/desk/concerns/{the_concern().id}/{form}"
    desk = unlock(dsl)
    for _again in range(2):
        answer = desk.send(address)
        assert answer.status_code == 422 and WORDS in answer.get_data(as_text=True)
    events = db.session.execute(select(ConcernEvent.kind, ConcernEvent.staff_id)).all()
    assert [tuple(one) for one in events] == [("opened", dsl.id)]


def test_whoever_signs_out_leaves_no_unlocked_key_behind(live: None, unlock: Unlock, dsl: Staff) -> None:
    desk = unlock(dsl)
    assert db.session.scalars(select(DeskSession)).all()
    desk.send("/sign-out")
    assert db.session.scalars(select(DeskSession)).all() == []
