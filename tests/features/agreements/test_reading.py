"""A pupil reads their agreement, says something of each rule, and may stop and go on tomorrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from kiosk.core import clock
from kiosk.core.database import db
from kiosk.features.agreements.leaves import Edition
from kiosk.features.agreements.models import AgreementVersion, RuleMark
from kiosk.features.people import services as people
from kiosk.features.people.models import Pupil, SchoolClass
from kiosk.features.people.types import SignInBy
from tests.features.agreements.conftest import counted_queries, mark, mark_all
from tests.features.agreements.reading import leaf_of, texts_on
from tests.features.conftest import SignInAs


def marks() -> dict[str, str]:
    return {one.rule_id: one.mark for one in db.session.scalars(select(RuleMark))}


def test_nobody_reads_it_without_signing_in(client: FlaskClient) -> None:
    assert client.get("/agreement").status_code == 302
    assert client.get("/agreement/rule/1").status_code == 302


def test_each_rule_has_a_page_with_its_reason_and_two_cards(
    sign_in: SignInAs, amina: Pupil, edition: Edition
) -> None:
    browser = sign_in(amina)
    opening = browser.get("/agreement")
    assert "/agreement/rule/1" in opening.get_data(as_text=True)
    for number, rule_id in enumerate(edition.rule_ids, 1):
        texts = texts_on(browser.get(f"/agreement/rule/{number}"))
        leaf = edition.leaf_at("full", "en")
        for part in ("text", "because"):
            assert " ".join(leaf.by_key[f"rules.{rule_id}.{part}"].text.split()) in texts
        assert {"I understand", "I want to ask"} <= set(texts)


def test_reading_writes_nothing(sign_in: SignInAs, amina: Pupil) -> None:
    browser = sign_in(amina)
    for path in ("/agreement", "/agreement/rule/1", "/agreement/closing", "/agreement/sign"):
        browser.get(path)
    assert db.session.scalars(select(AgreementVersion)).all() == []


def test_a_mark_is_kept_at_once_and_the_page_says_so(sign_in: SignInAs, amina: Pupil) -> None:
    browser = sign_in(amina)
    answer = mark(browser, 1, "ask")
    assert answer.location == "/agreement/rule/1"
    shown = browser.get("/agreement/rule/1")
    assert "Your teacher will talk with you about it. You can go on." in texts_on(shown)
    assert 'value="ask" data-guard aria-pressed="true"' in shown.get_data(as_text=True)
    assert "/agreement/rule/2" in shown.get_data(as_text=True)


def test_they_stop_and_go_on_tomorrow_at_the_rule_that_is_left(sign_in: SignInAs, amina: Pupil) -> None:
    browser = sign_in(amina)
    mark(browser, 1)
    mark(browser, 2)
    browser.send("/sign-out")
    with clock.later(days=1):
        tomorrow = sign_in(amina)
        opening = tomorrow.get("/agreement").get_data(as_text=True)
        assert 'href="/agreement/rule/3"' in opening
        assert tomorrow.get("/agreement/closing").location == "/agreement/rule/3"
        assert tomorrow.get("/agreement/sign").location == "/agreement/rule/3"


def test_going_back_and_changing_keeps_the_last_word(sign_in: SignInAs, amina: Pupil) -> None:
    browser = sign_in(amina)
    mark(browser, 1, "ask")
    mark(browser, 1)
    mark(browser, 1)
    assert marks() == {"ask": "understand"}


def test_after_the_last_rule_comes_what_always_holds(sign_in: SignInAs, amina: Pupil) -> None:
    browser = sign_in(amina)
    mark_all(browser)
    assert "/agreement/closing" in browser.get("/agreement/rule/5").get_data(as_text=True)
    (closing,) = texts_on(browser.get("/agreement/closing"))
    assert closing == "If something went wrong, I can still tell. It is not my fault if someone hurts me."


@pytest.mark.parametrize("number", [0, 6, 99999999999])
def test_a_rule_that_does_not_exist_is_not_found(sign_in: SignInAs, amina: Pupil, number: int) -> None:
    browser = sign_in(amina)
    assert browser.get(f"/agreement/rule/{number}").status_code == 404
    assert browser.send(f"/agreement/rule/{number}", mark="ask").status_code == 404


@pytest.mark.parametrize("what", ["", "disagree", "ASK", "x" * 100_000])
def test_another_mark_is_answered_with_what_to_tap(sign_in: SignInAs, amina: Pupil, what: str) -> None:
    browser = sign_in(amina)
    answer = mark(browser, 1, what)
    assert answer.status_code == 422
    assert "Tap one of the two cards." in texts_on(answer)
    assert marks() == {}


def test_a_mark_on_words_that_have_changed_meanwhile_is_not_kept(
    sign_in: SignInAs, amina: Pupil, other_wording: Callable[..., Edition]
) -> None:
    browser = sign_in(amina)
    old = leaf_of(browser.get("/agreement/rule/1"))
    other_wording("I ask first.", version="newer")
    answer = browser.send("/agreement/rule/1", mark="understand", leaf=old)
    assert answer.status_code == 409
    assert "The words of our rules have changed. Let's look at them again." in texts_on(answer)
    assert marks() == {}


@pytest.mark.parametrize("leaf", ["", "0" * 64, "x" * 9999])
def test_a_text_that_was_never_in_force_is_answered_kindly(sign_in: SignInAs, amina: Pupil, leaf: str) -> None:
    assert sign_in(amina).send("/agreement/rule/1", mark="ask", leaf=leaf).status_code == 409
    assert marks() == {}


def test_a_mended_translation_keeps_the_marks(
    sign_in: SignInAs, amina: Pupil, other_wording: Callable[..., Edition]
) -> None:
    browser = sign_in(amina)
    mark(browser, 1)
    other_wording("I ask first.", version=None)
    assert 'href="/agreement/rule/2"' in browser.get("/agreement").get_data(as_text=True)
    mark(browser, 2)
    assert len(db.session.scalars(select(AgreementVersion)).all()) == 2


def test_at_symbol_level_the_cards_and_rules_have_few_words(sign_in: SignInAs, amina: Pupil, edition: Edition) -> None:
    browser = sign_in(amina)
    shown = browser.get("/agreement/rule/1?level=symbols")
    assert "Ask, then use the tablet. If a box pops up, I ask." in texts_on(shown)
    assert leaf_of(shown) == edition.leaf_at("symbols", "en").digest


def test_a_band_without_an_agreement_says_so_and_leads_on(sign_in: SignInAs, school: object) -> None:
    elm = people.add_class("Elm", "ks3", "face-tree", clock.school_year(clock.today()), SignInBy.FACE)
    browser = sign_in(people.add_pupil(elm, "Kit", "face-kite"))
    assert "There are no rules here yet. Ask your teacher." in texts_on(browser.get("/agreement"))
    for path in ("/agreement/rule/1", "/agreement/closing", "/agreement/sign", "/agreement/signed"):
        assert browser.get(path).status_code == 404


def test_a_page_asks_the_database_little(sign_in: SignInAs, amina: Pupil, willow: SchoolClass) -> None:
    browser = sign_in(amina)
    mark_all(browser)
    for path in ("/agreement", "/agreement/rule/3", "/agreement/closing", "/agreement/sign"):
        with counted_queries() as asked:
            browser.get(path)
        assert len(asked) <= 6, (path, asked)
