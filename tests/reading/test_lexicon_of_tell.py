"""Tell's own concepts stand in a lexicon of their own: nothing that teaches or agrees can show one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.content.loading import load_content
from kiosk.content.types import Content
from kiosk.content.vocabulary import LEVELS, TELLS_OWN, is_of_tell
from kiosk.content.walking import concepts_of, texts_of
from kiosk.core.settings import Settings
from kiosk.factory import content_folders
from kiosk.features.charters.wording import find_concept
from kiosk.reading import lexicon as lexicons
from kiosk.reading.lexicon import LANGUAGES, LexiconError, load_lexicon, load_lexicon_of_tell
from kiosk.reading.text import read
from kiosk.web.passages import passage_in

OWN = [concept.id for concept in load_lexicon_of_tell() if concept.id.startswith(TELLS_OWN)]


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(*content_folders(Settings()))


def test_it_adds_its_own_to_what_every_text_may_show() -> None:
    assert len(OWN) >= 70
    assert {concept.id for concept in load_lexicon_of_tell()} - set(OWN) == {concept.id for concept in load_lexicon()}


def test_somebody_has_looked_at_every_drawing_of_it() -> None:
    assert [one for one in OWN if not load_lexicon_of_tell().get_concept(one).reviewed] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_lesson_agreement_or_phrase_outside_tell_shows_one(content: Content, language: str) -> None:
    shown = {
        (levelled.key, concept)
        for levelled, _path in texts_of(content)
        if not is_of_tell(levelled.domain, levelled.key)
        for level in LEVELS
        for concept in passage_in(levelled, level, language).concepts
        if concept.startswith(TELLS_OWN)
    }
    assert shown == set()
    assert [concept for concept, _path in concepts_of(content) if concept.startswith(TELLS_OWN)] == []


def test_a_text_that_names_one_all_the_same_shows_no_symbol() -> None:
    (sentence,) = read("[Touch](tell-touch) the screen.", "en", load_lexicon())
    assert [token.concept for token in sentence.tokens if token.concept == "tell-touch"] == []


@pytest.mark.parametrize("name", ["touch", "tell-touch", "underwear", "taxi"])
def test_no_rule_of_a_class_can_be_given_one(name: str) -> None:
    assert not (find_concept(name, "en", load_lexicon()) or "").startswith(TELLS_OWN)


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("tell-x: {means: x, openmoji: 1F411, words: {en: [sheep]}}", "takes no words"),
        ("sheep: {means: x, openmoji: 1F411}", "begins with tell-"),
    ],
)
def test_what_would_let_one_out_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, complaint: str
) -> None:
    (tmp_path / "own.yaml").write_text(entry)
    monkeypatch.setattr(lexicons, "_TELL_FILE", tmp_path / "own.yaml")
    with pytest.raises(LexiconError, match=complaint):
        load_lexicon_of_tell.__wrapped__()
