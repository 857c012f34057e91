"""One child, one vote: three dots, to be changed until voting closes."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from kiosk.core.database import db
from kiosk.features.charters import queries, services
from kiosk.features.charters.holding import UnknownRuleError
from kiosk.features.charters.models import Dot
from kiosk.features.charters.types import Move, State
from kiosk.features.people import services as people
from kiosk.features.people.models import SchoolClass
from tests.features.charters.conftest import Class, Text
from tests.features.conftest import SignInAs


@pytest.fixture
def voting(class_: Class) -> Class:
    class_.go_on_to(State.VOTING)
    return class_


def dots(class_: Class) -> list[int]:
    return [rule.dots for rule in class_.charter.rules]


def test_a_vote_sent_ten_times_is_one_vote(voting: Class) -> None:
    for _ in range(10):
        assert voting.vote(voting.pupils[0], 0, 1, 2).status_code == 303
    assert dots(voting) == [1, 1, 1, 0]
    assert voting.charter.voted == 1


def test_a_vote_is_changed_by_voting_again(voting: Class, text: Text) -> None:
    amina = voting.pupils[0]
    voting.vote(amina, 0, 1)
    page = voting.browser(amina).get("/charter")
    assert "You can still change them" in text(page)
    assert page.get_data(as_text=True).count(" checked>") == 2
    voting.vote(amina, 3)
    assert dots(voting) == [0, 0, 0, 1]


def test_the_same_rule_three_times_is_one_dot(voting: Class) -> None:
    voting.vote(voting.pupils[0], 2, 2, 2, 2)
    assert dots(voting) == [0, 0, 1, 0]


def test_four_dots_are_refused_and_the_vote_before_stands(voting: Class, text: Text) -> None:
    voting.vote(voting.pupils[0], 0)
    answer = voting.vote(voting.pupils[0], 0, 1, 2, 3)
    assert answer.status_code == 422
    assert "Take some away first" in text(answer)
    assert answer.get_data(as_text=True).count(" checked>") == 4
    assert dots(voting) == [1, 0, 0, 0]


def test_no_dots_say_what_to_do(voting: Class, text: Text) -> None:
    answer = voting.vote(voting.pupils[0])
    assert answer.status_code == 422
    assert "Tap the rules that you like" in text(answer)


@pytest.mark.parametrize("rules", [["nonsense"], ["' OR 1=1"], [""], ["a" * 5000]])
def test_a_rule_that_is_not_there_is_not_found(voting: Class, rules: list[str]) -> None:
    assert voting.browser(voting.pupils[0]).send("/charter/dots", rules=rules).status_code == 404
    assert dots(voting) == [0, 0, 0, 0]


def test_a_dot_for_another_classs_rule_is_not_found(voting: Class, oak: SchoolClass) -> None:
    theirs = services.add_rule(oak, "We share.")
    mine = voting.charter.rules[0].id
    answer = voting.browser(voting.pupils[0]).send("/charter/dots", rules=[mine, theirs.id])
    assert answer.status_code == 404
    assert dots(voting) == [0, 0, 0, 0]


def test_a_pupil_votes_as_themselves_whatever_the_form_says(voting: Class) -> None:
    amina, ben = voting.pupils[:2]
    rule = voting.charter.rules[0].id
    voting.browser(amina).send("/charter/dots", rules=[rule], pupil=ben.id)
    assert queries.pupils_who_voted(voting.charter.id or "") == {amina.id}


@pytest.mark.parametrize("state", [State.COLLECTING, State.COUNTED, State.SETTLED, State.SIGNING, State.FINISHED])
def test_a_vote_while_voting_is_closed_is_told_so_and_not_kept(class_: Class, text: Text, state: State) -> None:
    class_.go_on_to(state)
    answer = class_.vote(class_.pupils[0], 0)
    assert answer.status_code == 409
    assert "Your class has moved on" in text(answer)
    assert dots(class_) == [0, 0, 0, 0]


def test_who_was_away_votes_when_voting_is_opened_again(voting: Class) -> None:
    voting.vote(voting.pupils[0], 0)
    voting.move(Move.CLOSE_VOTING)
    voting.move(Move.VOTE_AGAIN)
    voting.vote(voting.pupils[1], 0, 1)
    assert dots(voting) == [2, 1, 0, 0]


def refused_by_the_database(dot: Dot) -> None:
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(dot)
        db.session.flush()


def test_the_database_itself_refuses_a_fourth_dot(voting: Class) -> None:
    amina = voting.pupils[0]
    voting.vote(amina, 0, 1, 2)
    charter = voting.charter
    for slot in (0, 1, 3, 4):
        refused_by_the_database(
            Dot(charter_id=charter.id, pupil_id=amina.id, rule_id=charter.rules[3].id, slot=slot)
        )


def test_the_database_itself_refuses_two_dots_on_one_rule(voting: Class) -> None:
    amina = voting.pupils[0]
    voting.vote(amina, 0)
    charter = voting.charter
    refused_by_the_database(Dot(charter_id=charter.id, pupil_id=amina.id, rule_id=charter.rules[0].id, slot=2))


def test_the_database_itself_refuses_a_dot_across_charters(voting: Class, oak: SchoolClass) -> None:
    theirs = services.add_rule(oak, "We share.")
    refused_by_the_database(
        Dot(charter_id=voting.charter.id, pupil_id=voting.pupils[0].id, rule_id=theirs.id, slot=1)
    )
    with pytest.raises(UnknownRuleError):
        services.vote(voting.school_class, voting.pupils[0], [theirs.id])


def test_a_class_together_votes_by_its_childrens_faces(
    app: Flask, oak: SchoolClass, class_: Class, sign_in: SignInAs, text: Text
) -> None:
    zoe, yan = people.add_pupil(oak, "Zoe", "face-fox"), people.add_pupil(oak, "Yan", "face-cat")
    for words in ("We stop.", "We ask.", "We are kind."):
        services.add_rule(oak, words)
    people.give_class(people.queries.find_staff_by_email("tara@oak.example"), oak)  # type: ignore[arg-type]
    class_.teacher.send(f"/staff/classes/{oak.id}/charter/move", move="open-voting")
    tablet = sign_in(oak)
    rules = queries.charter_of(oak.id).rules

    assert "Who votes now?" in text(tablet.get("/charter"))
    assert "Zoe" in text(tablet.get(f"/charter?pupil={zoe.id}"))
    for _ in range(2):
        assert tablet.send("/charter/dots", rules=[rules[0].id], pupil=zoe.id).status_code == 303
    tablet.send("/charter/dots", rules=[rules[0].id, rules[1].id], pupil=yan.id)
    assert [rule.dots for rule in queries.charter_of(oak.id).rules] == [2, 1, 0]
    assert "They have voted" in text(tablet.get("/charter"))

    assert tablet.send("/charter/dots", rules=[rules[0].id]).status_code == 404
    assert tablet.send("/charter/dots", rules=[rules[0].id], pupil=class_.pupils[0].id).status_code == 404
    assert tablet.get(f"/charter?pupil={class_.pupils[0].id}").status_code == 404
