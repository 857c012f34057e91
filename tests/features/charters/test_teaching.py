"""The teacher reads first, and takes the charter on; nobody else does."""

from __future__ import annotations

import pytest
from flask import Flask

from kiosk.core import audit
from kiosk.features.charters import queries, services
from kiosk.features.charters.types import LONGEST_RULE, MOST_ALLOWED, Move, State, SuggestionState
from kiosk.features.people.models import SchoolClass, Staff
from tests.features.charters.conftest import RULES, Class, Text
from tests.features.conftest import SignInAs

URDU = "ہم پاس ورڈ نجی رکھتے ہیں۔"


def suggested(class_: Class, words: str) -> str:
    """The id of a suggestion that a pupil made."""
    class_.suggest(class_.pupils[-1], words, "abcdefgh")
    return queries.suggestions_to(class_.charter.id or "")[0].id


def listed(class_: Class) -> list[str]:
    return [rule.plain for rule in class_.charter.rules]


@pytest.mark.parametrize(
    ("words", "warning"),
    [
        ("We dont laugh at Ben.", "“Ben” is the first name of a pupil"),
        ("We only play on kindgames.com", "“kindgames.com” looks like an address"),
        ("You must never share", "“must never” forbids or threatens"),
    ],
)
def test_a_name_an_address_or_a_threat_is_looked_at_before_the_class_reads_it(
    class_: Class, text: Text, words: str, warning: str
) -> None:
    allow = f"{class_.path}/suggestions/{suggested(class_, words)}/allow"
    answer = class_.teacher.send(allow)
    assert answer.status_code == 422
    assert warning in text(answer)
    assert listed(class_) == []
    # "All the same" is worth these very words, and no others.
    assert class_.teacher.send(allow, words="We wait for Chidi.", anyway=words).status_code == 422
    assert class_.teacher.send(allow, words=words, anyway=words).status_code == 303
    assert listed(class_) == [words]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "Write the rule."),
        ("a" * 121, "at most 120 characters"),
        ("🔒" * 20, "in words"),
        ("We say 你好 to all", "cannot print “你好”"),
    ],
)
def test_words_that_cannot_stand_are_refused_beside_their_field(
    class_: Class, text: Text, words: str, says: str
) -> None:
    for path in (f"{class_.path}/rules", f"{class_.path}/suggestions/{suggested(class_, 'We stop.')}/allow"):
        answer = class_.teacher.send(path, words=words, anyway=words)
        assert answer.status_code == 422
        assert says in text(answer)
        assert 'aria-invalid="true"' in answer.get_data(as_text=True)
    assert listed(class_) == []


def test_the_teacher_changes_the_words_before_allowing(class_: Class) -> None:
    suggestion = suggested(class_, "we dont laff")
    assert class_.teacher.get(f"{class_.path}/suggestions/{suggestion}").status_code == 200
    class_.teacher.send(f"{class_.path}/suggestions/{suggestion}/allow", words="We laugh together.")
    assert listed(class_) == ["We laugh together."]
    [one] = queries.suggestions_to(class_.charter.id or "")
    assert (one.plain, one.state) == ("we dont laff", SuggestionState.ALLOWED)


def test_children_who_suggest_the_same_are_read_once_and_answered_together(class_: Class, text: Text) -> None:
    for number, words in enumerate(["We stop.", "we STOP", "We stop!"]):
        class_.suggest(class_.pupils[number], words, f"abcdefg{number}")
    assert "Amina, Ben, Chidi" in text(class_.teacher.get(class_.path))
    first = queries.suggestions_to(class_.charter.id or "")[0]
    class_.teacher.send(f"{class_.path}/suggestions/{first.id}/allow")
    assert {one.state for one in queries.suggestions_to(class_.charter.id or "")} == {SuggestionState.ALLOWED}
    assert listed(class_) == ["We stop."]


def test_not_now_is_kept_and_can_be_allowed_later(class_: Class) -> None:
    suggestion = suggested(class_, "We sing.")
    class_.teacher.send(f"{class_.path}/suggestions/{suggestion}/not-now")
    assert queries.suggestions_to(class_.charter.id or "")[0].state is SuggestionState.NOT_NOW
    class_.teacher.send(f"{class_.path}/suggestions/{suggestion}/allow")
    assert listed(class_) == ["We sing."]


def test_a_rule_taken_off_the_list_leaves_its_suggestion(class_: Class) -> None:
    suggestion = suggested(class_, "We sing.")
    class_.teacher.send(f"{class_.path}/suggestions/{suggestion}/allow")
    [rule] = class_.charter.rules
    assert class_.teacher.send(f"{class_.path}/rules/{rule.id}/remove").status_code == 303
    assert listed(class_) == []
    assert queries.suggestions_to(class_.charter.id or "")[0].state is SuggestionState.NOT_NOW


def test_a_list_is_no_longer_than_a_class_can_read(class_: Class, text: Text) -> None:
    for number in range(MOST_ALLOWED):
        services.add_rule(class_.school_class, f"We stop {number} times.")
    answer = class_.teacher.send(f"{class_.path}/rules", words="We stop once more.")
    assert answer.status_code == 422
    assert "Take one off first" in text(answer)


def test_the_teacher_chooses_the_symbols_above_the_words(class_: Class, text: Text) -> None:
    class_.add("We keep our passwords private.")
    [rule] = class_.charter.rules
    path = f"{class_.path}/rules/{rule.id}"
    assert 'value="password"' in class_.teacher.get(path).get_data(as_text=True)
    chosen = {"symbol-0": "", "symbol-3": "lock", "symbol-4": "private"}
    assert class_.teacher.send(f"{path}/symbols", **chosen).status_code == 303
    assert class_.charter.rules[0].written.concepts == ("lock", "private")
    assert class_.charter.rules[0].plain == "We keep our passwords private."

    answer = class_.teacher.send(f"{path}/symbols", **{**chosen, "symbol-1": "banjo", "symbol-2": "star"})
    assert answer.status_code == 422
    assert "There is no symbol “banjo”" in text(answer)
    assert 'value="star"' in answer.get_data(as_text=True)
    assert class_.charter.rules[0].written.concepts == ("lock", "private")


def test_a_symbol_above_each_of_very_many_words_is_refused_with_a_sentence(class_: Class, text: Text) -> None:
    class_.add(" ".join("a" * (LONGEST_RULE // 2)))
    [rule] = class_.charter.rules
    everywhere = {f"symbol-{number}": "stop-and-think" for number in range(LONGEST_RULE // 2)}
    answer = class_.teacher.send(f"{class_.path}/rules/{rule.id}/symbols", **everywhere)
    assert answer.status_code == 422
    assert text(answer).count("five in a sentence are enough") == 2
    assert class_.charter.rules[0].text == rule.text


def test_other_words_find_their_own_symbols(class_: Class) -> None:
    class_.add("We keep our passwords private.")
    path = f"{class_.path}/rules/{class_.charter.rules[0].id}"
    class_.teacher.send(f"{path}/symbols", **{"symbol-0": "lock"})
    assert class_.teacher.send(path, words="We tell a trusted adult.").status_code == 303
    assert class_.charter.rules[0].written.concepts == ("we", "tell", "trusted-adult")


def test_words_stay_once_children_vote_and_symbols_once_they_sign(class_: Class, text: Text) -> None:
    class_.go_on_to(State.VOTING)
    path = f"{class_.path}/rules/{class_.charter.rules[0].id}"
    assert class_.teacher.send(path, words="We shout.").status_code == 409
    assert class_.teacher.send(f"{path}/remove").status_code == 409
    assert class_.teacher.send(f"{path}/symbols", **{"symbol-0": "lock"}).status_code == 303
    class_.move(Move.CLOSE_VOTING)
    class_.move(Move.SETTLE, [rule.id for rule in class_.charter.rules[:3]])
    class_.move(Move.OPEN_SIGNING)
    answer = class_.teacher.send(f"{path}/symbols", **{"symbol-0": ""})
    assert answer.status_code == 409
    assert "It is here now." in text(answer)
    assert class_.charter.rules[0].plain == RULES[0]
    assert class_.charter.rules[0].written.concepts[0] == "lock"


@pytest.mark.parametrize("how_many", [0, 2, 9])
def test_a_charter_has_three_to_eight_rules(class_: Class, text: Text, how_many: int) -> None:
    for number in range(9):
        services.add_rule(class_.school_class, f"We stop {number} times.")
    class_.move(Move.OPEN_VOTING)
    class_.move(Move.CLOSE_VOTING)
    answer = class_.move(Move.SETTLE, [rule.id for rule in class_.charter.rules[:how_many]])
    assert answer.status_code == 422
    assert ("at most 8 rules" if how_many > 8 else "at least 3 rules") in text(answer)
    assert class_.charter.state is State.COUNTED


def test_the_rules_are_settled_in_the_order_that_the_teacher_sends(class_: Class) -> None:
    class_.go_on_to(State.COUNTED)
    first, second, third, fourth = class_.charter.rules
    class_.move(Move.SETTLE, [fourth.id, first.id, third.id, first.id])
    assert [rule.id for rule in class_.charter.settled_rules] == [fourth.id, first.id, third.id]
    class_.move(Move.CHOOSE_AGAIN)
    assert class_.charter.settled_rules == ()
    class_.move(Move.SETTLE, [first.id, second.id, third.id])
    assert [rule.place for rule in class_.charter.rules] == [1, 2, 3, None]


def test_the_second_of_two_teachers_who_settle_is_told_so(
    class_: Class, text: Text, head: Staff, sign_in: SignInAs
) -> None:
    class_.go_on_to(State.COUNTED)
    rules = [rule.id for rule in class_.charter.rules]
    assert class_.move(Move.SETTLE, rules[:3]).status_code == 303
    answer = sign_in(head).send(f"{class_.path}/move", move="settle", rules=rules[1:])
    assert answer.status_code == 409
    assert "perhaps by a colleague" in text(answer)
    assert [rule.id for rule in class_.charter.settled_rules] == rules[:3]


def test_no_more_ideas_are_collected_once_a_dot_is_given(class_: Class, text: Text) -> None:
    class_.go_on_to(State.VOTING)
    assert class_.move(Move.COLLECT_MORE).status_code == 303
    class_.move(Move.OPEN_VOTING)
    class_.vote(class_.pupils[0], 0)
    answer = class_.move(Move.COLLECT_MORE)
    assert answer.status_code == 422
    assert "Children have given dots already" in text(answer)
    assert class_.charter.state is State.VOTING


def test_voting_is_not_opened_with_two_rules(class_: Class, text: Text) -> None:
    class_.add(*RULES[:2])
    answer = class_.move(Move.OPEN_VOTING)
    assert answer.status_code == 422
    assert "at least 3 rules" in text(answer)


@pytest.mark.parametrize("move", ["", "burn", "SETTLE", "settle "])
def test_a_move_that_does_not_exist_is_refused(class_: Class, move: str) -> None:
    assert class_.teacher.send(f"{class_.path}/move", move=move).status_code == 400


def test_rules_of_another_class_are_not_settled_on(class_: Class, oak: SchoolClass) -> None:
    class_.go_on_to(State.COUNTED)
    theirs = services.add_rule(oak, "We share.")
    rules = [rule.id for rule in class_.charter.rules[:3]]
    assert class_.move(Move.SETTLE, [*rules, theirs.id]).status_code == 404
    assert class_.charter.state is State.COUNTED


def test_each_move_is_in_the_audit_trail_without_content(class_: Class) -> None:
    class_.go_on_to(State.FINISHED)
    assert audit.count_entries("charters") == 5
    assert audit.first_broken_entry("charters") is None


def test_every_page_and_change_is_for_the_classs_own_teacher(
    app: Flask, class_: Class, oak: SchoolClass, dsl: Staff, sign_in: SignInAs
) -> None:
    rule = services.add_rule(oak, "We share.")
    suggestion = "abcdefghijklmnop"
    pages = ["", f"/suggestions/{suggestion}", f"/rules/{rule.id}", "/poster.pdf"]
    changes = [
        f"/suggestions/{suggestion}/allow", f"/suggestions/{suggestion}/not-now", "/rules", f"/rules/{rule.id}",
        f"/rules/{rule.id}/symbols", f"/rules/{rule.id}/remove", "/move",
    ]  # fmt: skip
    pupil, reader = class_.browser(class_.pupils[0]), sign_in(dsl)
    for path in pages:
        for class_id in (oak.id, "nonsense"):
            assert class_.teacher.get(f"/staff/classes/{class_id}/charter{path}").status_code == 404
        assert pupil.get(f"{class_.path}{path}").status_code == 403
        assert reader.get(f"{class_.path}{path}").status_code == 403
    for path in changes:
        fields = {"words": "We sing.", "move": "open-voting"}
        assert class_.teacher.send(f"/staff/classes/{oak.id}/charter{path}", **fields).status_code == 404
        assert pupil.send(f"{class_.path}{path}", **fields).status_code == 403
    # Nor is another class's rule reached through one's own class.
    for path in changes[:2] + changes[3:6]:
        assert class_.teacher.send(f"{class_.path}{path}", **fields).status_code == 404
    assert [one.plain for one in queries.charter_of(oak.id).rules] == ["We share."]


def test_a_rule_in_urdu_stands_in_its_own_direction(class_: Class) -> None:
    class_.add(URDU)
    [rule] = class_.charter.rules
    assert rule.language == "ur"
    assert 'lang="ur" dir="rtl"' in class_.teacher.get(class_.path).get_data(as_text=True)
