"""Sets in the data folder: replaced in one step, private, and forgotten when they are gone."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kiosk.reading import symbols
from kiosk.reading.lexicon import UnknownConceptError
from kiosk.reading.sets import SetPicture, SymbolSet, all_sets, find_set, keep_set, make_set, remove_set
from tests.reading.sets.making import png

CIRCLE = SetPicture(svg='<circle r="4"/>', view_box="0 0 9 9")


def own(name: str = "own", **pictures: SetPicture) -> SymbolSet:
    return make_set(name, "Our own", "Drawn by us.", pictures or {"tell": CIRCLE})


def test_a_set_is_found_again_as_it_was_kept(tmp_path: Path) -> None:
    keep_set(tmp_path / "symbols", own())
    found = find_set(tmp_path / "symbols", "own")
    assert found == own()
    assert found is not None and found.pictures == {"tell": CIRCLE} and found.credit == "Drawn by us."
    assert all_sets(tmp_path / "symbols") == [own()]


def test_it_is_for_the_kiosks_own_user_alone(tmp_path: Path) -> None:
    keep_set(tmp_path / "symbols", own())
    for path in (tmp_path / "symbols", tmp_path / "symbols" / "own"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "symbols" / "own" / "set.json").stat().st_mode) == 0o600


def test_a_new_one_of_the_same_name_is_seen_at_once(tmp_path: Path) -> None:
    keep_set(tmp_path, own())
    before = find_set(tmp_path, "own")
    keep_set(tmp_path, own(help=CIRCLE))
    after = find_set(tmp_path, "own")
    assert before != after
    assert after is not None and set(after.pictures) == {"help"}


def test_one_that_cannot_be_written_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_set(tmp_path, own())

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep_set(tmp_path, own(help=CIRCLE))
    assert find_set(tmp_path, "own") == own()
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["set.json"]


@pytest.mark.parametrize("name", ["openmoji", "gone", "../own", "", "Own", "a/b"])
def test_there_is_no_set_by_another_name(tmp_path: Path, name: str) -> None:
    keep_set(tmp_path, own())
    assert find_set(tmp_path, name) is None
    assert not remove_set(tmp_path, name)


@pytest.mark.parametrize("damaged", ["", "{}", "[]", '{"pictures":{"tell":{"x":1}}}'])
def test_a_damaged_one_is_as_none(tmp_path: Path, damaged: str) -> None:
    keep_set(tmp_path, own())
    (tmp_path / "own" / "set.json").write_text(damaged)
    assert find_set(tmp_path, "own") is None
    assert all_sets(tmp_path) == []


def test_one_that_is_removed_is_gone(tmp_path: Path) -> None:
    keep_set(tmp_path, own())
    assert remove_set(tmp_path, "own")
    assert find_set(tmp_path, "own") is None


def test_a_sentence_is_of_one_set_or_of_ours_never_of_both() -> None:
    concepts = ("tell", "friend")
    assert symbols.keys_in(concepts, own(tell=CIRCLE, friend=CIRCLE)) == {"tell": "_tell", "friend": "_friend"}
    assert symbols.keys_in(concepts, own(tell=CIRCLE)) == {"tell": "tell", "friend": "friend"}
    assert symbols.keys_in(concepts, None) == {"tell": "tell", "friend": "friend"}


def test_a_sprite_holds_both_where_a_page_shows_both() -> None:
    picture = SetPicture(png=png().hex())
    sprite = symbols.sprite(["tell", "_tell", "_help"], of=own(tell=CIRCLE, help=picture)).decode()
    assert '<symbol id="_tell" viewBox="0 0 9 9"' in sprite
    assert '<symbol id="tell" viewBox="0 0 72 72"' in sprite
    assert '<view id="_help"' in sprite and "data:image/png;base64," in sprite


def test_a_page_from_before_a_set_was_changed_is_shown_our_picture() -> None:
    assert '<symbol id="_tell" viewBox="0 0 72 72"' in symbols.sprite(["_tell"], of=None).decode()
    with pytest.raises(UnknownConceptError):
        symbols.sprite(["_unicycle"], of=own())


def test_paper_has_the_sets_picture_and_its_thanks() -> None:
    assert '<circle r="4"/>' in symbols.drawing("tell", of=own())
    assert "Drawn by us." in symbols.attribution(own())
    assert symbols.ATTRIBUTION in symbols.attribution(own())
