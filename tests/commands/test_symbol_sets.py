"""`kiosk symbols`: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from tests.reading.sets.making import OF_RELEASE, SVG, folder_of, png, release, write_zip


def kiosk(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["symbols", *arguments, "--data", str(data / "data")])


def listed(data: Path) -> dict[str, int]:
    told = json.loads(kiosk(data, "list", "--json").stdout)
    return {one["set"]: one["concepts"] for one in told["sets"]}


def test_a_release_is_imported_listed_replaced_and_removed(tmp_path: Path) -> None:
    told = kiosk(tmp_path, "import", str(release(tmp_path)), "--json")
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["concepts"] == len(OF_RELEASE)
    assert listed(tmp_path)["mulberry"] == len(OF_RELEASE)
    assert json.loads(kiosk(tmp_path, "import", str(release(tmp_path)), "--json").stdout)["replaced"]
    assert kiosk(tmp_path, "remove", "mulberry").exit_code == 0
    assert "mulberry" not in listed(tmp_path)


def test_a_folder_is_imported_under_its_name_with_its_thanks(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "own", {"a.svg": SVG.encode(), "b.png": png()}, "tell,a.svg\nhelp,b.png\n")
    told = kiosk(
        tmp_path, "import", str(folder), "--name", "widgit", "--title", "Widgit Symbols", "--credit", "© Widgit"
    )
    assert told.exit_code == 0, told.output
    assert "Widgit Symbols: 2 of" in told.output
    kept = json.loads((tmp_path / "data" / "symbols" / "widgit" / "set.json").read_text("utf-8"))
    assert kept["credit"] == "© Widgit"


def test_a_refused_one_ends_with_1_names_the_file_and_leaves_what_was_there(tmp_path: Path) -> None:
    kiosk(tmp_path, "import", str(release(tmp_path)))
    bad = write_zip(tmp_path / "bad.zip", {"readme.txt": b"hello"})
    told = kiosk(tmp_path, "import", str(bad))
    assert told.exit_code == 1
    assert "bad.zip: It is not a Mulberry release" in told.stderr
    assert "nothing is changed" in told.stderr
    assert json.loads(kiosk(tmp_path, "import", str(bad), "--json").stdout)["errors"][0]["file"] == "bad.zip"
    assert listed(tmp_path)["mulberry"] == len(OF_RELEASE)


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "no-such-file.zip"],
        ["import", "FOLDER"],
        ["import", "FOLDER", "--name", "openmoji"],
        ["import", "FOLDER", "--name", "mulberry"],
        ["import", "FOLDER", "--name", "../up"],
        ["import", "ZIP", "--title", "Mine"],
        ["remove", "openmoji"],
        ["remove", "gone"],
        ["remove", "../data"],
    ],
)
def test_a_command_that_cannot_be_meant_ends_with_2_and_says_how_to(tmp_path: Path, arguments: list[str]) -> None:
    folder = folder_of(tmp_path / "own", {"a.svg": SVG.encode()}, "tell,a.svg\n")
    meant = {"FOLDER": str(folder), "ZIP": str(release(tmp_path))}
    told = kiosk(tmp_path, *(meant.get(one, one) for one in arguments))
    assert told.exit_code == 2
    assert told.stderr
    assert not (tmp_path / "data" / "symbols").exists()


def test_a_full_disk_is_told_and_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    told = kiosk(tmp_path, "import", str(release(tmp_path)))
    assert told.exit_code == 1
    assert "No space left" in told.stderr
