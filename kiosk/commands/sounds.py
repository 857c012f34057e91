"""Renders what the content needs, and says how much of it there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from kiosk.content.loading import load_content
from kiosk.core.settings import Settings
from kiosk.factory import content_folders
from kiosk.reading.voice import VoiceStore, voice_key
from kiosk.reading.wanted import voice_jobs


def build(
    settings: Settings, languages: Sequence[str], *, workers: int = 1, again: bool = False, quiet: bool = False
) -> int:
    """Render everything that is missing; 1 where something could not be spoken."""
    store = VoiceStore(settings.data / "voice")
    jobs = list(voice_jobs(load_content(*content_folders(settings)), languages))
    step = max(1, len(jobs) // 20)

    def progress(done: int, total: int) -> None:
        if not quiet and (done % step == 0 or done == total):
            click.echo(f"voice: {done} of {total}")

    told = store.render(jobs, progress=progress, workers=workers, again=again)
    if not quiet:
        click.echo(f"voice: {told.rendered} new, {told.kept} kept, {len(told.failed)} could not be spoken")
    for job, why in told.failed:
        click.echo(f"  {job.language}: {job.text!r}: {why}", err=True)
    return 1 if told.failed else 0


def report(settings: Settings) -> dict[str, dict[str, Any]]:
    """By language: texts wanted and with sound, minutes, megabytes, and the texts without."""
    store = VoiceStore(settings.data / "voice")
    told: dict[str, dict[str, Any]] = {}
    for job in voice_jobs(load_content(*content_folders(settings))):
        one = told.setdefault(
            job.language, {"wanted": 0, "with_sound": 0, "minutes": 0.0, "megabytes": 0.0, "failed": []}
        )
        one["wanted"] += 1
        sound = store.find(voice_key(job.text, job.language) or "")
        if sound is None:
            one["failed"].append(job.text)
            continue
        one["with_sound"] += 1
        one["minutes"] += sound.duration / 60
        one["megabytes"] += sound.path.stat().st_size / 1e6
    return told
