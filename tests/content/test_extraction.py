from __future__ import annotations

import io
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from kiosk.content.extraction import write_template
from kiosk.content.types import Notes
from kiosk.content.vocabulary import LEVELS, Domain
from kiosk.content.walking import texts_of
from tests.content.helpers import FIXTURES, PHRASES, copied, line_of, loaded

EXTRACTOR = "kiosk.content.extraction:extract_phrases"


def template(folder: Path, domain: Domain) -> str:
    file = folder / f"{domain}.pot"
    write_template(loaded(folder), domain, file)
    return file.read_text("utf-8")


def test_two_runs_write_the_same_bytes_wherever_the_folder_is(tmp_path: Path) -> None:
    one, other = copied(tmp_path / "one"), copied(tmp_path / "elsewhere" / "other")
    for domain in ("lessons", "agreements", "messages"):
        assert template(one, domain) == template(other, domain)
        assert str(tmp_path) not in template(one, domain)


def test_every_text_of_a_domain_is_there_once_a_level_in_the_order_of_keys(tmp_path: Path) -> None:
    text = template(copied(tmp_path), "lessons")
    catalogue = read_po(io.BytesIO(text.encode()))
    contexts = [str(message.context) for message in catalogue if message.id]
    notes = [one for one in contexts if "/notes." in one]
    assert notes == [f"the-shared-drawing/notes.{name}" for name in Notes.__dataclass_fields__]
    contexts = [one for one in contexts if one not in notes]
    lesson = loaded().lessons["the-shared-drawing"]
    keys = sorted(levelled.key for levelled, _ in texts_of(lesson))
    assert contexts == [f"{key}/{level}" for key in keys for level in LEVELS]
    home = catalogue.get(lesson.home.simple, lesson.home.context("simple"))
    assert home is not None


def test_an_entry_says_where_it_stands_and_how_long_a_sentence_may_be(tmp_path: Path) -> None:
    text = template(copied(tmp_path), "lessons")
    line = line_of("home: {full")
    assert (
        "#. Band: ks1. Level: full. Longest sentence: 7 words, at most 10.\n"
        f"#: lessons/ks1/the-shared-drawing.yaml:{line}\n"
        'msgctxt "the-shared-drawing/home/full"\n'
        'msgid "Draw together and choose who sees it."\n'
        'msgstr ""\n'
    ) in text


def test_the_bands_of_an_agreement_are_named(tmp_path: Path) -> None:
    text = template(copied(tmp_path), "agreements")
    assert "#. Band: lks2 uks2. Level: simple." in text
    assert "#: agreements/pupils/ks2.yaml:" in text


def test_phrases_are_extracted_as_babel_calls_for_them() -> None:
    with (FIXTURES / PHRASES).open("rb") as file:
        found = list(extract(EXTRACTOR, file, comment_tags=("Translators:",), options={}))
    assert [(message, context) for _line, message, _comments, context in found] == [
        ("Next", "phrase/learn.next/full"),
        ("Next", "phrase/learn.next/simple"),
        ("[Next](next)", "phrase/learn.next/symbols"),
        ("Thank you for telling.", "phrase/tell.sent/full"),
        ("Thank you for telling.", "phrase/tell.sent/simple"),
        ("Thank you for [telling](tell).", "phrase/tell.sent/symbols"),
    ]
    line, _message, comments, _context = found[3]
    assert line == 3
    assert comments == ["Band: all. Level: full. Longest sentence: 4 words, at most 12."]


def test_a_broken_phrase_file_stops_extraction_with_its_place() -> None:
    with pytest.raises(ValueError, match=r"phrases.yaml:1:13: .*simple"):
        list(extract(EXTRACTOR, io.BytesIO(b"learn.next: {full: Next, symbols: Next}")))
