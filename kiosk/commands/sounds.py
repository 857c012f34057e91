"""`kiosk voice`: renders what the content needs, says how much of it there is, and which voices there are."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import click

from kiosk.content.catalogue import shipped_catalogues
from kiosk.content.loading import load_content
from kiosk.core.settings import Settings
from kiosk.factory import content_folders
from kiosk.reading.voice import VoiceJob, VoiceStore, voice_key
from kiosk.reading.voices import ENGLISH, LANGUAGES, WITHOUT_A_VOICE, english_in_use, spoken_languages, voice_of
from kiosk.reading.wanted import voice_jobs


class NoVoiceError(Exception):
    """A language that no voice speaks was asked for; the message says what there is."""


def build(
    settings: Settings,
    languages: Sequence[str] = (),
    *,
    workers: int | None = None,
    again: bool = False,
    quiet: bool = False,
) -> int:
    """Render everything that is missing; 1 where something could not be spoken. Raises NoVoiceError."""
    if unknown := [each for each in languages if voice_of(each) is None]:
        raise NoVoiceError(f"No voice speaks {', '.join(unknown)}. There are: {', '.join(spoken_languages())}.")
    store = VoiceStore(settings.data / "voice")
    jobs = list(voice_jobs(load_content(*content_folders(settings)), languages))
    step = max(1, len(jobs) // 20)

    def progress(done: int, total: int) -> None:
        if not quiet and (done % step == 0 or done == total):
            click.echo(f"voice: {done} of {total}")

    if not quiet and settings.voice_en != english_in_use():
        click.echo(f"voice: {settings.voice_en} is not installed here (make install); {english_in_use()} reads English")
    told = store.render(jobs, progress=progress, workers=workers or os.cpu_count() or 1, again=again)
    if not quiet:
        click.echo(f"voice: {told.rendered} new, {told.kept} kept, {len(told.failed)} could not be spoken")
    for job, why in told.failed:
        click.echo(f"  {job.language}: {job.text!r}: {why}", err=True)
    return 1 if told.failed else 0


def report(settings: Settings) -> dict[str, dict[str, Any]]:
    """By language: texts wanted and with sound, minutes, megabytes, the texts not made yet and those that failed."""
    store = VoiceStore(settings.data / "voice")
    told: dict[str, dict[str, Any]] = {}
    for job in voice_jobs(load_content(*content_folders(settings))):
        one = told.setdefault(job.language, _nothing_yet(job))
        one["wanted"] += 1
        key = voice_key(job.text, job.language) or ""
        sound = store.find(key)
        if sound is not None:
            one["with_sound"] += 1
            one["minutes"] += sound.duration / 60
            one["megabytes"] += sound.path.stat().st_size / 1e6
        elif why := store.find_failure(key):
            one["failed"].append({"text": job.text, "why": why})
        else:
            one["not_made_yet"] += 1
    return told


def _nothing_yet(job: VoiceJob) -> dict[str, Any]:
    voice = voice_of(job.language)
    return {
        "voice": voice.voice if voice else None,
        "wanted": 0,
        "with_sound": 0,
        "not_made_yet": 0,
        "minutes": 0.0,
        "megabytes": 0.0,
        "failed": [],
    }


def report_in_words(told: dict[str, dict[str, Any]]) -> list[str]:
    """The report, a line a language, and below it each text that could not be spoken with the reason."""
    lines = []
    for language, one in told.items():
        lines.append(
            f"{language}: {one['with_sound']} of {one['wanted']} texts by {one['voice']}, "
            f"{one['minutes']:.0f} minutes, {one['megabytes']:.1f} MB; "
            f"not made yet: {one['not_made_yet']}; could not be spoken: {len(one['failed'])}"
        )
        lines += [f"    {failed['text']!r}: {failed['why']}" for failed in one["failed"]]
    return lines


def list_voices(settings: Settings) -> list[dict[str, Any]]:
    """Every voice there is, and the languages without one: which is in use, which is not installed."""
    shown = shipped_catalogues().languages
    english = [
        {
            "language": "en",
            "name": "English",
            "voice": name,
            "about": offer.about,
            "installed": offer.is_installed,
            "chosen": name == settings.voice_en,
            "in_use": name == english_in_use(),
        }
        for name, offer in ENGLISH.items()
    ]
    others = [
        {"language": language, "name": name, "voice": voice, "installed": True, "in_use": language in shown}
        for language, (name, voice) in LANGUAGES.items()
    ]
    without = [
        {"language": language, "name": name, "voice": None, "installed": False, "in_use": False}
        for language, name in WITHOUT_A_VOICE.items()
    ]
    return [*english, *others, *without]


def list_in_words(voices: list[dict[str, Any]]) -> list[str]:
    """The list, a line a voice."""
    lines = []
    for one in voices:
        notes = []
        if one["voice"] is None:
            notes.append("no voice here speaks it: its pages say that there is no sound")
        if one.get("about"):
            notes.append(one["about"])
        if one.get("chosen") and not one["in_use"]:
            notes.append("chosen, but not installed: make install")
        elif not one["installed"] and one["voice"]:
            notes.append("not installed: make install")
        mark = "*" if one["in_use"] else " "
        lines.append(
            f"{mark} {one['language']:<3} {one['name']:<16} {one['voice'] or '–':<12} {'; '.join(notes)}".rstrip()
        )
    return [*lines, "* reads aloud what is shown in that language. In kiosk.toml, voice_en chooses the English one."]


def tidy(settings: Settings) -> str:
    """Remove the sounds of voices that are no longer used, and say how many there were."""
    removed, freed = VoiceStore(settings.data / "voice").tidy()
    return f"voice: {removed} sounds of voices no longer used removed, {freed / 1e6:.1f} MB"
