"""When words begin in a sound, by CMU PocketSphinx: an aligner that knows nothing of the engine that spoke."""

from __future__ import annotations

import array
import re
from typing import Any

FRAMES_A_SECOND = 100
_FILLERS = {"<s>", "</s>", "<sil>", "(NULL)"}


class Aligner:
    """PocketSphinx for sounds of one sample rate; raises ImportError where it is not installed."""

    def __init__(self, sample_rate: int) -> None:
        from pocketsphinx import Decoder

        # Its filters are laid out in hertz, so it may listen at any rate, given a window that is long enough.
        self._decoder: Any = Decoder(lm=None, samprate=sample_rate, nfft=1024, loglevel="FATAL")

    def knows(self, words: list[str]) -> bool:
        """Whether it has a pronunciation of every word."""
        return all(self._decoder.lookup_word(_bare(word)) is not None for word in words)

    def begins(self, words: list[str], samples: array.array[int]) -> list[float] | None:
        """When each word begins, in seconds; None where it does not find the words in the sound."""
        self._decoder.set_align_text(" ".join(map(_bare, words)))
        self._decoder.start_utt()
        self._decoder.process_raw(samples.tobytes(), full_utt=True)
        self._decoder.end_utt()
        found = [one for one in self._decoder.seg() or () if one.word not in _FILLERS]
        if len(found) != len(words):
            return None
        return [one.start_frame / FRAMES_A_SECOND for one in found]


def _bare(word: str) -> str:
    return re.sub(r"[^a-z']", "", word.lower().replace("’", "'")).strip("'")
