"""A Mulberry release: the curated symbols get in, and a bad zip changes nothing."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from kiosk.reading.lexicon import load_lexicon
from kiosk.reading.sets import SetRefusedError, SymbolSet
from kiosk.reading.sets import zips as zip_reader
from kiosk.reading.sets.mulberry import FOR_ADULTS, curated, read_release
from tests.reading.sets.making import HEADER, OF_RELEASE, SVG, release, release_files, svg, write_zip

SCRIPT = svg('<script>x()</script><circle r="4"/>')


def read(path: Path) -> SymbolSet:
    return read_release(path, "mulberry", lambda _done, _of: None)[0]


def test_every_row_of_the_curated_table_names_a_concept_and_no_symbol_for_adults() -> None:
    assert not {concept for concept in curated().symbols if concept not in load_lexicon()}
    assert not [symbol for symbol in curated().symbols.values() if FOR_ADULTS.search(symbol)]
    assert curated().not_skin <= set(curated().symbols)


@pytest.mark.parametrize(
    "trap", ["I", "back", "sign_,_to", "heart", "tablet_blister_pack", "office_block", "email_send_,_to"]
)
def test_no_symbol_is_taken_for_its_name_alone(trap: str) -> None:
    assert trap not in curated().symbols.values()


@pytest.mark.parametrize(
    "name", ["cigarette", "no_smoking_sign", "knife_adapted_2", "syringe", "middle_finger", "water_pistol"]
)
def test_pictures_for_adults_are_known_by_name(name: str) -> None:
    assert FOR_ADULTS.search(name)


@pytest.mark.parametrize("name", ["finger", "cross_fingers_,_to", "skin", "frozen_fish_fingers", "begin_start"])
def test_other_pictures_are_not(name: str) -> None:
    assert not FOR_ADULTS.search(name)


def test_a_release_brings_what_is_curated_with_skin_named_where_cream_is_skin(tmp_path: Path) -> None:
    found = read(release(tmp_path))
    assert set(found.pictures) == set(OF_RELEASE)
    assert "var(--skin" in found.pictures["good"].svg
    assert "Steve Lee" in found.credit


def test_a_release_inside_a_folder_of_its_zip_is_a_release_too(tmp_path: Path) -> None:
    files = {f"mulberry-symbols-3.6/{name}": data for name, data in release_files().items()}
    assert len(read(write_zip(tmp_path / "x.zip", {**files})).pictures) == len(OF_RELEASE)


def test_what_is_rated_for_adults_or_cannot_be_drawn_is_left_out_and_told(tmp_path: Path) -> None:
    files = release_files(bad="1") | {"EN-symbols/house.svg": svg("<linearGradient/>")}
    found, left_out = read_release(write_zip(tmp_path / "x.zip", {**files}), "mulberry", lambda _done, _of: None)
    assert set(found.pictures) == set(OF_RELEASE) - {"bad", "home"}
    assert [one.file for one in left_out] == ["EN-symbols/house.svg", "EN-symbols/bad.svg"]


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("EN-symbols/link.svg")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("files", "names", "says"),
    [
        ({"readme.txt": b"hello"}, "bad.zip", "not a Mulberry release"),
        (
            {"symbol-info.csv": b"a,b\n1,2\n", "EN-symbols/good.svg": SVG.encode()},
            "symbol-info.csv",
            "not Mulberry's table",
        ),
        (
            {"symbol-info.csv": b"\xff\xfe\x00", "EN-symbols/good.svg": SVG.encode()},
            "symbol-info.csv",
            "not Mulberry's table",
        ),
        ({"symbol-info.csv": HEADER.encode(), "EN-symbols/zebra.svg": SVG.encode()}, "bad.zip", "none of the symbols"),
        (release_files() | {"../evil.svg": b"x"}, "../evil.svg", "leads out"),
        (release_files() | {"EN-symbols/../../evil.svg": b"x"}, "EN-symbols/../../evil.svg", "leads out"),
        (release_files() | {"/etc/evil": b"x"}, "/etc/evil", "leads out"),
        (release_files() | {"C:/evil": b"x"}, "C:/evil", "leads out"),
        (release_files() | {link(): b"/etc/passwd"}, "EN-symbols/link.svg", "link to another place"),
        (release_files() | {"EN-symbols/good.svg": SCRIPT}, "EN-symbols/good.svg", "<script>"),
        (release_files() | {"EN-symbols/unlisted.svg": SCRIPT}, "EN-symbols/unlisted.svg", "<script>"),
        ({k: v for k, v in release_files().items() if "house" not in k}, "EN-symbols/house.svg", "it is not there"),
    ],
)
def test_a_bad_release_is_refused_whole_with_the_file_named(
    tmp_path: Path, files: dict[str | zipfile.ZipInfo, bytes], names: str, says: str
) -> None:
    with pytest.raises(SetRefusedError) as refused:
        read(write_zip(tmp_path / "bad.zip", files))
    assert [one.file for one in refused.value.faults] == [names]
    assert says in refused.value.faults[0].what


@pytest.mark.parametrize("kept", [0, 10, 600, -30])
def test_a_zip_that_is_cut_short_or_no_zip_is_refused(tmp_path: Path, kept: int) -> None:
    whole = release(tmp_path).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[:kept])
    with pytest.raises(SetRefusedError, match="cut short"):
        read(tmp_path / "cut.zip")


def test_a_damaged_file_in_the_zip_is_refused(tmp_path: Path) -> None:
    data = bytearray(release(tmp_path).read_bytes())
    data[120] ^= 0xFF
    (tmp_path / "damaged.zip").write_bytes(data)
    with pytest.raises(SetRefusedError):
        read(tmp_path / "damaged.zip")


def test_a_bomb_is_stopped_by_what_really_comes_out(tmp_path: Path) -> None:
    bomb = write_zip(tmp_path / "bomb.zip", {**release_files(), "EN-symbols/zero.svg": b"\0" * 20 * 1024 * 1024})
    assert bomb.stat().st_size < 100_000
    with pytest.raises(SetRefusedError, match=r"EN-symbols/zero\.svg: It unpacks to far more"):
        read(bomb)


def test_many_files_that_are_large_together_are_stopped_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_reader, "MOST_BYTES", 3_000_000)
    many = {f"EN-symbols/{number}.txt": b"\0" * 1_000_000 for number in range(4)}
    with pytest.raises(SetRefusedError, match=r"bomb\.zip: It unpacks to far more"):
        read(write_zip(tmp_path / "bomb.zip", {**release_files(), **many}))


def test_too_many_files_are_refused_before_any_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_reader, "MOST_FILES", 3)
    with pytest.raises(SetRefusedError, match="more than 3 files"):
        read(release(tmp_path))
