"""A photograph helps a child to tell, and is no part of what they tell."""

from __future__ import annotations

from datetime import timedelta

from kiosk.core.clock import today
from kiosk.features.people import photographs
from kiosk.features.people.models import Pupil, Staff
from kiosk.features.people.pictures import square_of
from kiosk.features.people.types import Consent, ConsentBy
from tests.features.concerns.child import Child
from tests.features.concerns.conftest import ReadBack
from tests.features.conftest import SignInAs
from tests.features.people.pictures import picture


def test_a_child_sees_their_own_face_and_the_readers_and_neither_is_in_the_concern(
    sign_in: SignInAs, live: None, amina: Pupil, ben: Pupil, dsl: Staff
) -> None:
    consent = Consent("Amina's mother", ConsentBy.PARENT, today(), today() + timedelta(days=30))
    own, of_reader = (photographs.keep(one, consent, square_of(picture()), by=dsl).id for one in (amina, dsl))
