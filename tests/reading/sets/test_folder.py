"""A folder of pictures with a table: every row is good, or nothing is imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.reading.sets import SetRefusedError, SymbolSet
from kiosk.reading.sets.folder import find_table, read_folder
from tests.reading.sets.making import SVG, folder_of, png, svg

PICTURES = {"a.svg": SVG.encode(), "b.png": png()}


def read(folder: Path) -> SymbolSet:
    return read_folder(folder, find_table(folder), "own", "Our own", "Drawn by us.", lambda _done, _of: None)


def test_svg_and_png_come_in_by_the_table(tmp_path: Path) -> None:
    found = read(folder_of(tmp_path / "own", PICTURES, "tell,a.svg\n\nhelp , b.png \n"))
    assert found.pictures["tell"].svg and found.pictures["help"].png


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("teld,a.svg", "There is no concept “teld”. Did you mean tell"),
        ("qqqq,a.svg", "The page /symbols shows all of them"),
        ("help,c.svg", "no such file"),
        ("help,", "names no file"),
        ("help", "names no file"),
        ("tell,b.png", "has a picture already"),
        ("help,../a.svg", "leads out of the folder"),
        ("help,..\\a.svg", "leads out of the folder"),
        ("help,/etc/passwd", "leads out of the folder"),
        ("help,a\0.svg", "leads out of the folder"),
        ("help,link.svg", "link to another place"),
        ("help,symbols.csv", "neither SVG nor PNG"),
        ("help,harm.svg", "<script>"),
        ("help,broken.png", "no PNG"),
        ("help,middle_finger.svg", "for adults"),
    ],
)
def test_a_bad_row_refuses_all_of_them_and_is_named(tmp_path: Path, row: str, says: str) -> None:
    harm = {"harm.svg": svg("<script/>"), "broken.png": png()[:50], "middle_finger.svg": SVG.encode()}
    folder = folder_of(tmp_path / "own", PICTURES | harm, f"tell,a.svg\n{row}\n")
    (tmp_path / "outside.svg").write_bytes(SVG.encode())
    (folder / "link.svg").symlink_to(tmp_path / "outside.svg")
    with pytest.raises(SetRefusedError) as refused:
        read(folder)
    (fault,) = refused.value.faults
    assert fault.file.startswith("symbols.csv, row 3")
    assert says in fault.what


def test_every_bad_row_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SetRefusedError) as refused:
        read(folder_of(tmp_path / "own", PICTURES, "teld,a.svg\nhelp,c.svg\ntell,a.svg\n"))
    assert [one.file for one in refused.value.faults] == ["symbols.csv, row 2 (a.svg)", "symbols.csv, row 3 (c.svg)"]


@pytest.mark.parametrize(
    ("table", "says"),
    [(b"", "first row"), (b"picture,word\n", "first row"), (b"concept,file\n", "no rows"), (b"\xff\xfe", "UTF-8")],
)
def test_a_table_that_is_none_says_what_to_write(tmp_path: Path, table: bytes, says: str) -> None:
    folder = folder_of(tmp_path / "own", PICTURES, "")
    (folder / "symbols.csv").write_bytes(table)
    with pytest.raises(SetRefusedError, match=says):
        read(folder)


def test_a_folder_with_no_table_or_with_two_asks_for_one(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "own", PICTURES, "tell,a.svg\n")
    (folder / "other.csv").write_text("x")
    with pytest.raises(SetRefusedError, match="--table"):
        read(folder)
    (folder / "other.csv").unlink()
    (folder / "symbols.csv").unlink()
    with pytest.raises(SetRefusedError, match="There is no table"):
        read(folder)
