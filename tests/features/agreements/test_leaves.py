"""Frozen texts: what is hashed is what is read."""

from __future__ import annotations

import dataclasses
import hashlib
import json

import pytest

from kiosk import ROOT
from kiosk.content.loading import load_content
from kiosk.content.types import Content
from kiosk.content.vocabulary import LEVELS
from kiosk.features.agreements.leaves import Edition, FrozenText, Leaf, root_of, thaw
from kiosk.features.agreements.texts import edition_of, passage_of_frozen
from kiosk.reading.text import Sentence
from kiosk.web.passages import passage_of_text

AGREEMENTS = ("pupils-eyfs", "pupils-ks1", "pupils-ks2")


@pytest.fixture(scope="module")
def shipped() -> Content:
    return load_content([ROOT], [])


def shape(sentences: tuple[Sentence, ...]) -> list[list[tuple[str, str | None, int]]]:
    return [[(one.text, one.concept or None, one.first) for one in sentence.tokens] for sentence in sentences]


@pytest.mark.parametrize("agreement_id", AGREEMENTS)
@pytest.mark.parametrize("level", LEVELS)
def test_a_frozen_text_is_read_as_the_text_it_was_made_of(shipped: Content, agreement_id: str, level: str) -> None:
    agreement = shipped.agreements[agreement_id]
    leaf = edition_of(agreement).leaf_at(level, "en")
    originals = {"title": agreement.title, "opening": agreement.opening, "closing": agreement.closing}
    for rule in agreement.rules:
        originals |= {f"rules.{rule.id}.text": rule.text, f"rules.{rule.id}.because": rule.because}
    assert originals.keys() == leaf.by_key.keys()
    for key, original in originals.items():
        live, frozen = passage_of_text(original.at(level), "en"), passage_of_frozen(leaf.by_key[key])
        assert frozen.plain == live.plain
        assert frozen.voice == live.voice
        assert shape(frozen.sentences) == shape(live.sentences)


def test_a_leaf_can_be_hashed_by_anybody_and_thawed(shipped: Content) -> None:
    for leaf in edition_of(shipped.agreements["pupils-ks1"]).leaves:
        assert leaf.digest == hashlib.sha256(leaf.body.encode()).hexdigest()
        assert thaw(leaf.body) == leaf
        assert json.dumps(json.loads(leaf.body), sort_keys=True, ensure_ascii=False, separators=(",", ":")) == leaf.body


def small_leaf(text: str = "I can tell.", symbols: tuple[tuple[int, int, str], ...] = ((2, 2, "tell"),)) -> Leaf:
    return Leaf("any", "1", "full", "en", (FrozenText("title", "en", text, symbols),))


@pytest.mark.parametrize(
    "other",
    [
        small_leaf("I can tell!"),
        small_leaf(symbols=()),
        small_leaf(symbols=((2, 2, "talk"),)),
        small_leaf(symbols=((1, 2, "tell"),)),
        dataclasses.replace(small_leaf(), level="simple"),
        dataclasses.replace(small_leaf(), language="pl"),
        dataclasses.replace(small_leaf(), version="2"),
        dataclasses.replace(small_leaf(), agreement_id="other"),
    ],
)
def test_any_change_of_what_is_shown_changes_leaf_and_root(other: Leaf) -> None:
    leaf = small_leaf()
    assert other.digest != leaf.digest
    assert Edition("any", "1", (other,)).root != Edition("any", "1", (leaf,)).root


def test_the_root_is_the_same_in_any_order_of_leaves() -> None:
    leaves = [("full", "en", "a"), ("simple", "en", "b")]
    assert root_of("any", "1", leaves) == root_of("any", "1", leaves[::-1])


def test_a_language_without_a_translation_is_read_in_english(shipped: Content) -> None:
    edition = edition_of(shipped.agreements["pupils-ks1"])
    assert edition.leaf_at("simple", "xx") == edition.leaf_at("simple", "en")
    assert edition.find_leaf("0" * 64) is None


def test_phrases_under_one_symbol_and_lines_survive_freezing() -> None:
    text = FrozenText("x", "en", "Show it to a trusted adult.\nThen stop.", ((0, 0, "show"), (4, 5, "trusted-adult")))
    assert text.markup == "[Show](show) [it]() [to]() [a]() [trusted adult.](trusted-adult)\n[Then]() [stop.]()"
    assert passage_of_frozen(text).plain == text.text
