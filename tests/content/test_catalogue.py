from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.content.catalogue import Catalogues, load_catalogues
from kiosk.content.checking import check_translations
from kiosk.content.levelled import Levelled
from tests.content.helpers import SmallLexicon, loaded

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n{more}\n\n'
HOME = loaded().lessons["the-shared-drawing"].home


def entry(levelled: Levelled, level: str, translated: str, english: str = "", flag: str = "") -> str:
    lines = [
        flag,
        f'msgctxt "{levelled.context(level)}"',
        f'msgid "{english or levelled.at(level)}"',
        f'msgstr "{translated}"',
        "",
    ]
    return "\n".join(line for line in lines if line) + "\n\n"


def catalogues(folder: Path, *entries: str, more: str = "", language: str = "pl") -> Catalogues:
    file = folder / language / "LC_MESSAGES" / "lessons.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEADER.format(more=more) + "".join(entries), "utf-8")
    return load_catalogues(folder)


def test_a_text_is_found_by_its_key_and_level(tmp_path: Path) -> None:
    found = catalogues(tmp_path, entry(HOME, "full", "Rysujcie razem."))
    assert found.translate(HOME, "full", "pl") == "Rysujcie razem."
    assert found.languages == ("en", "pl")


def test_what_a_catalogue_lacks_is_english_and_known_to_be_missing(tmp_path: Path) -> None:
    found = catalogues(tmp_path, entry(HOME, "full", "Rysujcie razem."), entry(HOME, "symbols", ""))
    for level, language in (("simple", "pl"), ("symbols", "pl"), ("full", "ur")):
        assert found.find_translation(HOME, level, language) is None
        assert found.translate(HOME, level, language) == HOME.at(level)


def test_english_is_always_there() -> None:
    assert Catalogues().find_translation(HOME, "full", "en") == HOME.full


def test_a_fuzzy_translation_is_not_shown(tmp_path: Path) -> None:
    found = catalogues(tmp_path, entry(HOME, "full", "Rysujcie razem.", flag="#, fuzzy"))
    assert found.find_translation(HOME, "full", "pl") is None


def test_a_translation_of_an_older_english_text_is_not_shown(tmp_path: Path) -> None:
    found = catalogues(tmp_path, entry(HOME, "full", "Rysujcie.", english="Draw."))
    assert found.find_translation(HOME, "full", "pl") is None


def test_a_translation_that_equals_the_english_counts_as_one(tmp_path: Path) -> None:
    found = catalogues(tmp_path, entry(HOME, "full", HOME.full))
    assert found.find_translation(HOME, "full", "pl") == HOME.full


def test_a_changed_catalogue_is_read_again(tmp_path: Path) -> None:
    catalogues(tmp_path, entry(HOME, "full", "Rysujcie razem."))
    found = catalogues(tmp_path, entry(HOME, "full", "Rysujcie razem w domu."))
    assert found.translate(HOME, "full", "pl") == "Rysujcie razem w domu."


def test_a_broken_catalogue_is_left_out_and_the_others_stay(tmp_path: Path) -> None:
    catalogues(tmp_path, entry(HOME, "full", "ایک ساتھ"), language="ur")
    file = tmp_path / "pl" / "LC_MESSAGES" / "lessons.po"
    file.parent.mkdir(parents=True)
    for broken in (b'msgid "a"\nmsgstr "\xff"\n', b'msgid "a"\nmsgid "b"\n', b"\x00\x01nonsense"):
        file.write_bytes(broken)
        found = load_catalogues(tmp_path)
        assert found.translate(HOME, "full", "ur") == "ایک ساتھ"
        assert [problem.file for problem in found.problems] == [file]


@pytest.mark.parametrize(
    ("translated", "what"),
    [
        ("Rysujcie [razem](share.", "square bracket"),
        ("Rysujcie [razem](sherbet).", "“sherbet” is not a concept"),
        ("Rysujcie <b>razem</b>.", "“<b>” is HTML"),
        ("Rysuj z {name}.", "{name}"),
    ],
)
def test_a_mistake_in_a_translation_is_found_with_its_line(tmp_path: Path, translated: str, what: str) -> None:
    [problem] = check_translations(catalogues(tmp_path, entry(HOME, "full", translated)), SmallLexicon())
    assert problem.file.read_text("utf-8").splitlines()[problem.line - 1] == f'msgid "{HOME.full}"'
    assert what in problem.what


def test_staff_can_be_told_that_no_native_speaker_has_read_a_language(tmp_path: Path) -> None:
    unread = catalogues(tmp_path / "a", more='"X-Read-By-Native-Speaker: no\\n"')
    read = catalogues(tmp_path / "b", more='"X-Read-By-Native-Speaker: yes\\n"')
    silent = catalogues(tmp_path / "c")
    answers = [found.is_read_by_a_native_speaker("pl") for found in (unread, read, silent)]
    assert answers == [False, True, False]
