"""The pages of *tell*, without a script."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from kiosk.content.types import Content
from kiosk.core.database import db
from kiosk.features.concerns.board import CODES, board_of, phrase_of
from kiosk.features.concerns.models import RecoveryKey
from kiosk.features.concerns.types import Said
from kiosk.features.people.models import Pupil, SchoolClass, Staff
from tests.checked_client import CheckedClient
from tests.features.concerns.child import Child, text_of
from tests.features.concerns.conftest import concerns, the_concern, told_to
from tests.features.conftest import SignInAs


def test_one_big_choice_comes_first_and_two_numbers_are_on_every_page(child: Child, amina: Pupil) -> None:
    assert child.form.buttons.index("come") == 0
    for choice in ("come", f"class.{amina.class_id}", f"pupil.{amina.id}", "symbols", "feelings", "words"):
        assert "0800 1111" in child.html and "999" in child.html
        child.press(choice)
    assert "0800 1111" in child.press("send").html


def test_a_signed_in_pupil_is_asked_is_this_you(live: None, sign_in: SignInAs, amina: Pupil, dsl: Staff) -> None:
    child = Child(sign_in(amina)).press("come")
    assert "Amina" in child.html and child.form.buttons[:3] == ["me", "somebody-else", "not-saying"]
    assert child.press("me").press("send").was_sent
    told = told_to(dsl)
    assert (told.said, told.who.name, told.who.class_name) == (Said.PUPIL, "Amina", "Willow")
    assert (told.signed_in.kind, told.signed_in.name) == ("pupil", "Amina")


def test_somebody_else_at_a_signed_in_tablet_finds_their_own_face(
    live: None, sign_in: SignInAs, amina: Pupil, ben: Pupil, dsl: Staff
) -> None:
    child = Child(sign_in(amina)).press("come").press("somebody-else")
    child.press(f"class.{ben.class_id}").press(f"pupil.{ben.id}").press("send")
    told = told_to(dsl)
    assert (told.who.name, told.signed_in.name) == ("Ben", "Amina")


def test_a_child_may_not_say_who_and_the_reader_sees_who_was_signed_in(
    live: None, sign_in: SignInAs, amina: Pupil, dsl: Staff
) -> None:
    Child(sign_in(amina)).press("come").press("not-saying").press("send")
    told = told_to(dsl)
    assert (told.said, told.who.name, told.signed_in.name) == (Said.NOT_SAYING, "", "Amina")


def test_a_class_that_signed_in_together_is_shown_its_faces(
    live: None, sign_in: SignInAs, oak: SchoolClass, dsl: Staff
) -> None:
    child = Child(sign_in(oak)).press("come")
    assert {"not-listed", "not-saying"} <= set(child.form.buttons)
    child.press("not-listed").press("send")
    told = told_to(dsl)
    assert (told.said, told.who.class_name, told.signed_in.kind) == (Said.SOMEBODY_ELSE, "Oak", "class")


def test_words_symbols_and_feelings_are_carried_from_page_to_page(child: Child, amina: Pupil, dsl: Staff) -> None:
    words = "The game asked for my name.\n\n  <i>I said no.</i> Żółw & میں"
    child.press("more").press("not-saying")
    child.press("symbols", words=words).press("add.i").press("add.know").press("add.not").press("take-back")
    child.press("feelings").press("words", feeling=["worried", "unsure"])
    assert child.form.fields["words"] == words
    assert child.press("send").was_sent
    told = told_to(dsl)
    assert told.words == words and not told.wants_somebody_to_come
    assert [one.concept for one in told.symbols] == ["i", "know"]
    assert [one.word for one in told.feelings] == ["worried", "not sure"]


def test_what_was_shown_is_sealed_word_for_word_with_what_was_chosen(
    child: Child, amina: Pupil, ben: Pupil, dsl: Staff
) -> None:
    child.press("come").press(f"class.{amina.class_id}").press(f"pupil.{amina.id}").press("send", words="a")
    begin, classes, faces, words = told_to(dsl).shown
    assert begin.options[:2] == ("I want a grown-up to come", "I want to tell something")
    assert (begin.chosen, classes.chosen, faces.chosen) == ("I want a grown-up to come", "Willow", "Amina")
    assert {"Amina", "Ben", "My face is not here", "I am not saying", "Leave"} <= set(faces.options)
    assert (words.asked, words.chosen) == ("Tell us anything you want a grown-up to know.", "Send now")


def test_the_words_are_those_of_the_level_and_the_language_in_hand(
    live: None, client: CheckedClient, dsl: Staff
) -> None:
    client.set_cookie("display", "level=symbols&language=ur")
    child = Child(client).press("come").press("not-saying")
    assert 'dir="rtl"' in child.html and "add.i" in child.form.buttons
    child.press("add.i").press("send")
    told = told_to(dsl)
    assert (told.language, told.level) == ("ur", "symbols")


@pytest.mark.parametrize("path", [[], ["come"], ["come", "not-saying"], ["more", "not-saying", "symbols"]])
def test_every_step_may_be_skipped_and_send_now_is_on_each_page(
    child: Child, willow: SchoolClass, path: list[str]
) -> None:
    for choice in path:
        child.press(choice)
    child.press("send")
    if "come" in path:
        assert child.was_sent
    else:
        assert "Shall a grown-up come to you?" in child.text and not concerns()


def test_an_empty_send_asks_whether_a_grown_up_shall_come(child: Child, dsl: Staff) -> None:
    child.press("send")
    assert child.press("yes").was_sent
    assert told_to(dsl).wants_somebody_to_come and the_concern().wants_somebody_to_come


def test_no_to_that_question_leaves_and_stores_nothing(child: Child) -> None:
    child.press("send")
    assert re.search(r'<a class="choice"[^>]+href="/"', child.html)
    assert not concerns()


def test_everything_to_press_waits_a_second_on_arrival(child: Child, amina: Pupil) -> None:
    for choice in ("come", f"class.{amina.class_id}", f"pupil.{amina.id}", "symbols", "feelings", "send"):
        assert child.form.guarded == child.form.buttons
        assert re.search(r"<a [^>]*data-guard[^>]*data-tell-leave|<a [^>]*data-tell-leave[^>]*data-guard", child.html)
        child.press(choice)
    child = Child(child.client).press("more").press("not-saying").press("symbols").press("add.i")
    assert child.form.guarded == [], "building a sentence must not wait a second at each symbol"


def test_send_is_never_where_tell_was_and_leave_is(child: Child, willow: SchoolClass) -> None:
    for choice in ("come", "not-saying", "symbols", "feelings", "words"):
        in_tells_place = child.html.split('class="bar__tell"')[1]
        assert "data-tell-leave" in in_tells_place and 'value="send"' not in in_tells_place
        child.press(choice)


def test_leaving_is_one_link_to_a_calm_page(live: None, client: CheckedClient, sign_in: SignInAs, amina: Pupil) -> None:
    assert re.search(r'href="/"[^>]*data-tell-leave', Child(client).html)
    assert re.search(
        r'href="/home"[^>]*data-tell-leave|href="[^"]*home[^"]*"[^>]*data-tell-leave', Child(sign_in(amina)).html
    )


def test_no_page_is_kept_and_none_is_in_the_address(child: Child, amina: Pupil) -> None:
    child.press("come").press(f"class.{amina.class_id}").press(f"pupil.{amina.id}", words="kiwi")
    assert child.answer.request.full_path == "/tell?"
    assert child.answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in child.answer.headers
    child.press("send")
    assert child.answer.headers["Cache-Control"] == "no-store"
    assert "kiwi" not in child.html and "Amina" not in child.html


def test_the_receipt_says_who_reads_and_that_nobody_knows_when(child: Child, dsl: Staff, deputy: Staff) -> None:
    child.press("come").press("send")
    for text in ("Dina Dsl", "Dev Deputy", "It was sent", "Thank you for telling", "know when a grown-up"):
        assert text in child.text, text


def test_a_receipt_that_is_made_up_or_old_is_none(child: Child) -> None:
    answer = child.client.get("/tell/sent/00000000")
    assert (answer.status_code, answer.location) == (303, "/tell")


def test_we_cannot_keep_this_secret_is_said_before_and_after(child: Child) -> None:
    said = "need to know to keep you safe"
    assert said in child.text
    assert said in child.press("come").press("not-saying").text
    assert said in child.press("send").text


def test_a_child_finds_the_numbers_though_tell_is_not_live(client: CheckedClient, school: object) -> None:
    html = client.get("/tell").get_data(as_text=True)
    text = text_of(html)
    assert "This tablet can't send yet." in text and "0800 1111" in text and "Find a grown-up now." in text
    assert "<textarea" not in html and 'value="send"' not in html


def test_a_child_who_sends_when_tell_has_just_gone_is_told_so_and_keeps_their_words(child: Child) -> None:
    child.press("more").press("not-saying")
    db.session.delete(db.session.query(RecoveryKey).one())
    child.press("send", words="still here")
    assert child.answer.status_code == 503 and "not sent yet" in child.text
    assert child.form.fields["words"] == "still here" and not concerns()


def test_tell_does_not_ask_for_a_token_and_refuses_another_site(child: Child) -> None:
    fields = {"page": "begin", "go": "come"}
    assert child.client.post("/tell", data=fields).status_code == 200
    elsewhere = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert child.client.post("/tell", data=fields, headers=elsewhere).status_code == 403


def test_nothing_lists_harms_suspects_or_places(app: Flask) -> None:
    content: Content = app.extensions["kiosk content"]
    # A word of the vocabulary that a reader approves answers no question; everything else that is said may hold none.
    vocabulary = {phrase_of(code) for code in CODES - board_of(0).codes}
    phrases = [text for name, text in content.phrases.items() if name.startswith("tell.") and name not in vocabulary]
    everything = " ".join(text.at(level) for text in phrases for level in ("full", "simple", "symbols")).casefold()
    leading = (
        "hurt",
        "touch",
        "bully",
        "unkind",
        "hit",
        "dad",
        "mum",
        "teacher",
        "uncle",
        "stranger",
        "home",
        "school",
        "playground",
        "toilet",
        "bedroom",
        "who did",
        "did somebody",
        "did anyone",
        "happened",
    )
    assert [word for word in leading if re.search(rf"\b{word}", everything)] == []
