"""The teacher's register: who signed, who not yet, and who wants to ask about what."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from kiosk.core.clock import school_year, today
from kiosk.core.database import db
from kiosk.features.agreements import queries, services
from kiosk.features.agreements.leaves import Edition
from kiosk.features.agreements.types import Mark, Signing, Way
from kiosk.features.people import services as people
from kiosk.features.people.faces import FACES
from kiosk.features.people.models import Pupil, SchoolClass, Staff
from kiosk.features.people.types import SignInBy
from tests.features.agreements.conftest import LINE, counted_queries, mark, mark_all, sign
from tests.features.agreements.reading import texts_on
from tests.features.conftest import SignInAs


def register_path(school_class: SchoolClass) -> str:
    return f"/staff/classes/{school_class.id}/agreement"


def test_it_shows_who_signed_and_how_and_who_not_yet(
    sign_in: SignInAs, teacher: Staff, willow: SchoolClass, amina: Pupil, ben: Pupil
) -> None:
    browser = sign_in(amina)
    mark_all(browser)
    sign(browser)
    mark(sign_in(ben), 1)
    shown = sign_in(teacher).get(register_path(willow)).get_data(as_text=True)
    assert re.search(r"Ben</strong>\s*<span class=\"soft\">1 of 5 rules", shown)
    assert re.search(r'<th scope="row">Amina</th>.*?Drawn.*?aria-label="Signature of Amina"><svg', shown, re.S)
    register = queries.register_of(willow.id)
    assert [(one.pupil.first_name, one.signature is not None, one.marked) for one in register.entries] == [
        ("Amina", True, 5),
        ("Ben", False, 1),
    ]
    assert register.signed == 1


def test_a_question_shows_the_rule_and_is_talked_about_once(
    sign_in: SignInAs, teacher: Staff, head: Staff, willow: SchoolClass, amina: Pupil
) -> None:
    pupil = sign_in(amina)
    mark(pupil, 3, "ask")
    (question,) = queries.questions_of(willow.id)
    assert (question.mark.pupil, question.picture) == (amina, "take-picture")
    browser = sign_in(teacher)
    shown = browser.get(register_path(willow)).get_data(as_text=True)
    assert "I ask before I take a picture of someone. I ask before I share it." in shown
    path = f"{register_path(willow)}/questions/{question.mark.id}"
    assert browser.send(path).location == register_path(willow)
    assert "you talked about it with Amina" in browser.get(register_path(willow)).get_data(as_text=True)
    sign_in(head).send(path)
    (question,) = queries.questions_of(willow.id)
    assert question.mark.talked_by == teacher.id
    assert "Tara Teacher" in browser.get(register_path(willow)).get_data(as_text=True)
    assert "We talked about it" in texts_on(pupil.get("/agreement/rule/3"))


def test_asking_again_opens_the_question_again(
    sign_in: SignInAs, teacher: Staff, willow: SchoolClass, amina: Pupil
) -> None:
    pupil = sign_in(amina)
    mark(pupil, 3, "ask")
    (question,) = queries.questions_of(willow.id)
    sign_in(teacher).send(f"{register_path(willow)}/questions/{question.mark.id}")
    mark(pupil, 3, "ask")
    (question,) = queries.questions_of(willow.id)
    assert question.mark.talked_at is None
    mark(pupil, 3, "understand")
    assert queries.questions_of(willow.id) == []


def test_a_question_about_earlier_rules_keeps_its_words(
    sign_in: SignInAs, teacher: Staff, willow: SchoolClass, amina: Pupil, other_wording: Callable[..., Edition]
) -> None:
    browser = sign_in(amina)
    mark_all(browser, asking=(1,))
    sign(browser)
    other_wording("Quite another rule.", version="newer")
    (question,) = queries.questions_of(willow.id)
    assert question.rule == "I ask a grown-up before I use a tablet. If something pops up, I stop and ask."
    (entry,) = queries.register_of(willow.id).entries
    assert (entry.signature, entry.earlier is not None, entry.marked) == (None, True, 0)
    assert "signed earlier rules on" in sign_in(teacher).get(register_path(willow)).get_data(as_text=True)


def test_the_register_is_for_the_class_teacher_and_the_head_alone(
    client: FlaskClient,
    sign_in: SignInAs,
    teacher: Staff,
    head: Staff,
    dsl: Staff,
    willow: SchoolClass,
    oak: SchoolClass,
    amina: Pupil,
    zoe: Pupil,
) -> None:
    mark(sign_in(amina), 1, "ask")
    (question,) = queries.questions_of(willow.id)
    assert client.get(register_path(willow)).status_code == 302
    assert sign_in(amina).get(register_path(willow)).status_code == 403
    assert sign_in(dsl).get(register_path(willow)).status_code == 403
    assert sign_in(head).get(register_path(oak)).status_code == 200
    browser = sign_in(teacher)
    assert browser.get(register_path(oak)).status_code == 404
    assert browser.get("/staff/classes/nowhere/agreement").status_code == 404
    assert browser.send(f"{register_path(oak)}/questions/{question.mark.id}").status_code == 404
    assert sign_in(head).send(f"{register_path(oak)}/questions/{question.mark.id}").status_code == 404
    assert browser.send(f"{register_path(willow)}/questions/nothing").status_code == 404
    db.session.refresh(question.mark)
    assert question.mark.talked_at is None


def test_an_understood_rule_is_no_question_to_talk_about(
    sign_in: SignInAs, teacher: Staff, willow: SchoolClass, amina: Pupil, edition: Edition
) -> None:
    kept = services.mark_rule(amina, edition, edition.leaf_at("full", "en"), "ask", Mark.UNDERSTAND)
    assert sign_in(teacher).send(f"{register_path(willow)}/questions/{kept.id}").status_code == 404


def test_a_class_without_an_agreement_has_a_register_that_says_so(sign_in: SignInAs, head: Staff) -> None:
    elm = people.add_class("Elm", "ks3", "face-tree", school_year(today()), SignInBy.FACE)
    assert "There is no agreement for this band" in sign_in(head).get(register_path(elm)).get_data(as_text=True)


@pytest.mark.parametrize("pupils", [3, 30])
def test_the_register_asks_the_database_as_often_for_thirty_pupils_as_for_three(
    sign_in: SignInAs, teacher: Staff, willow: SchoolClass, edition: Edition, pupils: int
) -> None:
    leaf = edition.leaf_at("simple", "en")
    for number in range(pupils):
        pupil = people.add_pupil(willow, f"Pupil {number}", FACES[number])
        for rule_id in edition.rule_ids:
            asks = services.mark_rule(pupil, edition, leaf, rule_id, Mark.ASK)
        services.talk_about(asks, teacher)
        if number % 3:
            services.sign(pupil, edition, leaf, Signing(Way.DRAWN, LINE), with_class=False)
    browser, path = sign_in(teacher), register_path(willow)
    with counted_queries() as asked:
        assert browser.get(path).status_code == 200
    # School and person; classes and whose; the class, its pupils, signatures, marks; questions and their texts.
    assert len(asked) <= 10, "\n".join(asked)
