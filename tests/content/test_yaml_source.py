from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.content.levelled import Problem
from kiosk.content.yaml_source import MOST_BYTES, Document, read_document


def read(tmp_path: Path, content: str | bytes) -> tuple[Document | None, tuple[Problem, ...]]:
    file = tmp_path / "file.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_document(file)


def refused(tmp_path: Path, content: str | bytes) -> Problem:
    document, problems = read(tmp_path, content)
    assert document is None
    return problems[0]


def test_every_value_and_key_has_its_line_and_column(tmp_path: Path) -> None:
    document, problems = read(tmp_path, "id: one\nlist:\n  - {full: Hello}\n")
    assert document and not problems
    assert document.data == {"id": "one", "list": [{"full": "Hello"}]}
    assert str(document.places[("list", 0, "full")]).endswith("file.yaml:3:12")
    assert str(document.keys[("list", 0, "full")]).endswith("file.yaml:3:6")


def test_each_line_of_a_block_text_has_a_place_of_its_own(tmp_path: Path) -> None:
    document, _ = read(tmp_path, "text:\n  full: |-\n    One.\n    Two.\n")
    assert document
    assert [(place.line, place.column) for place in document.lines[("text", "full")]] == [(3, 5), (4, 5)]


@pytest.mark.parametrize("word", ["no", "Yes", "off", "2026-11-21", "12:30", "1_000", "0x1F"])
def test_words_that_older_yaml_would_change_stay_texts(tmp_path: Path, word: str) -> None:
    document, _ = read(tmp_path, f"value: {word}\n")
    assert document and document.data == {"value": word}


@pytest.mark.parametrize(
    ("word", "value"), [("true", True), ("False", False), ("7", 7), ("1.5", 1.5), ("", None), ("'7'", "7")]
)
def test_plain_values_mean_what_yaml_12_says(tmp_path: Path, word: str, value: object) -> None:
    document, _ = read(tmp_path, f"value: {word}\n")
    assert document and document.data == {"value": value}


def test_a_key_that_is_given_twice_is_named_with_both_lines(tmp_path: Path) -> None:
    problem = refused(tmp_path, "id: one\nband: ks1\nid: two\n")
    assert (problem.line, problem.column) == (3, 1)
    assert "“id”" in problem.what and "line 1" in problem.what


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("a: &x [1]\nb: *x\n", 1, "References"),
        ("a: !!python/object/apply:os.system ['true']\n", 1, "Tags"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("? [a, b]\n: 1\n", 1, "key"),
        ("", 1, "empty"),
        ("# only a comment\n", 1, "empty"),
        ("a: one: two\n", 1, "colon"),
        ("a:\n\t- b\n", 2, "tabs"),
        ('a: "open\n', 2, "quote"),
        ("a: [1, 2\nb: 3\n", 2, "bracket"),
        ("ok: 1\na: \x07\n", 2, "control character"),
        (b"a: 1\nb: caf\xe9\n", 2, "UTF-8"),
        ("a: 1\n".encode("utf-16"), 1, "UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 1, "UTF-8"),
        ("a: " + "[" * 100 + "]" * 100, 1, "nested"),
        ("a: " + "[" * 50_000, 1, "nested"),
        ("a: [" + "1," * 30_000 + "]", 1, "values"),
        ("a: " + "x" * MOST_BYTES, 1, "larger"),
    ],
)
def test_what_no_lesson_needs_is_refused(tmp_path: Path, content: str | bytes, line: int, says: str) -> None:
    problem = refused(tmp_path, content)
    assert problem.line == line
    assert says in f"{problem.what} {problem.write_instead}"
    assert problem.write_instead.endswith(".")


def test_a_billion_laughs_is_refused_before_it_grows(tmp_path: Path) -> None:
    bomb = 'a: &a ["lol"]\n' + "".join(
        f"{here}: &{here} [{', '.join([f'*{before}'] * 9)}]\n" for before, here in pairwise("abcdefghi")
    )
    assert "References" in refused(tmp_path, bomb).what


def test_a_file_that_is_not_there_is_a_problem_and_no_exception(tmp_path: Path) -> None:
    document, problems = read_document(tmp_path / "none.yaml")
    assert document is None
    assert "cannot be opened" in problems[0].what


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert read_document(tmp_path)[0] is None


def test_windows_line_ends_and_a_byte_order_mark_are_fine(tmp_path: Path) -> None:
    document, _ = read(tmp_path, b"\xef\xbb\xbfid: one\r\nfull: |-\r\n  One.\r\n  Two.\r\n")
    assert document and document.data == {"id": "one", "full": "One.\nTwo."}
