"""Whatever happens to a file, it is read or refused with a place, and nothing is ever raised."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.content.checking import check
from kiosk.content.loading import load_content
from kiosk.content.markup import markup_mistake, sentences
from kiosk.content.types import Content
from tests.content.helpers import AGREEMENT, FIXTURES, LESSON, PHRASES, SmallLexicon

FACTS = Path("agreements/facts.yaml")
FILES = (LESSON, AGREEMENT, FACTS, PHRASES)
ORIGINAL = {file: (FIXTURES / file).read_bytes() for file in FILES}
ODD_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 1.5, float("nan"), "", " ", "\n", "x" * 5000, "../..", "<b>", "{x}", "[a](b",
    [], {}, [[]], [None], {"full": 1}, {"id": {}}, ["a", 1, {}], {1: 2}, "\u202e", "a\nb", "ks1\n",
)  # fmt: skip


@st.composite
def damaged_bytes(draw: st.DrawFn) -> tuple[Path, bytes]:
    """A file that was cut, doubled, overwritten or had lines moved."""
    file = draw(st.sampled_from(FILES))
    content = ORIGINAL[file]
    for _ in range(draw(st.integers(1, 4))):
        at, to = sorted((draw(st.integers(0, len(content))), draw(st.integers(0, len(content)))))
        lines = content.splitlines(keepends=True) or [b""]
        line, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(["cut", "remove", "double", "insert", "swap", "indent", "drop"]))
        if kind == "cut":
            content = content[:at]
        elif kind == "remove":
            content = content[:at] + content[min(to, at + 50) :]
        elif kind == "double":
            content = content[:to] + content[at:]
        elif kind == "insert":
            content = content[:at] + draw(st.binary(min_size=1, max_size=20)) + content[at:]
        elif kind == "drop":
            del lines[line]
            content = b"".join(lines)
        else:
            if kind == "swap":
                lines[line], lines[other] = lines[other], lines[line]
            else:
                lines[line] = b" " * draw(st.integers(1, 6)) + lines[line]
            content = b"".join(lines)
    return file, content


@st.composite
def damaged_values(draw: st.DrawFn) -> tuple[Path, bytes]:
    """A file whose YAML is whole, with values of other types, other keys, or things left out."""
    file = draw(st.sampled_from(FILES))
    data = yaml.load(ORIGINAL[file], yaml.CSafeLoader)
    for _ in range(draw(st.integers(1, 3))):
        branch: Any = data
        while True:
            keys = list(branch) if isinstance(branch, dict) else list(range(len(branch)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(branch[key], dict | list) and branch[key] and draw(st.integers(0, 9)):
                branch = branch[key]
                continue
            kind = draw(st.sampled_from(["odd", "leave out", "rename"]))
            if kind == "odd":
                branch[key] = deepcopy(draw(st.sampled_from(ODD_VALUES)))
            elif kind == "leave out" or isinstance(branch, list):
                del branch[key]
            else:
                branch[draw(st.text(max_size=8))] = branch.pop(key)
            break
    return file, yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode("utf-8", "surrogatepass")


def read_with(file: Path, content: bytes) -> tuple[Content, Path]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for each, original in ORIGINAL.items():
            (folder / each).parent.mkdir(parents=True, exist_ok=True)
            (folder / each).write_bytes(content if each == file else original)
        return load_content([folder], [folder / PHRASES]), folder


def holds(content: Content, file: Path) -> bool:
    found = {LESSON: content.lessons, AGREEMENT: content.agreements, FACTS: content.facts}
    return bool(found.get(file, content.phrases))


def is_read_or_refused(damaged: tuple[Path, bytes]) -> None:
    file, bytes_ = damaged
    content, folder = read_with(file, bytes_)
    lines = bytes_.count(b"\n") + bytes_.count(b"\r") + 2
    blamed = [problem for problem in content.problems if problem.file == folder / file]
    assert holds(content, file) != bool(blamed)
    assert len(blamed) == len(content.problems), "another file was blamed"
    assert all(holds(content, other) for other in FILES if other != file)
    for problem in (*content.problems, *check(content, SmallLexicon())):
        assert problem.line >= 1 and problem.column >= 1
        assert problem.line <= lines or problem.file != folder / file
        assert problem.what and problem.write_instead
        assert "\n" not in str(problem) and len(str(problem)) < 1000


CALM = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))


@CALM
@given(damaged_bytes())
def test_damaged_bytes_are_read_or_refused(damaged: tuple[Path, bytes]) -> None:
    is_read_or_refused(damaged)


@CALM
@given(damaged_values())
def test_damaged_values_are_read_or_refused(damaged: tuple[Path, bytes]) -> None:
    is_read_or_refused(damaged)


@CALM
@given(st.sampled_from(FILES), st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_anything_at_all_is_read_or_refused(file: Path, content: bytes) -> None:
    found, _folder = read_with(file, content)
    assert found.problems or holds(found, file)


@CALM
@given(st.text(alphabet="[]()a b.?!\n-”/é", max_size=60))
def test_any_text_has_sentences_and_markup_that_is_whole_or_not(text: str) -> None:
    for sentence in sentences(text):
        markup_mistake(sentence.text)
        assert sentence.text in text.splitlines()[sentence.line]


@pytest.mark.parametrize(
    "make",
    [lambda: b"a" * 10_000_000, lambda: b"- " * 120_000, lambda: b"{a: " * 60_000, lambda: b"\x00" * 1000],
)
def test_huge_and_hollow_files_are_refused(make: Callable[[], bytes]) -> None:
    for file in FILES:
        content, _folder = read_with(file, make())
        assert content.problems and not holds(content, file)
