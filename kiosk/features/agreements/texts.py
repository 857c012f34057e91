"""The agreement in force as it is shown here, and an older one as it was: both out of the leaves that are signed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kiosk.content.catalogue import find_translation
from kiosk.content.types import Agreement, Levelled
from kiosk.content.vocabulary import LEVELS
from kiosk.features.agreements.leaves import Edition, FrozenText, Leaf
from kiosk.features.agreements.rules import agreement_for
from kiosk.web.display import LANGUAGES, display_in_hand
from kiosk.web.passages import Passage, content_in_use, passage_in, passage_of_text


@dataclass(frozen=True)
class RuleShown:
    """One rule, ready to stand on a page."""

    id: str
    picture: str
    text: Passage
    because: Passage


@dataclass(frozen=True)
class Reading:
    """A leaf, ready to stand on a page: what is read and what is signed are one."""

    leaf: Leaf
    title: Passage
    opening: Passage
    rules: tuple[RuleShown, ...]
    closing: Passage


def agreement_in_force(band: str) -> Agreement | None:
    """The agreement that pupils of this band sign today."""
    return agreement_for(band, content_in_use().agreements.values())


@lru_cache(maxsize=32)
def edition_of(agreement: Agreement) -> Edition:
    """The agreement with a leaf for each level and each language that has anything of it."""
    leaves = [
        _leaf(agreement, level, language)
        for language in LANGUAGES
        for level in LEVELS
        if any(find_translation(text, level, language) for _key, text, _picture in _texts(agreement))
    ]
    return Edition(agreement.id, agreement.version, tuple(leaves))


def leaf_here(edition: Edition) -> Leaf:
    """The leaf for the display in hand."""
    display = display_in_hand()
    return edition.leaf_at(display.level, display.language)


def reading_of(leaf: Leaf) -> Reading:
    """The leaf's own texts as passages."""
    of = leaf.by_key
    rules = tuple(
        RuleShown(
            one,
            of[f"rules.{one}.text"].picture,
            passage_of_frozen(of[f"rules.{one}.text"]),
            passage_of_frozen(of[f"rules.{one}.because"]),
        )
        for one in leaf.rule_ids
    )
    title, opening, closing = (passage_of_frozen(of[key]) for key in ("title", "opening", "closing"))
    return Reading(leaf, title, opening, rules, closing)


def passage_of_frozen(text: FrozenText) -> Passage:
    """A frozen text with the words and symbols that it was frozen with."""
    return passage_of_text(text.markup, text.language)


def _texts(agreement: Agreement) -> list[tuple[str, Levelled, str]]:
    rules = [
        part
        for rule in agreement.rules
        for part in (
            (f"rules.{rule.id}.text", rule.text, rule.symbol),
            (f"rules.{rule.id}.because", rule.because, ""),
        )
    ]
    return [
        ("title", agreement.title, ""),
        ("opening", agreement.opening, ""),
        *rules,
        ("closing", agreement.closing, ""),
    ]


def _leaf(agreement: Agreement, level: str, language: str) -> Leaf:
    texts = tuple(_frozen(key, text, picture, level, language) for key, text, picture in _texts(agreement))
    return Leaf(agreement.id, agreement.version, level, language, texts)


def _frozen(key: str, text: Levelled, picture: str, level: str, language: str) -> FrozenText:
    passage = passage_in(text, level, language)
    symbols = tuple(
        (token.first, token.last, token.concept)
        for sentence in passage.sentences
        for token in sentence.tokens
        if token.concept
    )
    return FrozenText(key, passage.language, passage.plain, symbols, picture)
