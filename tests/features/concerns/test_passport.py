"""The line of a communication passport at the desk: whoever goes to see the child reads it first."""

from __future__ import annotations

from kiosk.features.people import services as people
from kiosk.features.people.models import Pupil, Staff
from kiosk.features.people.types import Passport
from tests.features.concerns.child import Child, text_of
from tests.features.concerns.conftest import Unlock, the_concern
from tests.features.conftest import SignInAs


def test_the_desk_reads_how_the_child_says_yes_no_and_stop(
    sign_in: SignInAs, unlock: Unlock, dsl: Staff, amina: Pupil, ben: Pupil, teacher: Staff
) -> None:
    people.keep_passport(amina, Passport("looks up", "", "pushes the tablet away"), by=teacher)
    people.keep_passport(ben, Passport("nods", "", ""), by=teacher)
    desk = unlock(dsl)
    Child(sign_in(amina)).press("come").press("me").press("send")
    desk.send(f"/desk/concerns/{the_concern().id}/open")
    shown = text_of(desk.get(f"/desk/concerns/{the_concern().id}").get_data(as_text=True))
    assert "When you talk with Amina How this child says yes looks up" in shown
    assert "pushes the tablet away" in shown and "says no" not in shown and "nods" not in shown
