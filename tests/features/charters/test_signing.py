"""Signing the charter: once, with a finger, a name or a symbol."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from kiosk.core.database import db
from kiosk.features.charters import queries, services
from kiosk.features.charters.models import CharterSignature
from kiosk.features.charters.types import SignedBy, State
from kiosk.features.people import services as people
from kiosk.features.people.models import SchoolClass
from tests.features.charters.conftest import STROKES, Class, Text
from tests.features.conftest import SignInAs


@pytest.fixture
def signing(class_: Class) -> Class:
    class_.go_on_to(State.SIGNING)
    return class_


def find(class_: Class) -> CharterSignature | None:
    return queries.find_signature(class_.charter.id or "", class_.pupils[0].id)


@pytest.mark.parametrize(
    ("sent", "strokes", "name", "symbol"),
    [
        ({"way": "draw", "strokes": STROKES}, [[[100, 100], [400, 300], [700, 120]]], None, None),
        ({"way": "name", "typed_name": "Amina"}, None, "Amina", None),
        ({"way": "symbol", "chosen_symbol": "face-fox"}, None, None, "face-fox"),
    ],
)
def test_a_signature_keeps_what_was_drawn_typed_or_chosen(
    signing: Class, sent: dict[str, str], strokes: object, name: str | None, symbol: str | None
) -> None:
    assert signing.browser(signing.pupils[0]).send("/charter/signature", **sent).status_code == 303
    kept = find(signing)
    assert kept and (kept.strokes, kept.typed_name, kept.symbol) == (strokes, name, symbol)


def test_signing_twice_keeps_the_first_signature(signing: Class) -> None:
    browser = signing.browser(signing.pupils[0])
    browser.send("/charter/signature", way="draw", strokes=STROKES)
    assert browser.send("/charter/signature", way="name", typed_name="Somebody else").status_code == 303
    kept = find(signing)
    assert kept and SignedBy(kept.way) is SignedBy.DRAWING
    assert signing.charter.signed == 1
    assert browser.get("/charter/sign").location.endswith("done=signed")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"way": "draw", "strokes": ""},
        {"way": "draw", "strokes": "[[[0,0,0]]]"},
        {"way": "draw", "strokes": "<svg onload=alert(1)>"},
        {"way": "draw", "strokes": "[[[0,0,0],[9999,9999,1]]]"},
        {"way": "name", "typed_name": " "},
        {"way": "name", "typed_name": "A" * 61},
        {"way": "symbol"},
        {"way": "symbol", "chosen_symbol": "tell"},
        {"way": "rubber-stamp", "typed_name": "Amina"},
    ],
)
def test_what_is_no_signature_is_refused_with_a_sentence(signing: Class, text: Text, sent: dict[str, str]) -> None:
    answer = signing.browser(signing.pupils[0]).send("/charter/signature", **sent)
    assert answer.status_code == 422
    assert "Then sign." in text(answer)
    assert find(signing) is None


@pytest.mark.parametrize("state", [State.COLLECTING, State.VOTING, State.COUNTED, State.SETTLED])
def test_nobody_signs_what_is_not_settled_and_opened(class_: Class, text: Text, state: State) -> None:
    class_.go_on_to(state)
    browser = class_.browser(class_.pupils[0])
    assert browser.get("/charter/sign").status_code == 302
    for sent in ({"way": "draw", "strokes": STROKES}, {"way": "draw"}):
        answer = browser.send("/charter/signature", **sent)
        assert answer.status_code == 409
        assert "Your class has moved on" in text(answer)
    assert find(class_) is None


def test_the_database_itself_keeps_one_signature_a_pupil(signing: Class) -> None:
    amina = signing.pupils[0]
    signing.browser(amina).send("/charter/signature", way="name", typed_name="Amina")
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(CharterSignature(charter_id=signing.charter.id, pupil_id=amina.id, way="name"))
        db.session.flush()


def test_a_class_together_signs_face_by_face(
    app: Flask, oak: SchoolClass, class_: Class, sign_in: SignInAs, text: Text
) -> None:
    zoe = people.add_pupil(oak, "Zoe", "face-fox")
    people.add_pupil(oak, "Yan", "face-cat")
    for words in ("We stop.", "We ask.", "We are kind."):
        services.add_rule(oak, words)
    charter = queries.find_newest(oak.id)
    assert charter
    for place, rule in enumerate(queries.rules_of(charter.id), start=1):
        rule.place = place
    charter.state = State.SIGNING.value
    tablet = sign_in(oak)

    assert "Who signs now?" in text(tablet.get("/charter/sign"))
    assert tablet.get(f"/charter/sign?pupil={zoe.id}").status_code == 200
    answer = tablet.send("/charter/signature", way="draw", strokes=STROKES, pupil=zoe.id)
    assert answer.location.endswith("/charter/sign?done=signed")
    assert text(tablet.get("/charter/sign")).index("Yan") < text(tablet.get("/charter/sign")).index("Zoe")
    assert tablet.send("/charter/signature", way="draw", strokes=STROKES).status_code == 404
    foreign = class_.pupils[0].id
    assert tablet.send("/charter/signature", way="draw", strokes=STROKES, pupil=foreign).status_code == 404
    assert tablet.get(f"/charter/sign?pupil={foreign}").status_code == 404
    assert set(queries.pupils_who_signed(charter.id)) == {zoe.id}
