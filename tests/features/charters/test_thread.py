"""The whole way of a charter: six pupils and their teacher, from the first idea to the poster."""

from __future__ import annotations

from kiosk.features.charters import queries
from kiosk.features.charters.types import Move, State
from tests.features.charters.conftest import STROKES, Class, Text


def test_six_pupils_and_their_teacher_make_a_charter(class_: Class, text: Text) -> None:
    amina, ben, chidi, daria, eve, farid = class_.pupils

    # Pupils suggest: an idea, a built rule, and their own words.
    idea = class_.browser(amina)
    assert "keep our passwords private" in text(idea.get("/charter/idea"))
    sent = {"client_id": "aaaaaaaa", "way": "idea", "idea": "my-private-password"}
    assert idea.send("/charter/suggestions", **sent).location.endswith("/charter?done=suggested")
    built = class_.browser(ben)
    assert "when a box pops up" in text(built.get("/charter/board?what=ask&when=pop-up"))
    built.send("/charter/suggestions", client_id="bbbbbbbb", way="board", what="ask", when="pop-up")
    class_.suggest(chidi, "We are kind in every game.")
    class_.suggest(daria, "We laugh at Ben")
    assert "Your teacher reads it first." in text(class_.browser(chidi).get("/charter"))
    assert "We are kind" not in text(class_.browser(ben).get("/charter"))

    # The teacher reads them, allows three, leaves one, adds one.
    waiting = {one.plain: one for one in queries.suggestions_to(class_.charter.id or "")}
    assert list(waiting)[1] == "We ask a grown-up when a box pops up."
    for words, one in waiting.items():
        answer = "not-now" if "Ben" in words else "allow"
        assert class_.teacher.send(f"{class_.path}/suggestions/{one.id}/{answer}").status_code == 303
    class_.add("We stop and think.")
    assert [rule.plain for rule in class_.charter.rules][1:] == [
        "We ask a grown-up when a box pops up.", "We are kind in every game.", "We stop and think.",
    ]  # fmt: skip
    assert "Not this time" in text(class_.browser(daria).get("/charter"))

    # The class votes, and the teacher sees the dots.
    assert class_.move(Move.OPEN_VOTING).status_code == 303
    for pupil in class_.pupils:
        assert "three dots" in text(class_.browser(pupil).get("/charter"))
        assert class_.vote(pupil, 0, 1).status_code == 303
    class_.vote(farid, 0, 2, 3)
    assert [rule.dots for rule in class_.charter.rules] == [6, 5, 1, 1]
    assert class_.charter.voted == 6
    assert "6 of 6" in text(class_.teacher.get(class_.path))
    class_.move(Move.CLOSE_VOTING)
    assert "being counted" in text(class_.browser(amina).get("/charter"))

    # They settle, read, and sign: with a finger, a name, a symbol.
    class_.move(Move.SETTLE, [rule.id for rule in class_.charter.rules[:3]])
    assert "Soon we can all sign" in text(class_.browser(amina).get("/charter"))
    class_.move(Move.OPEN_SIGNING)
    for pupil, signature in (
        (amina, {"way": "draw", "strokes": STROKES}),
        (ben, {"way": "name", "typed_name": "Ben Okoro"}),
        (eve, {"way": "symbol", "chosen_symbol": "star"}),
    ):
        assert class_.browser(pupil).get("/charter/sign").status_code == 200
        assert class_.browser(pupil).send("/charter/signature", **signature).status_code == 303
    assert "you signed" in text(class_.browser(amina).get("/charter"))
    assert class_.charter.signed == 3

    # It is finished: families read its rules, and a pupil who was away still signs.
    assert queries.find_finished_charter(class_.school_class.id) is None
    class_.move(Move.FINISH)
    finished = queries.find_finished_charter(class_.school_class.id)
    assert finished and [rule.place for rule in finished.rules] == [1, 2, 3]
    assert "So many of us have signed" in text(class_.browser(chidi).get("/charter"))
    class_.browser(chidi).send("/charter/signature", way="draw", strokes=STROKES)
    assert class_.charter.signed == 4

    # A year later they change it: the old one stays the class's charter until the new one is finished.
    class_.move(Move.CHANGE_AGAIN)
    assert (class_.charter.number, class_.charter.state) == (2, State.COLLECTING)
    assert len(class_.charter.rules) == 3
    assert "We ask a grown-up" in text(class_.browser(amina).get("/charter/now"))
    kept = queries.find_finished_charter(class_.school_class.id)
    assert kept and kept.number == 1
