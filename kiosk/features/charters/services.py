"""What can be done with a charter's rules: one verb a function; they flush and never commit."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select

from kiosk.core.clock import now
from kiosk.core.database import db
from kiosk.features.charters import queries
from kiosk.features.charters.holding import (
    AnsweredAlreadyError,
    NothingChosenError,
    NotOpenError,
    TooManyError,
    UnknownRuleError,
    hold,
)
from kiosk.features.charters.models import (
    LONGEST_WITH_MARKUP,
    Charter,
    CharterRule,
    CharterSignature,
    Dot,
    Suggestion,
)
from kiosk.features.charters.rules import Signing, may_choose_symbols, may_sign, may_suggest, may_vote
from kiosk.features.charters.sounds import ask_for_sound
from kiosk.features.charters.types import (
    DOTS,
    MOST_ALLOWED,
    MOST_WAITING_OF_CLASS,
    MOST_WAITING_OF_PUPIL,
    State,
    SuggestionState,
    Way,
)
from kiosk.features.charters.wording import is_alike, language_of
from kiosk.features.people.models import Pupil, SchoolClass
from kiosk.reading.text import plain


def suggest(
    school_class: SchoolClass, pupil: Pupil | None, client_id: str, way: Way, text: str, idea: str | None = None
) -> Suggestion:
    """Keep a suggestion for the teacher to read first; `text` is tidied, and may have our own symbol markup.

    The same client id stores one: sent again with other words, those words count while the teacher has not answered.
    """
    charter = hold(school_class)
    if not may_suggest(State(charter.state)):
        raise NotOpenError
    pupil_id, words = pupil.id if pupil else None, plain(text)
    mine = queries.suggestions_by(charter.id, pupil_id)
    waiting = [one for one in mine if one.state == SuggestionState.WAITING]
    suggestion = queries.find_suggestion_by_client(charter.id, client_id)
    if suggestion is None:
        # Tapping the same idea twice is one suggestion.
        suggestion = next((one for one in waiting if is_alike(one.plain, words)), None)
    if suggestion is None:
        if len(waiting) >= (MOST_WAITING_OF_PUPIL if pupil else MOST_WAITING_OF_CLASS):
            raise TooManyError
        suggestion = Suggestion(charter_id=charter.id, client_id=client_id, pupil_id=pupil_id, at=now())
        suggestion.state = SuggestionState.WAITING.value
        db.session.add(suggestion)
    elif suggestion.pupil_id != pupil_id or (suggestion not in waiting and suggestion.plain != words):
        raise AnsweredAlreadyError
    if suggestion.state == SuggestionState.WAITING:
        suggestion.way, suggestion.text, suggestion.plain, suggestion.idea = way.value, text, words, idea
        suggestion.language = language_of(words, charter.language)
        listed = _find_listed(charter, words)
        if listed is not None:
            suggestion.state, suggestion.rule_id = SuggestionState.ALLOWED.value, listed.id
    db.session.flush()
    return suggestion


def allow(school_class: SchoolClass, suggestion_id: str, words: str) -> CharterRule:
    """Put a suggestion on the class's list, in these (tidied) words; everybody who suggested the same is answered."""
    charter = hold(school_class)
    suggestion = queries.find_suggestion(charter.id, suggestion_id)
    if suggestion is None:
        raise UnknownRuleError
    as_it_is = words == suggestion.plain
    rule = _list_rule(charter, suggestion.text if as_it_is else words, suggestion.idea if as_it_is else None)
    for one in _alike(charter, suggestion.plain):
        one.state, one.rule_id = SuggestionState.ALLOWED.value, rule.id
    db.session.flush()
    return rule


def _find_listed(charter: Charter, words: str) -> CharterRule | None:
    return next((one for one in queries.rules_of(charter.id) if is_alike(one.plain, words)), None)


def decline(school_class: SchoolClass, suggestion_id: str) -> None:
    """Leave a suggestion off the list for now, and all that say the same."""
    charter = hold(school_class)
    suggestion = queries.find_suggestion(charter.id, suggestion_id)
    if suggestion is None:
        raise UnknownRuleError
    if not may_suggest(State(charter.state)):
        raise NotOpenError
    for one in _alike(charter, suggestion.plain):
        one.state = SuggestionState.NOT_NOW.value
    db.session.flush()


def _alike(charter: Charter, words: str) -> list[Suggestion]:
    """The suggestions that say this, and wait or were left."""
    open_ones = db.session.scalars(
        select(Suggestion).where(
            Suggestion.charter_id == charter.id, Suggestion.state != SuggestionState.ALLOWED.value
        )
    )
    return [one for one in open_ones if is_alike(one.plain, words)]


def add_rule(school_class: SchoolClass, words: str) -> CharterRule:
    """Put a rule of the teacher's own, in tidied words, on the class's list; who suggested the same is answered."""
    charter = hold(school_class)
    rule = _list_rule(charter, words, None)
    for one in _alike(charter, words):
        one.state, one.rule_id = SuggestionState.ALLOWED.value, rule.id
    db.session.flush()
    return rule


def _list_rule(charter: Charter, text: str, idea: str | None) -> CharterRule:
    if not may_suggest(State(charter.state)):
        raise NotOpenError
    same = _find_listed(charter, plain(text))
    if same is not None:
        return same
    listed = queries.rules_of(charter.id)
    if len(listed) >= MOST_ALLOWED:
        raise TooManyError
    rule = CharterRule(charter_id=charter.id, number=max((one.number for one in listed), default=0) + 1, idea=idea)
    rule.text, rule.plain = text, plain(text)
    rule.language = language_of(rule.plain, charter.language)
    db.session.add(rule)
    db.session.flush()
    ask_for_sound([rule])
    return rule


def _hold_rule(school_class: SchoolClass, rule_id: str) -> tuple[Charter, CharterRule]:
    charter = hold(school_class)
    rule = queries.find_rule(charter.id, rule_id)
    if rule is None:
        raise UnknownRuleError
    return charter, rule


def reword(school_class: SchoolClass, rule_id: str, words: str) -> None:
    """Give a rule other (tidied) words, before anybody votes on it."""
    charter, rule = _hold_rule(school_class, rule_id)
    if not may_suggest(State(charter.state)):
        raise NotOpenError
    if words == rule.plain:
        return
    rule.text = rule.plain = words
    rule.idea = None
    rule.language = language_of(words, charter.language)
    db.session.flush()
    ask_for_sound([rule])


def choose_symbols(school_class: SchoolClass, rule_id: str, text: str) -> None:
    """Show other symbols above a rule's words: `text` is its words with symbol markup."""
    charter, rule = _hold_rule(school_class, rule_id)
    if not may_choose_symbols(State(charter.state)):
        raise NotOpenError
    if plain(text) != rule.plain:
        raise UnknownRuleError
    if len(text) > LONGEST_WITH_MARKUP:
        raise TooManyError
    rule.text = text
    db.session.flush()


def remove_rule(school_class: SchoolClass, rule_id: str) -> None:
    """Take a rule off the list before anybody votes; who suggested it sees: not now."""
    charter, rule = _hold_rule(school_class, rule_id)
    if not may_suggest(State(charter.state)):
        raise NotOpenError
    for one in db.session.scalars(select(Suggestion).where(Suggestion.rule_id == rule.id)):
        one.state, one.rule_id = SuggestionState.NOT_NOW.value, None
    db.session.flush()
    db.session.delete(rule)
    db.session.flush()


def vote(school_class: SchoolClass, pupil: Pupil, rule_ids: Collection[str]) -> None:
    """Let these be the rules on which a pupil has put a dot; what they gave before is taken back."""
    charter = hold(school_class)
    if not may_vote(State(charter.state)):
        raise NotOpenError
    chosen = list(dict.fromkeys(rule_ids))
    if not {rule.id for rule in queries.rules_of(charter.id)}.issuperset(chosen):
        raise UnknownRuleError
    if not chosen:
        raise NothingChosenError
    if len(chosen) > DOTS:
        raise TooManyError
    db.session.execute(delete(Dot).where(Dot.charter_id == charter.id, Dot.pupil_id == pupil.id))
    db.session.add_all(
        Dot(charter_id=charter.id, pupil_id=pupil.id, rule_id=rule_id, slot=slot)
        for slot, rule_id in enumerate(chosen, start=1)
    )
    db.session.flush()


def sign(school_class: SchoolClass, pupil: Pupil, signing: Signing) -> CharterSignature:
    """Keep a pupil's signature; who has signed already keeps their first one."""
    charter = hold(school_class)
    if not may_sign(State(charter.state)):
        raise NotOpenError
    kept = queries.find_signature(charter.id, pupil.id)
    if kept is not None:
        return kept
    signature = CharterSignature(charter_id=charter.id, pupil_id=pupil.id, way=signing.by.value, at=now())
    signature.strokes, signature.typed_name, signature.symbol = signing.strokes, signing.typed_name, signing.symbol
    db.session.add(signature)
    db.session.flush()
    return signature
