"""A class that signed in together reads together, and signs face by face."""

from __future__ import annotations

from kiosk.core.database import db
from kiosk.features.people.models import Pupil, SchoolClass
from tests.features.agreements.conftest import DRAWN, sign, signature_of
from tests.features.agreements.reading import leaf_of, texts_on
from tests.features.conftest import SignInAs


def test_a_class_reads_rule_by_rule_without_marks(sign_in: SignInAs, oak: SchoolClass) -> None:
    browser = sign_in(oak)
    for number in range(1, 5):
        shown = browser.get(f"/agreement/rule/{number}")
        assert "Talk about this rule together. Ask what you want to know." in texts_on(shown)
        assert "I understand" not in texts_on(shown)
    assert "/agreement/closing" in browser.get("/agreement/rule/4").get_data(as_text=True)
    assert "/agreement/together" in browser.get("/agreement/closing").get_data(as_text=True)
    assert browser.send("/agreement/rule/1", mark="ask").status_code == 404
    assert browser.get("/agreement/sign").location == "/agreement/together"
    assert browser.send("/agreement/sign").status_code == 404


def test_one_face_after_another_signs(sign_in: SignInAs, oak: SchoolClass, zoe: Pupil, yan: Pupil) -> None:
    browser = sign_in(oak)
    assert f'href="/agreement/together/{zoe.id}"' in browser.get("/agreement/together").get_data(as_text=True)
    for pupil in (zoe, yan):
        answer = sign(browser, f"/agreement/together/{pupil.id}")
        assert answer.location == f"/agreement/together/{pupil.id}"
        assert "You signed" in texts_on(browser.get(answer.location))
    texts = texts_on(browser.get("/agreement/together"))
    assert "Everybody has signed. Thank you." in texts
    for pupil in (zoe, yan):
        signature = signature_of(pupil)
        assert signature is not None
        assert (signature.with_class, signature.marks) == (True, {})


def test_who_has_signed_stands_apart(sign_in: SignInAs, oak: SchoolClass, zoe: Pupil, yan: Pupil) -> None:
    browser = sign_in(oak)
    sign(browser, f"/agreement/together/{zoe.id}")
    shown = browser.get("/agreement/together")
    html = shown.get_data(as_text=True)
    assert html.index("Yan") < html.index("Zoe")
    assert "We have signed" in texts_on(shown)


def test_a_second_tap_shows_the_first_signature(sign_in: SignInAs, oak: SchoolClass, zoe: Pupil) -> None:
    browser = sign_in(oak)
    path = f"/agreement/together/{zoe.id}"
    leaf = leaf_of(browser.get(path))
    for name in ("Zoe", "Zed"):
        assert browser.send(path, leaf=leaf, way="name", typed_name=name).location == path
    db.session.expire_all()
    signature = signature_of(zoe)
    assert signature is not None
    assert signature.typed_name == "Zoe"


def test_a_refusal_names_what_to_do(sign_in: SignInAs, oak: SchoolClass, zoe: Pupil) -> None:
    browser = sign_in(oak)
    answer = sign(browser, f"/agreement/together/{zoe.id}", strokes="")
    assert answer.status_code == 422
    assert "Draw your name on the pad, then sign." in texts_on(answer)
    assert browser.send(f"/agreement/together/{zoe.id}", leaf="old").status_code == 409


def test_a_pupil_of_another_class_is_not_signed_for(
    sign_in: SignInAs, oak: SchoolClass, zoe: Pupil, amina: Pupil, ben: Pupil
) -> None:
    together, alone = sign_in(oak), sign_in(amina)
    leaf = leaf_of(together.get(f"/agreement/together/{zoe.id}"))
    for browser, pupil_id in ((together, amina.id), (alone, ben.id), (alone, amina.id), (together, "nobody")):
        path = f"/agreement/together/{pupil_id}"
        assert browser.get(path).status_code == 404
        assert browser.send(path, leaf=leaf, way="draw", strokes=DRAWN).status_code == 404
    assert alone.get("/agreement/together").location == "/agreement"
    assert signature_of(amina) is signature_of(ben) is None


def test_a_class_without_pupils_is_told_whom_to_ask(sign_in: SignInAs, oak: SchoolClass) -> None:
    texts = texts_on(sign_in(oak).get("/agreement/together"))
    assert "There are no face cards here yet. Ask a grown-up to add them." in texts
