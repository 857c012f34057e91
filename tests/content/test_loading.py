from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from kiosk.content.loading import load_content
from kiosk.content.types import SCREENS, Levelled
from kiosk.content.vocabulary import LEVELS
from kiosk.content.walking import concepts_of, texts_of
from tests.content.helpers import AGREEMENT, FIXTURES, LESSON, copied, edited, line_of, loaded


def test_a_folder_gives_lessons_agreements_phrases_and_facts_by_id() -> None:
    content = loaded()
    assert content.problems == ()
    assert list(content.lessons) == ["the-shared-drawing"]
    assert list(content.agreements) == ["pupils-ks2"]
    assert list(content.phrases) == ["learn.next", "tell.sent"]
    assert content.facts["immediate-danger"].value == "999"
    assert content.tally.wanted == content.tally.written > 0


def test_a_lesson_holds_every_kind_of_screen() -> None:
    lesson = loaded().lessons["the-shared-drawing"]
    assert [screen.kind for screen in lesson.screens] == list(SCREENS)


def test_nothing_that_was_read_can_be_changed() -> None:
    content = loaded()
    lesson = content.lessons["the-shared-drawing"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        lesson.band = "ks3"  # type: ignore[misc]
    with pytest.raises(TypeError):
        content.lessons["another"] = lesson  # type: ignore[index]
    hash(lesson.screens)


def test_a_text_is_asked_for_by_level_and_knows_its_key_and_places() -> None:
    text = loaded().lessons["the-shared-drawing"].if_it_happened
    assert text.at("simple") == "You can tell a grown-up.\nIt is not your fault."
    assert (text.key, text.domain) == ("the-shared-drawing/if_it_happened", "lessons")
    assert text.context("simple") == "the-shared-drawing/if_it_happened/simple"
    first = line_of("if_it_happened:") + 3
    assert [text.place("simple", line).line for line in (0, 1, 9)] == [first, first + 1, first + 1]
    with pytest.raises(KeyError):
        text.at("easy")


def test_keys_name_things_by_id_and_agree_with_the_path() -> None:
    content = loaded()
    lesson, agreement = content.lessons["the-shared-drawing"], content.agreements["pupils-ks2"]
    keys = [levelled.key for levelled, _ in texts_of(lesson)]
    assert "the-shared-drawing/screens.story-1.text" in keys
    assert "the-shared-drawing/before.options.send.feedback" in keys
    assert "the-shared-drawing/screens.spot-1.scene.title" in keys
    assert len(set(keys)) == len(keys)
    for owner in (lesson, agreement):
        assert all(levelled.key == f"{owner.id}/{path}" for levelled, path in texts_of(owner))
    assert content.phrases["learn.next"].key == "phrase/learn.next"
    assert content.phrases["learn.next"].domain == "messages"


def test_the_walker_finds_every_text_and_concept() -> None:
    content = loaded()
    texts = [levelled for levelled, _ in texts_of(content)]
    # The new word is written once in the file, and is a text at every level.
    assert len(texts) * len(LEVELS) == content.tally.wanted + len(LEVELS)
    lesson = content.lessons["the-shared-drawing"]
    named = {path: concept for concept, path in concepts_of(lesson)}
    assert named["screens.story-1.picture.1"] == "drawing"
    assert named["screens.feel-1.feelings.2"] == "mixed-up"
    assert named["new_word.concept"] == "share"
    assert lesson.source.place("screens.story-1.picture.1").line == line_of("picture: [friend, drawing]")


def test_the_version_follows_the_content_and_not_the_layout(tmp_path: Path) -> None:
    before = loaded().lessons["the-shared-drawing"].version
    same = edited(tmp_path / "a", "format: 1\n", "# A remark.\nformat: 1\n\n").lessons["the-shared-drawing"]
    other = edited(tmp_path / "b", "nine legs", "ten legs").lessons["the-shared-drawing"]
    assert same.version == before != other.version
    assert same == loaded().lessons["the-shared-drawing"]


def test_a_later_folder_replaces_by_id_and_adds(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / AGREEMENT).unlink()
    own = (folder / LESSON).read_text("utf-8").replace("nine legs", "ten legs")
    (folder / LESSON).write_text(own, "utf-8")
    (folder / "lessons/ks1/another.yaml").write_text(
        own.replace("id: the-shared-drawing", "id: another"), "utf-8"
    )
    content = load_content([FIXTURES, folder])
    assert content.problems == ()
    assert "ten legs" in content.lessons["the-shared-drawing"].screens[0].text.full  # type: ignore[union-attr]
    assert list(content.lessons) == ["another", "the-shared-drawing"]
    assert list(content.agreements) == ["pupils-ks2"]


def test_a_broken_file_of_a_school_leaves_the_shipped_one(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / LESSON).write_text("format: 1\n", "utf-8")
    content = load_content([FIXTURES, folder])
    assert "the-shared-drawing" in content.lessons
    assert {problem.file for problem in content.problems} == {folder / LESSON}


def test_the_same_id_twice_in_one_folder_is_a_problem(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "lessons/extra").mkdir()
    (folder / "lessons/extra" / LESSON.name).write_bytes((folder / LESSON).read_bytes())
    [problem] = loaded(folder).problems
    assert "already taken" in problem.what
    assert problem.line == line_of("id: the-shared-drawing")


def test_inner_folders_and_single_files_may_be_named_too() -> None:
    assert load_content([FIXTURES / "lessons"]).lessons
    assert load_content([FIXTURES / "agreements"]).agreements
    assert load_content([FIXTURES / LESSON]).lessons
    assert load_content([FIXTURES / AGREEMENT]).agreements


def test_a_folder_that_is_not_there_and_a_yml_file_are_problems(tmp_path: Path) -> None:
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "old.yml").write_text("format: 1\n", "utf-8")
    (tmp_path / "lessons" / ".hidden.yaml").write_text("[", "utf-8")
    [first, second] = load_content([tmp_path, tmp_path / "nowhere"]).problems
    assert {first.write_instead, second.what[:22]} == {"Rename it old.yaml.", "This cannot be opened "}


def test_one_broken_lesson_leaves_the_others(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "lessons/ks1/broken.yaml").write_bytes(b"\xff\xfe\x00")
    content = loaded(folder)
    assert list(content.lessons) == ["the-shared-drawing"]
    assert [problem.file.name for problem in content.problems] == ["broken.yaml"]


def test_equal_texts_are_equal_wherever_they_stand() -> None:
    one = Levelled("k", "lessons", "a", "b", "c")
    assert one == Levelled("k", "lessons", "a", "b", "c", {"full": ()})
