"""A pupil signs: the very text shown, once, in the way they can."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

import pytest
from sqlalchemy import select

from kiosk.core.database import db
from kiosk.features.agreements import queries
from kiosk.features.agreements.leaves import Edition
from kiosk.features.agreements.models import AgreementLeaf, AgreementVersion, Signature
from kiosk.features.people.models import Pupil
from tests.features.agreements.conftest import DRAWN, LINE, mark, mark_all, sign, signature_of
from tests.features.agreements.reading import leaf_of, passages_on, texts_on
from tests.features.conftest import SignInAs


def signatures() -> list[Signature]:
    return list(db.session.scalars(select(Signature).order_by(Signature.number)))


def test_drawing_signs_and_the_receipt_shows_the_stroke(sign_in: SignInAs, amina: Pupil) -> None:
    browser = sign_in(amina)
    mark_all(browser)
    assert sign(browser).location == "/agreement/signed"
    receipt = browser.get("/agreement/signed")
    assert "You signed" in texts_on(receipt)
    assert 'd="M100 200L300 150L500 260"' in receipt.get_data(as_text=True)
    (signature,) = signatures()
    assert (signature.pupil_id, signature.way, signature.strokes) == (amina.id, "drawn", LINE)
    assert (signature.level, signature.language, signature.with_class) == ("full", "en", False)


@pytest.mark.parametrize("level", ["full", "simple", "symbols"])
def test_the_hash_is_of_the_exact_text_shown(sign_in: SignInAs, amina: Pupil, level: str) -> None:
    browser = sign_in(amina)
    mark_all(browser)
    shown = browser.get(f"/agreement/sign?level={level}")
    browser.send("/agreement/sign", leaf=leaf_of(shown), way="draw", strokes=DRAWN)
    (signature,) = signatures()
    body = db.session.scalars(select(AgreementLeaf.body).where(AgreementLeaf.digest == signature.leaf)).one()
    assert hashlib.sha256(body.encode()).hexdigest() == signature.leaf == leaf_of(shown)
    assert (signature.level, json.loads(body)["level"]) == (level, level)
    kept = [(" ".join(one["text"].split()), one["symbols"]) for one in json.loads(body)["texts"]]
    read = passages_on(shown)
    start = read.index(kept[0])
    assert read[start : start + len(kept)] == kept


def test_every_page_on_the_way_showed_what_the_leaf_holds(sign_in: SignInAs, amina: Pupil, edition: Edition) -> None:
    browser = sign_in(amina)
    mark_all(browser)
    seen = []
    for path in ("/agreement", *(f"/agreement/rule/{n}" for n in range(1, 6)), "/agreement/closing"):
        seen += passages_on(browser.get(path))
    for one in edition.leaf_at("full", "en").texts:
        assert (" ".join(one.text.split()), [list(symbol) for symbol in one.symbols]) in seen


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ({"way": "name", "typed_name": "Amina"}, "Amina"),
        ({"way": "symbol", "chosen_symbol": "heart"}, "#heart"),
        ({"way": "symbol", "chosen_symbol": "face-fox"}, "#face-fox"),
    ],
)
def test_a_name_or_a_symbol_signs_as_well(
    sign_in: SignInAs, amina: Pupil, sent: dict[str, str], shown: str
) -> None:
    browser = sign_in(amina)
    mark_all(browser)
    assert sign(browser, **{"strokes": "", **sent}).status_code == 303
    assert shown in browser.get("/agreement/signed").get_data(as_text=True)
    (signature,) = signatures()
    assert signature.typed_name + signature.symbol == next(reversed(sent.values()))


def test_asking_never_holds_a_signature_up(sign_in: SignInAs, amina: Pupil) -> None:
    browser = sign_in(amina)
    mark_all(browser, asking=(1, 2, 3, 4, 5))
    assert sign(browser).location == "/agreement/signed"
    assert "Your teacher will talk with you about your question." in texts_on(browser.get("/agreement/signed"))
    assert set(signatures()[0].marks.values()) == {"ask"}


def test_rules_not_yet_met_come_first(sign_in: SignInAs, amina: Pupil, edition: Edition) -> None:
    browser = sign_in(amina)
    mark(browser, 1)
    leaf = edition.leaf_at("full", "en").digest
    assert browser.send("/agreement/sign", leaf=leaf, way="draw", strokes=DRAWN).location == "/agreement/rule/2"
    assert signatures() == []


def test_a_double_tap_or_a_retry_keeps_one_and_shows_the_receipt(
    sign_in: SignInAs, amina: Pupil, other_wording: Callable[..., Edition]
) -> None:
    browser = sign_in(amina)
    mark_all(browser)
    leaf = leaf_of(browser.get("/agreement/sign"))
    for name in ("First", "Second", "Third"):
        answer = browser.send("/agreement/sign", leaf=leaf, way="name", typed_name=name)
        assert (answer.status_code, answer.location) == (303, "/agreement/signed")
    other_wording("I ask first.", version=None)
    assert browser.send("/agreement/sign", leaf=leaf, way="draw", strokes=DRAWN).location == "/agreement/signed"
    assert [one.typed_name for one in signatures()] == ["First"]


def test_words_that_changed_meanwhile_are_looked_at_again(
    sign_in: SignInAs, amina: Pupil, other_wording: Callable[..., Edition]
) -> None:
    browser = sign_in(amina)
    mark_all(browser)
    leaf = leaf_of(browser.get("/agreement/sign"))
    other_wording("I ask a grown-up before I use any tablet.", version=None)
    answer = browser.send("/agreement/sign", leaf=leaf, way="draw", strokes=DRAWN)
    assert answer.status_code == 409
    assert "The words of our rules have changed. Let's look at them again." in texts_on(answer)
    assert signatures() == []
    assert sign(browser).location == "/agreement/signed"


@pytest.mark.parametrize("leaf", ["", "unknown", "f" * 64, "f" * 200_000])
def test_a_version_that_does_not_exist_signs_nothing(sign_in: SignInAs, amina: Pupil, leaf: str) -> None:
    browser = sign_in(amina)
    mark_all(browser)
    assert browser.send("/agreement/sign", leaf=leaf, way="draw", strokes=DRAWN).status_code == 409
    assert signatures() == []


@pytest.mark.parametrize(
    ("strokes", "code", "sentence"),
    [
        ("", 422, "Draw your name on the pad, then sign."),
        ("[]", 422, "Draw your name on the pad, then sign."),
        ("[[[1,1,0]]]", 422, "Draw your name on the pad, then sign."),
        ("{'no': json", 422, "That drawing got lost on the way. Draw your name again."),
        ("[[[1,2,3],[99999,2,3]]]", 422, "That drawing got lost on the way. Draw your name again."),
        (json.dumps(LINE * 10_000)[:70_000], 422, "That is a lot of drawing. Draw only your name."),
        (json.dumps(LINE * 10_000), 413, "That was too much to send at once. Make it shorter and try again."),
        ("[" + "1," * 1_000_000 + "1]", 413, "That was too much to send at once. Make it shorter and try again."),
    ],
)
def test_a_drawing_that_will_not_do_is_answered_kindly_and_stores_nothing(
    sign_in: SignInAs, amina: Pupil, strokes: str, code: int, sentence: str
) -> None:
    browser = sign_in(amina)
    mark_all(browser)
    answer = sign(browser, strokes=strokes)
    assert answer.status_code == code
    assert sentence in texts_on(answer)
    assert signatures() == []


def test_a_drawing_is_put_back_where_something_else_was_missing(sign_in: SignInAs, amina: Pupil) -> None:
    browser = sign_in(amina)
    mark_all(browser)
    shown = sign(browser, way="name", typed_name="").get_data(as_text=True)
    assert 'data-sign-kept="[[[100, 200, 0], [300, 150, 40], [500, 260, 90]]]" data-way="name"' in shown


def test_signed_rules_can_be_read_again_with_what_was_asked(sign_in: SignInAs, amina: Pupil) -> None:
    browser = sign_in(amina)
    mark_all(browser, asking=(2,))
    sign(browser)
    shown = browser.get("/agreement")
    assert "This is what I signed" in texts_on(shown)
    assert texts_on(shown).count("I asked") == 1
    assert "I keep my password private, with my grown-ups. Online, my name, address and school are private too." in (
        texts_on(shown)
    )
    mark(browser, 1, "ask")
    assert texts_on(browser.get("/agreement")).count("I asked") == 2
    assert signatures()[0].marks["ask"] == "understand"


def test_what_was_signed_is_shown_as_it_was_at_the_level_it_was(
    sign_in: SignInAs, amina: Pupil, other_wording: Callable[..., Edition]
) -> None:
    browser = sign_in(amina)
    mark_all(browser)
    leaf = leaf_of(browser.get("/agreement/sign?level=full"))
    browser.send("/agreement/sign", leaf=leaf, way="draw", strokes=DRAWN)
    other_wording("These words came later.", version=None)
    texts = texts_on(browser.get("/agreement?level=simple"))
    assert "I ask a grown-up before I use a tablet. If something pops up, I stop and ask." in texts
    assert "These words came later." not in texts


def test_a_new_version_asks_to_be_read_and_signed_anew(
    sign_in: SignInAs, amina: Pupil, other_wording: Callable[..., Edition]
) -> None:
    browser = sign_in(amina)
    mark_all(browser)
    sign(browser)
    other_wording("I ask a grown-up, always.", version="newer")
    shown = browser.get("/agreement")
    assert "The rules have changed since you signed. Look at them with us." in texts_on(shown)
    assert 'href="/agreement/rule/1"' in shown.get_data(as_text=True)
    mark_all(browser)
    sign(browser)
    assert [one.version for one in signatures()][1] == "newer"
    assert signature_of(amina) == signatures()[1]
    assert queries.first_broken_signature() is None


def test_the_texts_are_frozen_once_whoever_comes_first(sign_in: SignInAs, amina: Pupil, ben: Pupil) -> None:
    for pupil in (amina, ben):
        browser = sign_in(pupil)
        mark_all(browser)
        sign(browser)
    (version,) = db.session.scalars(select(AgreementVersion))
    assert version.root == version.computed_root() == signatures()[0].root == signatures()[1].root
    assert {(leaf.level, leaf.language) for leaf in version.leaves} >= {
        ("full", "en"),
        ("simple", "en"),
        ("symbols", "en"),
    }
