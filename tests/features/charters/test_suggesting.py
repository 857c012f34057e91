"""Suggesting a rule: what is kept, what is refused with a sentence, and who sees it."""

from __future__ import annotations

import pytest
from flask import Flask

from kiosk.features.charters import queries
from kiosk.features.charters.types import MOST_WAITING_OF_PUPIL, State, SuggestionState, Way
from kiosk.features.people import services as people
from kiosk.features.people.models import SchoolClass
from tests.features.charters.conftest import Class, Text
from tests.features.conftest import SignInAs


def kept(class_: Class) -> list[queries.Suggested]:
    return queries.suggestions_to(class_.charter.id or "none")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "choose or write a rule first"),
        (" \n\t", "choose or write a rule first"),
        ("a" * 121, "in fewer words"),
        ("We " * 5000, "in fewer words"),
        ("😀" * 120, "use words"),
        ("\u202e\x00\x07", "choose or write a rule first"),
    ],
)
def test_what_is_no_rule_is_refused_with_a_sentence_and_nothing_is_kept(
    class_: Class, text: Text, words: str, says: str
) -> None:
    answer = class_.suggest(class_.pupils[0], words, "abcdefgh")
    assert answer.status_code == 422
    assert says in text(answer)
    assert kept(class_) == []


def test_a_refused_rule_is_still_in_its_box(class_: Class) -> None:
    assert "b" * 121 in class_.suggest(class_.pupils[0], "b" * 121, "abcdefgh").get_data(as_text=True)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"client_id": "abcdefgh"},
        {"client_id": "abcdefgh", "way": "song"},
        {"client_id": "no", "way": "words", "words": "We stop."},
        {"client_id": "a" * 33, "way": "words", "words": "We stop."},
        {"client_id": "../../etc", "way": "words", "words": "We stop."},
        {"client_id": "abcdefgh", "way": "idea", "idea": "who-is-asking"},
        {"client_id": "abcdefgh", "way": "board", "what": "shout", "when": "game"},
        {"client_id": "abcdefgh", "way": "board", "what": "ask"},
    ],
)
def test_what_none_of_our_pages_sends_is_refused(class_: Class, sent: dict[str, str]) -> None:
    assert class_.browser(class_.pupils[0]).send("/charter/suggestions", **sent).status_code == 400
    assert kept(class_) == []


def test_no_idea_chosen_says_what_to_do(class_: Class, text: Text) -> None:
    answer = class_.browser(class_.pupils[0]).send("/charter/suggestions", client_id="abcdefgh", way="idea")
    assert answer.status_code == 422
    assert "choose or write a rule first" in text(answer)


def test_the_same_client_id_twice_keeps_one(class_: Class) -> None:
    for _ in range(2):
        assert class_.suggest(class_.pupils[0], "We stop.", "abcdefgh").status_code == 303
    assert [one.plain for one in kept(class_)] == ["We stop."]


def test_the_same_idea_sent_twice_keeps_one(class_: Class) -> None:
    for client_id in ("abcdefgh", "ijklmnop"):
        class_.suggest(class_.pupils[0], "We stop.", client_id)
    assert len(kept(class_)) == 1


def test_corrected_words_count_until_the_teacher_has_answered(class_: Class, text: Text) -> None:
    amina = class_.pupils[0]
    class_.suggest(amina, "We stpo.", "abcdefgh")
    class_.suggest(amina, "We stop.", "abcdefgh")
    [one] = kept(class_)
    assert one.plain == "We stop."
    class_.teacher.send(f"{class_.path}/suggestions/{one.id}/not-now")
    answer = class_.suggest(amina, "We go.", "abcdefgh")
    assert answer.status_code == 422
    assert "You can make a new one" in text(answer)
    assert [(one.plain, one.state) for one in kept(class_)] == [("We stop.", SuggestionState.NOT_NOW)]


def test_one_pupil_cannot_change_what_another_sent(class_: Class) -> None:
    amina, ben = class_.pupils[:2]
    class_.suggest(amina, "We stop.", "abcdefgh")
    assert class_.suggest(ben, "We go.", "abcdefgh").status_code == 422
    assert [one.plain for one in kept(class_)] == ["We stop."]


def test_a_pupil_with_many_waiting_ideas_is_thanked_and_asked_to_wait(class_: Class, text: Text) -> None:
    for number in range(MOST_WAITING_OF_PUPIL):
        assert class_.suggest(class_.pupils[0], f"We stop {number} times.", f"abcdefg{number}").status_code == 303
    answer = class_.suggest(class_.pupils[0], "We stop once more.", "zzzzzzzz")
    assert answer.status_code == 422
    assert "You have many ideas" in text(answer)
    assert class_.suggest(class_.pupils[1], "We stop once more.", "yyyyyyyy").status_code == 303


def test_markup_that_a_child_types_is_not_read_as_markup(class_: Class) -> None:
    class_.suggest(class_.pupils[0], "We are [mean](kind) here")
    [one] = kept(class_)
    assert one.plain == "We are (mean)(kind) here"


def test_what_is_on_the_list_already_is_answered_at_once(class_: Class, text: Text) -> None:
    class_.add("We stop and think.")
    class_.suggest(class_.pupils[0], "we stop and think")
    assert kept(class_)[0].state is SuggestionState.ALLOWED
    assert "it is on our list" in text(class_.browser(class_.pupils[0]).get("/charter"))


def test_a_pupil_sees_only_their_own_suggestions(class_: Class, text: Text) -> None:
    class_.suggest(class_.pupils[0], "We are brave together.")
    assert "brave" in text(class_.browser(class_.pupils[0]).get("/charter"))
    assert "brave" not in text(class_.browser(class_.pupils[1]).get("/charter"))


@pytest.mark.parametrize("state", [State.VOTING, State.COUNTED, State.SETTLED, State.SIGNING, State.FINISHED])
def test_when_the_class_has_moved_on_a_suggestion_is_told_so_and_not_kept(
    class_: Class, text: Text, state: State
) -> None:
    class_.go_on_to(state)
    answer = class_.suggest(class_.pupils[0], "We stop.")
    assert answer.status_code == 409
    assert "Your class has moved on" in text(answer)
    assert kept(class_) == []
    assert class_.browser(class_.pupils[0]).get("/charter/words").status_code == 302


def test_an_idea_is_kept_in_full_words_with_its_lesson(class_: Class) -> None:
    browser = class_.browser(class_.pupils[0])
    browser.get("/charter?level=symbols")
    browser.send("/charter/suggestions", client_id="abcdefgh", way="idea", idea="my-private-password")
    [one] = kept(class_)
    assert (one.way, one.idea) == (Way.IDEA, "my-private-password")
    assert one.plain == "We keep our passwords private, with our grown-ups."


def test_an_idea_on_the_list_is_shown_at_each_childs_reading_level(class_: Class, text: Text) -> None:
    browser = class_.browser(class_.pupils[0])
    browser.send("/charter/suggestions", client_id="abcdefgh", way="idea", idea="my-private-password")
    class_.teacher.send(f"{class_.path}/suggestions/{kept(class_)[0].id}/allow")
    class_.go_on_to(State.VOTING)
    assert "with our grown-ups." in text(browser.get("/charter?symbols=off"))
    assert "Our passwords are private." in text(browser.get("/charter?level=symbols"))


def test_a_class_that_signs_in_together_suggests_together(
    app: Flask, oak: SchoolClass, sign_in: SignInAs, text: Text
) -> None:
    people.add_pupil(oak, "Amina", "face-fox")
    tablet = sign_in(oak)
    assert tablet.send("/charter/suggestions", client_id="abcdefgh", way="board", what="kind", when="always").location
    assert "We are kind." in text(tablet.get("/charter"))
    [one] = queries.suggestions_to(queries.charter_of(oak.id).id or "")
    assert (one.pupil, one.plain) == (None, "We are kind.")


def test_every_part_of_the_board_makes_a_rule(class_: Class) -> None:
    browser = class_.browser(class_.pupils[0])
    for what in ("ask", "stop", "tell", "kind", "private", "help", "check", "listen", "put-away"):
        assert browser.get(f"/charter/board?what={what}").status_code == 200
    for when in ("always", "pop-up", "message", "game", "photo", "unsure", "worried", "unkind", "bedtime"):
        page = browser.get(f"/charter/board?what=tell&when={when}")
        assert page.status_code == 200
    assert browser.get("/charter/board?what=nonsense").status_code == 200
    assert browser.get("/charter/sing").status_code == 404
