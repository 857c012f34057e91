"""The voices in figures: how well they are understood, how exactly their words are marked, how fast they are made."""

from __future__ import annotations

import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import click

from kiosk.commands.alignment import Aligner
from kiosk.commands.bench_figure import Figure
from kiosk.commands.recognition import NEEDED, Recogniser, comparable, word_errors
from kiosk.content.loading import load_content
from kiosk.core.settings import Settings
from kiosk.factory import content_folders
from kiosk.reading.render import Speaker, read_wav, word_times
from kiosk.reading.said import said
from kiosk.reading.voice import VoiceJob, VoiceStore, voice_key
from kiosk.reading.voices import ENGLISH, Offer, english_in_use
from kiosk.reading.wanted import voice_jobs

SAMPLE = 100  # texts a voice
AT_ONCE = 20
MANY = 1_000


def voice_figures(settings: Settings) -> Iterator[Figure]:
    """Every English voice on the same texts of the shipped content, then many sounds made at once."""
    jobs = list(voice_jobs(load_content(*content_folders(settings)), ("en",)))
    recogniser = _recogniser()
    for name, offer in ENGLISH.items():
        if offer.is_installed:
            yield from _one_voice(name, offer, _sample(jobs), recogniser)
        else:
            click.echo(f"bench: the voice {name} is not installed here: its figures are left out")
    yield from _many(jobs)


def _recogniser() -> Recogniser | None:
    try:
        return Recogniser()
    except ImportError:
        click.echo(f"bench: no recogniser here (pip install {NEEDED}): word errors are left out")
        return None


def _sample(jobs: list[VoiceJob]) -> list[str]:
    """The same texts each time: of some length, and without digits, which a recogniser writes in its own way."""
    fitting = [job.text for job in jobs if 4 <= len(job.text.split()) <= 40 and not re.search(r"\d", job.text)]
    return random.Random(3).sample(fitting, min(SAMPLE, len(fitting)))  # noqa: S311


def _one_voice(name: str, offer: Offer, texts: list[str], recogniser: Recogniser | None) -> Iterator[Figure]:
    speaker = Speaker(offer.voice.driver)
    aligner: Aligner | None = None
    is_used = name == english_in_use()
    apart: list[float] = []
    errors = words_written = tried = aligned = 0
    spoken = took = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for text in texts:
            words = said(text)
            started = time.perf_counter()
            told = speaker.speak(" ".join(words), offer.voice.voice, offer.voice.rate, Path(folder) / "one.wav")
            took += time.perf_counter() - started
            samples, rate = read_wav(Path(folder) / "one.wav")
            spoken += len(samples) / rate
            if recogniser:
                written = comparable(text)
                errors += word_errors(written, recogniser.hears(samples, rate))
                words_written += len(written)
            aligner = aligner or _aligner(rate)
            if aligner and aligner.knows(words):
                tried += 1
                heard = aligner.begins(words, samples)
                if heard:
                    aligned += 1
                    marked = word_times(words, told, len(samples) / rate)
                    apart += [abs(mark - begin) for mark, begin in zip(marked, heard, strict=True)]
    if recogniser:
        error = 100 * errors / words_written
        yield Figure(f"voice {name}: words misheard by Whisper tiny.en", error, "%", 5 if is_used else None)
    if apart:
        late = statistics.quantiles(apart, n=20)[-1] * 1000
        yield Figure(f"voice {name}: word marks from an aligner's, p95", late, "ms", 80 if is_used else None)
        yield Figure(f"voice {name}: texts that the aligner could follow", 100 * aligned / tried, "%", None)
    yield Figure(f"voice {name}: speed", spoken / took, "× real", None)


def _aligner(rate: int) -> Aligner | None:
    try:
        return Aligner(rate)
    except ImportError:
        click.echo("bench: no aligner here (pip install pocketsphinx): word marks are left out")
        return None


def _many(jobs: list[VoiceJob]) -> Iterator[Figure]:
    """A thousand sounds by twenty renderers, each held to be whole."""
    many = jobs[:MANY]
    with tempfile.TemporaryDirectory() as folder:
        store = VoiceStore(Path(folder) / "voice")
        started = time.perf_counter()
        told = store.render(many, workers=AT_ONCE)
        took = time.perf_counter() - started
        faulty = sum(not _is_whole(store, job) for job in many)
        size = sum(path.stat().st_size for path in store.folder.glob("*.mp3"))
    yield Figure(f"voice: {AT_ONCE} renders at once, empty or broken in {len(many)}", faulty, "", 0)
    yield Figure(f"voice: {AT_ONCE} renders at once, could not be spoken", len(told.failed), "", 0)
    yield Figure(f"voice: {AT_ONCE} renders at once, {len(many)} sounds", took, "s", None)
    yield Figure("voice: a sound's size on average", size / len(many) / 1000, "kB", None)


def _is_whole(store: VoiceStore, job: VoiceJob) -> bool:
    sound = store.find(voice_key(job.text, job.language) or "")
    return sound is not None and sound.duration > 0.2 and len(sound.words) == len(job.text.split())
