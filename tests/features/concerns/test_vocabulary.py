"""The words that a child can tell with: shown once a reader has approved them, told and read like everything else."""

from __future__ import annotations

import re

import pytest

from kiosk.core.database import db
from kiosk.features.concerns import queries, services
from kiosk.features.concerns.board import NEWEST
from kiosk.features.concerns.models import VocabularyDecision
from kiosk.features.concerns.rules import edition_after
from kiosk.features.concerns.types import VocabularyAnswer
from kiosk.features.people.models import Staff
from tests.features.concerns.child import Child, text_of
from tests.features.concerns.conftest import Unlock, the_concern, told_to
from tests.features.conftest import SignInAs

APPROVED, NOT_YET = VocabularyAnswer.APPROVED, VocabularyAnswer.NOT_YET


@pytest.fixture
def approved(dsl: Staff) -> None:
    services.decide_on_vocabulary(dsl, APPROVED, NEWEST)
    db.session.commit()


def at_the_board(child: Child) -> Child:
    return child.press("more").press("not-saying").press("symbols")


def where_symbols_are(html: str) -> str:
    (address,) = set(re.findall(r"/symbols/[^#\"]+", html))
    return address


@pytest.mark.parametrize(
    ("said", "edition"),
    [
        ([], 0),
        ([(APPROVED, 1)], 1),
        ([(NOT_YET, 1)], 0),
        ([(APPROVED, 1), (NOT_YET, 1)], 0),
        ([(NOT_YET, 1), (APPROVED, 1)], 1),
        ([(APPROVED, 1), (NOT_YET, 2)], 1),
        ([(APPROVED, 1), (APPROVED, 2), (NOT_YET, 2)], 1),
        ([(NOT_YET, 2)], 0),
    ],
)
def test_not_yet_to_new_words_takes_no_old_one_away(said: list[tuple[VocabularyAnswer, int]], edition: int) -> None:
    assert edition_after(said) == edition


def test_until_a_reader_approves_them_children_have_the_ordinary_board(child: Child) -> None:
    at_the_board(child)
    assert "add.friend" in child.form.buttons
    assert [one for one in child.form.buttons if "tell-" in one or one == "body"] == []
    for forged in ({"go": "add.tell-touch"}, {"go": "body"}, {"go": "at.tell-at-head", "page": "body"}):
        child.send(forged)
        assert "add.friend" in child.form.buttons and not child.form.fields.getlist("symbol"), forged


def test_a_child_tells_in_symbols_where_on_them_and_a_reader_reads_it(
    child: Child, approved: None, dsl: Staff, unlock: Unlock
) -> None:
    at_the_board(child).press("add.tell-carer").press("add.tell-touch").press("body")
    child.press("at.tell-at-underwear").press("at.tell-word-bottom").press("body").press("at.tell-at-arm")
    assert child.press("add.again").press("send").was_sent
    told = told_to(dsl)
    assert [(one.concept, one.word) for one in told.symbols] == [
        ("tell-carer", "carer"),
        ("tell-touch", "touch"),
        ("tell-at-underwear", "the parts my underwear covers"),
        ("tell-at-underwear", "bottom"),
        ("tell-at-arm", "my arm"),
        ("again", "again"),
    ]
    pages = {one.page: one for one in told.shown}
    assert pages["body"].chosen == "my arm" and "somewhere else" in pages["body"].options
    assert pages["underwear"].chosen == "bottom" and "vulva" in pages["underwear"].options
    assert {"carer", "Where on me", "I have no symbol for it"} <= set(pages["symbols"].options)
    desk = unlock(dsl)
    desk.send(f"/desk/concerns/{the_concern().id}/open")
    read = desk.get(f"/desk/concerns/{the_concern().id}").get_data(as_text=True)
    shown = re.findall(r'#([\w-]+)"/></svg><span dir="auto">([^<]+)<', read)
    assert shown == [(one.concept, one.word) for one in told.symbols]


def test_where_on_me_can_be_left_without_choosing(child: Child, approved: None) -> None:
    at_the_board(child).press("body").press("symbols")
    assert "body" in child.form.buttons
    child.press("body").press("back")
    assert "body" in child.form.buttons and not child.form.fields.getlist("symbol")
    child.press("body").press("at.tell-at-underwear").press("back").press("back")
    assert child.form.fields.getlist("symbol") == ["tell-at-underwear"]


@pytest.mark.parametrize(
    ("page", "choice"),
    [
        ("symbols", "add.tell-nothing"),
        ("symbols", "at.tell-at-head"),
        ("body", "at.tell-touch"),
        ("body", "at.tell-word-penis"),
        ("underwear", "at.tell-at-head"),
        ("body", "at.<script>"),
    ],
)
def test_what_a_page_does_not_offer_is_not_put_into_the_sentence(
    child: Child, approved: None, page: str, choice: str
) -> None:
    at_the_board(child).send({"page": page, "go": choice})
    assert child.answer.status_code == 200
    assert not child.form.fields.getlist("symbol")


def test_what_a_child_chose_is_sent_although_the_approval_went_meanwhile(
    child: Child, approved: None, dsl: Staff
) -> None:
    at_the_board(child).press("add.tell-hit")
    services.decide_on_vocabulary(dsl, NOT_YET, NEWEST)
    db.session.commit()
    assert child.press("send").was_sent
    assert [one.word for one in told_to(dsl).symbols] == ["hit"]


def test_the_address_of_a_page_s_symbols_does_not_say_what_was_chosen(child: Child, approved: None) -> None:
    nothing = where_symbols_are(at_the_board(child).html)
    assert where_symbols_are(child.press("add.tell-hit").html) == nothing
    before = where_symbols_are(child.press("take-back").press("words").html)
    assert where_symbols_are(child.press("symbols").press("add.tell-hit").press("words").html) == before
    assert "tell-hit" not in before and child.client.get(before).status_code == 200


def test_a_reader_sees_every_word_and_approves_it(sign_in: SignInAs, live: None, dsl: Staff) -> None:
    desk = sign_in(dsl)
    assert "wait for your approval" in text_of(desk.get("/desk").get_data(as_text=True))
    shown = text_of(desk.get("/desk/words").get_data(as_text=True))
    assert "Nobody has approved these words yet." in shown
    for words in ("carer", "leave me alone", "the parts my underwear covers", "vulva", "From behind"):
        assert words in shown
    assert desk.send("/desk/words", answer="approved", edition=str(NEWEST)).status_code == 303
    assert queries.approved_edition() == NEWEST
    after = text_of(desk.get("/desk/words").get_data(as_text=True))
    assert "Approved by Dina Dsl, today" in after and "wait for your approval" not in after


def test_each_answer_is_kept_with_who_and_when(sign_in: SignInAs, live: None, dsl: Staff, deputy: Staff) -> None:
    sign_in(dsl).send("/desk/words", answer="approved", edition=str(NEWEST))
    desk = sign_in(deputy)
    desk.send("/desk/words", answer="not-yet", edition=str(NEWEST))
    assert "“Not yet”, said Dev Deputy" in text_of(desk.get("/desk/words").get_data(as_text=True))
    kept = db.session.query(VocabularyDecision).order_by(VocabularyDecision.number).all()
    assert [(one.number, one.staff_id, one.answer) for one in kept] == [
        (1, dsl.id, "approved"),
        (2, deputy.id, "not-yet"),
    ]
    assert queries.approved_edition() == 0


@pytest.mark.parametrize(
    ("answer", "edition", "says"),
    [
        ("perhaps", str(NEWEST), "Choose one of the two."),
        ("approved", str(NEWEST + 1), "The words have changed meanwhile."),
        ("approved", "all of them", "The words have changed meanwhile."),
        ("", "", "Choose one of the two."),
    ],
)
def test_another_answer_is_refused_with_a_sentence_and_nothing_is_kept(
    sign_in: SignInAs, live: None, dsl: Staff, answer: str, edition: str, says: str
) -> None:
    told = sign_in(dsl).send("/desk/words", answer=answer, edition=edition)
    assert told.status_code == 422
    assert says in text_of(told.get_data(as_text=True))
    assert db.session.query(VocabularyDecision).count() == 0
