"""A photograph helps a child to tell, and is no part of what they tell."""

from __future__ import annotations

from datetime import timedelta

from kiosk.core.clock import today
from kiosk.features.people import photographs
from kiosk.features.people.models import Pupil, Staff
from kiosk.features.people.pictures import square_of
from kiosk.features.people.types import Consent, ConsentBy
from tests.features.concerns.child import Child
from tests.features.concerns.conftest import told_to
from tests.features.conftest import SignInAs
from tests.features.people.pictures import picture


def test_a_child_sees_their_own_face_and_their_readers_and_neither_is_in_the_concern(
    live: None, sign_in: SignInAs, amina: Pupil, ben: Pupil, dsl: Staff
) -> None:
    consent = Consent("Amina's mother", ConsentBy.PARENT, today(), today() + timedelta(days=30))
    own, of_reader = (photographs.keep(one, consent, square_of(picture()), by=dsl).id for one in (amina, dsl))
    child = Child(sign_in(amina)).press("more")
    assert f'src="/photograph/{own}"' in child.html
    faces = child.press("somebody-else").press(f"class.{amina.class_id}")
    assert faces.html.count("/photograph/") == 1
    receipt = faces.press(f"pupil.{amina.id}").press("send", words="The purple canary sang")
    assert receipt.was_sent and receipt.html.count("/photograph/") == 1
    assert f'src="/photograph/{of_reader}"' in receipt.html
    told = repr(told_to(dsl))
    assert "The purple canary sang" in told and own not in told and "photograph" not in told
