"""`kiosk voice`: what it renders, reports and lists, on a small content of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.commands import sounds
from kiosk.core.settings import Settings
from kiosk.reading.voice import VoiceJob, VoiceStore
from kiosk.reading.voices import WITHOUT_A_VOICE, choose_voices

JOBS = [VoiceJob("Stop and ask.", "en"), VoiceJob("…", "en"), VoiceJob("Powiedz komuś.", "pl")]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A data folder; of all the content's texts, three are wanted, and one of them cannot be spoken."""
    wanted = lambda _content, languages=(): [job for job in JOBS if not languages or job.language in languages]  # noqa: E731
    monkeypatch.setattr(sounds, "voice_jobs", wanted)
    monkeypatch.setenv("KIOSK_VOICE_EN", "rp")
    yield str(tmp_path)
    choose_voices(Settings())


def test_what_cannot_be_spoken_is_named_with_its_reason_and_the_rest_is_made(data: str) -> None:
    build = CliRunner().invoke(main, ["voice", "build", "--data", data, "--workers", "2"])
    assert build.exit_code == 1
    assert "2 new, 0 kept, 1 could not be spoken" in build.output
    assert "'…': The voice finds no word to say in this text." in build.output

    told = json.loads(CliRunner().invoke(main, ["voice", "report", "--data", data, "--json"]).output)
    made = {language: (one["with_sound"], one["wanted"]) for language, one in told.items()}
    assert made == {"en": (1, 2), "pl": (1, 1)}
    assert told["en"]["failed"] == [{"text": "…", "why": "The voice finds no word to say in this text."}]
    assert told["en"]["minutes"] > 0 and told["en"]["megabytes"] > 0

    again = CliRunner().invoke(main, ["voice", "build", "--data", data, "--language", "pl"])
    assert (again.exit_code, "0 new, 1 kept, 0 could not" in again.output) == (0, True)


def test_a_language_without_a_voice_is_refused_in_a_sentence(data: str) -> None:
    build = CliRunner().invoke(main, ["voice", "build", "--data", data, "--language", "so"])
    assert (build.exit_code, "No voice speaks so. There are: en," in build.output) == (2, True)
    assert not VoiceStore(Path(data) / "voice").folder.exists()


def test_a_voice_that_there_is_not_is_refused_with_those_there_are(
    data: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_VOICE_EN", "robot")
    told = CliRunner().invoke(main, ["voice", "list", "--data", data])
    assert (told.exit_code, "Write one of: heart, rp, england, scotland." in told.output) == (2, True)


def test_the_list_says_who_reads_and_which_languages_nobody_speaks(data: str) -> None:
    told = json.loads(CliRunner().invoke(main, ["voice", "list", "--data", data, "--json"]).output)
    assert [one["voice"] for one in told if one["language"] == "en" and one["in_use"]] == ["rp"]
    assert {one["language"] for one in told if one["voice"] is None} == set(WITHOUT_A_VOICE)
    words = CliRunner().invoke(main, ["voice", "list", "--data", data]).output
    assert "* en  English          rp" in words and "so  Somali" in words
