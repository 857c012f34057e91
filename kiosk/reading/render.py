"""The worker process that turns texts into sound: `python -m kiosk.reading.render FOLDER DRIVER…`.

It reads one job a line from standard input and answers each with a line, so that an engine that crashes or hangs
costs one text and never the kiosk. After the line "ready", jobs and answers are JSON:

    {"key": …, "text": …, "driver": …, "voice": …, "rate": …, "made": …, "patience": seconds}
    {"why": null or a sentence, "lasting": whether trying again is of no use}

The engine is reached through pyttsx3 alone. Another engine takes the same shape: a module with `buildDriver(proxy)`
whose driver writes 16-bit mono WAV in `save_to_file` and notifies "started-word" with `location` (in characters, from
0), `length` and `time` (seconds into that WAV); put it in DRIVERS and name it in a Voice. An engine that knows no
word times notifies none: the words are spread over the sound by their letters, and the marks say that a page should
light the sentence.
"""

from __future__ import annotations

import array
import contextlib
import faulthandler
import fcntl
import json
import os
import sys
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lameenc
import pyttsx3

from kiosk.reading import espeak_driver, heart_driver
from kiosk.reading.said import said
from kiosk.reading.voice import Interval, VoiceStore

DRIVERS = {espeak_driver.NAME: espeak_driver, heart_driver.NAME: heart_driver}

BIT_RATE = 32  # kbit/s, constant: 240 kB a minute, and every tablet plays it
# MP3 comes out later than it went in: by 576 samples in LAME and 529 in the decoder, and nobody takes them off again,
# since lameenc writes no gapless tag. Measured in Chromium 156 on 15 bursts from this encoder (2026-11-21):
# decodeAudioData 1,105 samples late each time (50.1 ms), <audio>.currentTime 53 ms (±3 of its own). The marks are
# moved once, in render().
DECODER_DELAY = 1105  # samples
SILENCE = 200  # of 32,768: what no ear hears
SHORTEST_PAUSE = 0.15  # seconds; anything shorter is the inside of a word ("k" is silent before it bursts)
STEP = 0.01  # seconds; how finely a pause is looked for


class UnspeakableError(Exception):
    """The engine cannot speak a text; the message says why."""


class Speaker:
    """pyttsx3 and what it notifies while one text is spoken."""

    def __init__(self, driver: str) -> None:
        sys.modules[f"pyttsx3.drivers.{driver}"] = DRIVERS[driver]  # where pyttsx3 looks for a driver
        self._engine: Any = pyttsx3.init(driver)
        self._times: dict[int, float] = {}
        self._errors: list[Exception] = []
        self._engine.connect("started-word", self._on_word)
        self._engine.connect("error", self._on_error)

    def _on_word(self, name: str, location: int, length: int, time: float) -> None:
        self._times.setdefault(location, time)

    def _on_error(self, name: str, exception: Exception) -> None:
        self._errors.append(exception)

    @property
    def driver(self) -> Any:
        """The driver that pyttsx3 has made."""
        return self._engine.proxy._driver

    def speak(self, text: str, voice: str, rate: int, wav: Path) -> dict[int, float]:
        """Write the WAV and return the time of each word that the engine told of, by its location."""
        self._times, self._errors = {}, []
        self._engine.setProperty("voice", voice)
        self._engine.setProperty("rate", rate)
        if not self._errors:
            self._engine.save_to_file(text, str(wav), name=wav.name)
            self._engine.runAndWait()
        for error in self._errors:
            if isinstance(error, OSError):
                raise error  # a full disk is no fault of the text
            raise UnspeakableError(f"The engine says: {error}")
        return self._times


def word_times(words: list[str], told: dict[int, float], duration: float) -> list[float]:
    """When each word begins: as told, or spread by letters between the words that were told.

    `words` is what is said for each word written, `told` by location in them joined by spaces.
    """
    begins: list[float | None] = []
    letters: list[int] = []
    location = 0
    for word in words:
        inside = [time for place, time in told.items() if location <= place < location + len(word)]
        begins.append(min(inside, default=None))
        letters.append(max(1, sum(character.isalnum() for character in word)))
        location += len(word) + 1
    times: list[float] = []
    for index, begin in enumerate(begins):
        earliest = times[-1] if times else 0.0
        if begin is not None:
            times.append(min(max(begin, earliest), duration))
            continue
        later = next((place for place in range(index + 1, len(begins)) if begins[place] is not None), len(begins))
        until = max(begins[later] or 0.0 if later < len(begins) else duration, earliest)
        before = letters[index - 1] if index else 0
        times.append(earliest + (until - earliest) * before / (before + sum(letters[index:later])))
    return times


def word_intervals(begins: list[float], samples: array.array[int], sample_rate: int) -> list[Interval]:
    """From when to when each word sounds: to the next one, or to the pause before it."""
    duration = len(samples) / sample_rate
    window = int(STEP * sample_rate)
    intervals = []
    for begin, until in zip(begins, [*begins[1:], duration], strict=True):
        first, last = int(begin * sample_rate), int(until * sample_rate)
        end = last
        while end - window > first and max(samples[end - window : end]) < SILENCE:
            end -= window
        paused = (last - end) / sample_rate >= SHORTEST_PAUSE and end - window > first
        intervals.append((begin, end / sample_rate if paused else until))
    return intervals


def encode(samples: array.array[int], sample_rate: int) -> bytes:
    """MP3, mono, at a constant bit rate."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(BIT_RATE)
    encoder.set_in_sample_rate(sample_rate)
    encoder.set_out_sample_rate(sample_rate)
    encoder.set_channels(1)
    encoder.set_quality(2)
    encoder.silence()
    return bytes(encoder.encode(samples.tobytes()) + encoder.flush())


def read_wav(path: Path) -> tuple[array.array[int], int]:
    """The samples of a 16-bit mono WAV file, and how many there are a second."""
    with wave.open(str(path), "rb") as file:
        if (file.getnchannels(), file.getsampwidth()) != (1, 2):
            raise UnspeakableError("The engine did not write 16-bit mono sound.")
        samples = array.array("h", file.readframes(file.getnframes()))
        if sys.byteorder == "big":
            samples.byteswap()
        return samples, file.getframerate()


@dataclass(frozen=True)
class Rendering:
    """A spoken text: its MP3, its length and its words' intervals, in seconds of what a browser plays."""

    mp3: bytes
    duration: float
    words: list[Interval]
    lit: str


def render(speaker: Speaker, job: dict[str, Any], wav: Path) -> Rendering:
    """Speak one text."""
    words = said(job["text"])
    if not words:
        raise UnspeakableError("The text is empty.")
    try:
        told = speaker.speak(" ".join(words), job["voice"], job["rate"], wav)
        samples, sample_rate = read_wav(wav)
    finally:
        wav.unlink(missing_ok=True)
    if max(samples, default=0) < SILENCE:
        raise UnspeakableError("The voice finds no word to say in this text.")
    duration, delay = len(samples) / sample_rate, DECODER_DELAY / sample_rate
    intervals = word_intervals(word_times(words, told, duration), samples, sample_rate)
    if len(intervals) != len(job["text"].split()):
        raise UnspeakableError("The words spoken are not the words written.")
    moved = [(start + delay, end + delay) for start, end in intervals]
    lit = "word" if told or len(words) == 1 else "sentence"
    return Rendering(encode(samples, sample_rate), duration + delay, moved, lit)


def publish(store: VoiceStore, key: str, rendering: Rendering, made: list[str | int]) -> None:
    """Put a sound into the store, marks last, unless another process was faster.

    Two renderings of a text differ by a few samples (espeak's pitch wavers), so sound and marks of two processes must
    not be mixed: under a lock, whoever comes second leaves what is there.
    """
    sound, marks = part(store, key, "mp3"), part(store, key, "json")
    spans = [[round(start, 3), round(end, 3)] for start, end in rendering.words]
    told = {"duration": round(rendering.duration, 3), "words": spans, "lit": rendering.lit}
    try:
        sound.write_bytes(rendering.mp3)
        marks.write_text(json.dumps({**told, "bytes": len(rendering.mp3), "made": made}))
        with (store.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if store.find(key) is None:
                (store.folder / f"{key}.json").unlink(missing_ok=True)
                sound.replace(store.folder / f"{key}.mp3")
                marks.replace(store.folder / f"{key}.json")
        (store.folder / f"{key}.failed").unlink(missing_ok=True)
    finally:
        sound.unlink(missing_ok=True)
        marks.unlink(missing_ok=True)


def part(store: VoiceStore, key: str, kind: str) -> Path:
    """A temporary name that no other process uses."""
    return store.folder / f"{key}.{os.getpid()}.{kind}.part"


def main() -> None:
    """Answer jobs until standard input ends, as it also does when the kiosk dies."""
    store = VoiceStore(Path(sys.argv[1]))
    with contextlib.suppress(OSError, AttributeError):
        os.nice(5)  # children who are learning come before sound that is made ahead
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)  # so that an engine that prints does not spoil the answers
    speakers = {name: Speaker(name) for name in sys.argv[2:]}
    answers.write("ready\n")
    for line in sys.stdin:
        job = json.loads(line)
        faulthandler.dump_traceback_later(job["patience"] * 2, exit=True)  # if nobody is left to end a hang
        why, lasting = None, False
        try:
            rendering = render(speakers[job["driver"]], job, part(store, job["key"], "wav"))
            publish(store, job["key"], rendering, job["made"])
        except UnspeakableError as reason:
            why, lasting = str(reason), True
        except OSError as reason:
            why = f"The sound could not be written: {reason.strerror or reason}."
        faulthandler.cancel_dump_traceback_later()
        answers.write(json.dumps({"why": why, "lasting": lasting}) + "\n")


if __name__ == "__main__":
    main()
