from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.content import markup
from kiosk.content.catalogue import Catalogues
from kiosk.content.command import run_check
from kiosk.content.coverage import coverage
from kiosk.content.vocabulary import BANDS, STRANDS
from tests.content.helpers import FIXTURES, LESSON, PHRASES, SmallLexicon, copied, edited, loaded
from tests.content.test_catalogue import HOME, catalogues, entry


def run(folder: Path, **options: Any) -> tuple[int, list[str]]:
    lines: list[str] = []
    given: dict[str, Any] = {"as_json": False, "report": False, "phrases": [folder / PHRASES], **options}
    code = run_check([folder], lexicon=SmallLexicon(), write=lines.append, **given)
    return code, lines


def test_good_content_ends_well() -> None:
    assert run(FIXTURES) == (0, ["0 errors, 0 warnings."])


def test_a_mistake_is_one_line_with_its_place_and_what_to_write(tmp_path: Path) -> None:
    edited(tmp_path, "strand: online-relationships", "strand: online-relationship")
    assert run(tmp_path) == (
        1,
        [
            f"{tmp_path / LESSON}:4:9: “online-relationship” is not a known strand. Write online-relationships.",
            "1 error, 0 warnings.",
        ],
    )


def test_a_warning_does_not_fail(tmp_path: Path) -> None:
    edited(tmp_path, "Talk about a time you shared.", "Talk with your mum and dad.")
    code, lines = run(tmp_path)
    assert code == 0
    assert ": warning: “mum and dad”: Families differ." in lines[0]


def test_a_machine_reads_the_same(tmp_path: Path) -> None:
    edited(tmp_path, "band: ks1", "band: ks9")
    code, [line] = run(tmp_path, as_json=True)
    [problem] = json.loads(line)["problems"]
    assert code == 1
    assert problem["file"] == str(tmp_path / LESSON)
    assert (problem["line"], problem["column"], problem["severity"]) == (3, 7, "error")


@pytest.mark.parametrize("paths", [[], [Path("nowhere")]])
def test_nothing_to_check_is_a_wrong_use(paths: list[Path]) -> None:
    lines: list[str] = []
    assert run_check(paths, False, False, lexicon=SmallLexicon(), write=lines.append) == 2
    assert "Name a content folder" in lines[0]


def test_the_report_is_one_object_with_counts_and_shares(tmp_path: Path) -> None:
    found = catalogues(tmp_path, entry(HOME, "full", "Rysujcie razem."))
    code, [line] = run(FIXTURES, as_json=True, report=True, catalogues=found, has_voice=lambda *_: True)
    report = json.loads(line)
    languages = report.pop("languages")
    assert code == 0
    assert report == {
        "lessons": 1,
        "agreements": 1,
        "by_band": dict.fromkeys(BANDS, 0) | {"ks1": 1},
        "by_strand": dict.fromkeys(STRANDS, 0) | {"online-relationships": 1},
        "levels": 1.0,
        "symbols": 1.0,
        "voice": 1.0,
    }
    assert languages["en"] == 1.0
    assert 0 < languages["pl"] < 0.01


def test_the_report_reads_well_too() -> None:
    _code, lines = run(FIXTURES, report=True)
    assert "1 lesson, 1 agreement." in lines
    assert "Band ks1: 1 lesson." in lines
    assert "Text with sound: 0.0%." in lines


def test_a_missing_level_lowers_the_share_though_its_file_is_left_out(tmp_path: Path) -> None:
    content = edited(tmp_path, "  simple: I can ask first.\n", "")
    report = coverage(content, SmallLexicon(), lambda *_: True, Catalogues())
    assert 0.99 < report.levels < 1
    assert report.lessons == 0


def test_one_word_without_a_symbol_or_sound_lowers_those_shares(tmp_path: Path) -> None:
    content = edited(tmp_path, '"Talk about [share](share)."', "Talk.")
    report = coverage(content, SmallLexicon(), lambda text, _: text != "Talk.", Catalogues())
    assert 0.9 < report.symbols < 1
    assert 0.9 < report.voice < 1


class ReviewedPart(SmallLexicon):
    """The small lexicon, where nobody has looked at “tell” yet."""

    def knows(self, concept: str) -> bool:
        return concept != "tell" and super().knows(concept)

    def symbols_in(self, sentence: str) -> int:
        return sum(map(self.knows, markup.named_concepts(sentence)))


def test_a_symbol_that_nobody_reviewed_lowers_the_share_and_is_no_mistake() -> None:
    code, [line] = run(FIXTURES, as_json=True, report=True, reviewed=ReviewedPart())
    assert code == 0
    assert 0.9 < json.loads(line)["symbols"] < 1


def test_sound_is_wanted_in_every_language_that_has_the_text(tmp_path: Path) -> None:
    found = catalogues(tmp_path, entry(HOME, "full", "Rysujcie [razem](share)."))
    asked: list[tuple[str, str]] = []

    def has_voice(text: str, language: str) -> bool:
        asked.append((text, language))
        return language == "en"

    report = coverage(loaded(), SmallLexicon(), has_voice, found)
    assert [pair for pair in asked if pair[1] == "pl"] == [("Rysujcie razem.", "pl")]
    assert report.voice < 1


def test_nothing_at_all_is_no_full_coverage(tmp_path: Path) -> None:
    (tmp_path / "lessons").mkdir()
    content = loaded(copied(tmp_path / "other"))
    empty = type(content)({}, {}, {}, {}, ())
    report = coverage(empty, SmallLexicon(), lambda *_: True, Catalogues())
    assert (report.levels, report.symbols, report.voice) == (0.0, 0.0, 0.0)
