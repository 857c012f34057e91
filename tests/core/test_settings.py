"""Settings: where they come from, and what is said of a bad one."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from kiosk import ROOT
from kiosk.core.settings import Settings, SettingsError, load_settings


def test_every_setting_is_documented_with_its_default() -> None:
    documented = (ROOT / "docs" / "settings.md").read_text("utf-8")
    for one in dataclasses.fields(Settings):
        plain = {"True": "true", "False": "false", "": '""'}.get(str(one.default), str(one.default))
        assert f"| `{one.name}` | `{plain}` | {one.metadata['about']} |" in documented


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text("port = 9000\nprocesses = 3\n")
    settings = load_settings({"KIOSK_DATA": str(tmp_path), "KIOSK_PORT": "9001"})
    assert (settings.port, settings.processes) == (9001, 3)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("portt = 1", "no setting 'portt'"),
        ("port = 'many'", "not a whole number"),
        ("worker = 'perhaps'", "neither true nor false"),
        ("mail_server = 5", "Put it in quotes"),
        ("port = ", "Mend that line"),
    ],
)
def test_a_bad_setting_is_a_sentence_that_says_what_to_do(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "kiosk.toml").write_text(written)
    with pytest.raises(SettingsError, match=said):
        load_settings({"KIOSK_DATA": str(tmp_path)})


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    first = settings.secret("server")
    assert len(first) == 32
    assert settings.secret("server") == first != settings.secret("session")
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / "server.key").stat().st_mode & 0o777 == 0o600
