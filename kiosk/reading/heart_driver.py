"""A driver for pyttsx3: English by hibari's neural voice "heart", into files, with the time at which each word begins.

hibari tells no times, but its model predicts how long each phoneme lasts before it makes the sound, so the times are
read from the model itself. Its text normaliser is left aside: it is made for newspapers, and turns "I can say no."
into "I can say number".
"""

# ruff: noqa: N802  (the method names are pyttsx3's)

import hashlib
import re
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pyttsx3.voice import Voice

from kiosk.reading.file_driver import FileDriver

NAME = "kiosk_heart"
HEART = "heart"
SLOWEST, FASTEST = 80, 250  # words a minute, inside a sentence
NATURAL = 218  # makes the rate a real one: 140 is 144 words a minute inside a sentence (measured on 100 texts)
LOUDER = 1.8  # so that it is as loud as the other voices
MOST_PHONEMES = 400  # the model was made for sentences, and a longer one is cut at a comma

_SAMPLE_RATE, _STEP = 24_000, 600  # hertz; the samples in a step of the model, which counts in 25 ms
# The model lets a word be heard before its own first step: from about the space in front of it. Fitted to a forced
# alignment of 160 texts at three paces; the tests and the bench hold it on others.
_EARLY = 840  # samples; 35 ms
_LEAD, _TAIL = 0.04, 0.56  # seconds of silence left around a sentence: a child who taps waits for the first word
_AUDIBLE = 0.003  # of 1: below what the marks take for silence
# How the model's own file calls the tensor that holds the length of each phoneme in steps; it is not among the
# outputs that hibari asks for. The name belongs to this version, which pyproject.toml pins.
_VERSION = "0.2.1"
_LENGTHS = "/Cast_32_output_0"

_OPENING = re.compile(r"^[^\w£$€&+=@#%]+")
_CLOSING = re.compile(r"[^\w%&+=@#]+$")
_ADDRESS = re.compile(r"(?:[\w.-]+@)?(?:[a-z\d-]+\.)+[a-z]{2,}", re.IGNORECASE)
_RANGE = re.compile(r"\d+[-–]\d+")
_SYMBOLS = {"&": "and", "+": "plus", "=": "equals", "@": "at", "#": "hash"}
_TITLES = {"mr", "mrs", "ms", "dr"}
_PAUSES = {"—": "—", "–": "—", "-": "—", "…": "…", ",": ",", ";": ";", ":": ":", ".": ".", "!": "!", "?": "?"}
# What the American word list has otherwise, or not at all, in the model's own alphabet.
_SAID = {"zed": "zˈɛd", "musa": "mˈusə", "musa's": "mˈusəz"}


@dataclass(frozen=True)
class _Spoken:
    """One word of the text: where it begins, its phonemes, the pause after it, whether a sentence ends there."""

    location: int
    length: int
    phonemes: str
    pause: str


@cache
def is_installed() -> bool:
    """Whether the packages that this voice needs are there, in the version that it knows."""
    try:
        return find_spec("onnxruntime") is not None and package_version("hibari-tts") == _VERSION
    except PackageNotFoundError:
        return False


def version() -> str:
    """The engine and its version, as it enters the key of every sound."""
    return f"hibari-tts {_VERSION}"


def buildDriver(proxy: Any) -> "HeartDriver":
    """Make the driver; pyttsx3 calls this."""
    return HeartDriver(proxy)


class HeartDriver(FileDriver):
    """pyttsx3's driver interface over hibari, writing 16-bit mono WAV."""

    def __init__(self, proxy: Any) -> None:
        import numpy
        from hibari import Hibari, dsp
        from hibari.voices import voice_path

        self._proxy = proxy
        self._numpy = numpy
        self._synthesis = dsp
        self._model = Hibari(voice=HEART)
        self._session = _session_with_lengths(voice_path(HEART, download_missing=False))
        self._properties: dict[str, object] = {"voice": HEART, "rate": 140, "volume": 1.0}

    def destroy(self) -> None:
        """Do nothing: the process ends soon."""

    def getProperty(self, name: str) -> object:
        """Return voice, rate, volume or voices."""
        if name == "voices":
            return [Voice(HEART, HEART, ["en-us"])]
        return self._properties[name]

    def setProperty(self, name: str, value: Any) -> None:
        """Set voice, rate (words a minute) or volume (0 to 1); an unknown voice is an error."""
        if name == "voice" and value != HEART:
            raise ValueError(f"hibari has no voice “{value}” here.")
        if name == "rate":
            value = min(max(int(value), SLOWEST), FASTEST)
        elif name == "volume":
            value = min(max(float(value), 0.0), 1.0)
        elif name != "voice":
            raise KeyError(name)
        self._properties[name] = value

    def save_to_file(self, text: str, filename: str) -> None:
        """Speak into a WAV file, then notify each word with its location, length and time in seconds."""
        self._proxy.notify("started-utterance")
        # The breath in the sound is noise: seeded by the text, the same text gives the same sound everywhere.
        noise = self._numpy.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big"))
        pieces, begins, samples = [], {}, 0
        for sentence in self._sentences(text):
            sound, places = self._synthesise(sentence, noise)
            begins.update({word: samples + place for word, place in places.items()})
            pieces.append(sound)
            samples += len(sound)
        whole = self._numpy.concatenate(pieces) if pieces else self._numpy.zeros(1, self._numpy.float32)
        with wave.open(filename, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(_SAMPLE_RATE)
            file.writeframes(self._as_samples(whole))
        for word, sample in begins.items():
            self._proxy.notify(
                "started-word", location=word.location, length=word.length, time=sample / _SAMPLE_RATE
            )
        self._proxy.notify("finished-utterance", completed=True)

    def _synthesise(self, sentence: list[_Spoken], noise: Any) -> tuple[Any, dict[_Spoken, int]]:
        """The sound of a sentence, and the sample at which each of its words begins."""
        known = self._model.vocab
        ids, first = [0], {}
        for word in sentence:
            if word.phonemes:
                first[word] = len(ids)
            joined = word.phonemes + word.pause + (" " if word is not sentence[-1] else "")
            ids += [known[phoneme] for phoneme in joined if phoneme in known]
        ids.append(0)
        asked = {
            "ids": self._numpy.asarray([ids], self._numpy.int64),
            "speed": self._numpy.asarray([int(str(self._properties["rate"])) / NATURAL], self._numpy.float32),
        }
        *parts, lengths = self._session.run(None, asked)
        sound = self._synthesis.synth(*(part[0] for part in parts), noise)
        ends = self._numpy.cumsum(lengths) * _STEP
        begins = {word: int(ends[index - 2]) - _EARLY for word, index in first.items() if index > 1}
        audible = self._numpy.flatnonzero(self._numpy.abs(sound) > _AUDIBLE)
        start, end = (int(audible[0]), int(audible[-1])) if len(audible) else (0, 0)
        if sentence[0].phonemes:
            begins[sentence[0]] = start
        # The model leaves more silence around a sentence the slower it speaks.
        lead, tail = int(_LEAD * _SAMPLE_RATE), int(_TAIL * _SAMPLE_RATE)
        kept = self._numpy.pad(sound[start : end + 1], (lead, tail))
        return kept, {word: max(0, sample - start) + lead for word, sample in begins.items()}

    def _as_samples(self, sound: Any) -> bytes:
        loud = sound * (LOUDER * float(str(self._properties["volume"])))
        # Bends the few peaks that would break off.
        bent = self._numpy.where(
            self._numpy.abs(loud) > 0.8, self._numpy.sign(loud) * (1 - 0.2 * self._numpy.exp(4 - 5 * abs(loud))), loud
        )
        return bytes((bent * 32_000).astype("<i2").tobytes())

    def _sentences(self, text: str) -> Iterator[list[_Spoken]]:
        """The words of each sentence; one that is too long for the model is cut, at a comma if there is one."""
        found = list(re.finditer(r"\S+", text))
        cut = 0
        for index, match in enumerate(found):
            following = found[index + 1].group() if index + 1 < len(found) else None
            if following is None or _ends_sentence(match.group(), following):
                yield from self._in_pieces(self._words(found[cut : index + 1]))
                cut = index + 1

    def _in_pieces(self, words: list[_Spoken]) -> Iterator[list[_Spoken]]:
        while sum(len(word.phonemes) + 1 for word in words) > MOST_PHONEMES:
            size, fitting = 0, 0
            while fitting < len(words) - 1 and size + len(words[fitting].phonemes) < MOST_PHONEMES:
                size += len(words[fitting].phonemes) + 1
                fitting += 1
            cut = next((place + 1 for place in reversed(range(fitting)) if words[place].pause), max(1, fitting))
            yield words[:cut]
            words = words[cut:]
        if any(word.phonemes for word in words):
            yield words

    def _words(self, matches: list[re.Match[str]]) -> list[_Spoken]:
        """The words as the model is given them: phonemes from hibari's word lists, pauses from the punctuation."""
        cores = [_core(match.group()) for match in matches]
        phonemes = iter(self._phonemes([core for core in cores if core]))
        words: list[_Spoken] = []
        for match, core in zip(matches, cores, strict=True):
            written = match.group()
            pause = _pause(written if not core else (_CLOSING.search(written) or [""])[0])
            words.append(_Spoken(match.start(), len(written), next(phonemes) if core else "", pause))
        return words

    def _phonemes(self, cores: list[str]) -> list[str]:
        """The phonemes of each word, which depend on its neighbours."""
        if not cores:
            return []
        g2p = self._model.g2p
        owners = [index for index, core in enumerate(cores) for _ in core.split()]
        phonemes = [""] * len(cores)
        place = 0
        for token in g2p.phonemize_tokens(g2p.tokenize(" ".join(cores))):
            phonemes[owners[place]] += (token.phonemes or "") + token.whitespace
            place += bool(token.whitespace)
        return [_SAID.get(core.lower(), each.strip()) for core, each in zip(cores, phonemes, strict=True)]


def _session_with_lengths(path: str) -> Any:
    """The model, asked for one output more.

    Two messages of protobuf after one another are read as one, their lists joined: so a graph that holds nothing but
    an output, put behind the file, adds that output to the model.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    model = Path(path).read_bytes()
    graph, output, name = 7, 12, 1  # the numbers of these fields in onnx.proto
    more = _field(graph, _field(output, _field(name, _LENGTHS.encode())))
    return onnxruntime.InferenceSession(model + more, options, providers=["CPUExecutionProvider"])


def _field(number: int, content: bytes) -> bytes:
    """A field of protobuf that holds bytes, fewer than 128 of them."""
    return bytes([number << 3 | 2, len(content)]) + content


def _core(word: str) -> str:
    """A word without the punctuation around it, as a word list knows it; an address or a range in several words."""
    core = _CLOSING.sub("", _OPENING.sub("", word)).replace("’", "'").replace("‘", "'")
    if _ADDRESS.fullmatch(core):
        return core.replace("www.", "w w w dot ").replace(".", " dot ").replace("@", " at ")
    if _RANGE.fullmatch(core):
        return re.sub("[-–]", " to ", core)
    return _SYMBOLS.get(core, core)


def _pause(closing: str) -> str:
    """The mark among a word's closing punctuation at which a reader pauses."""
    for character in closing:
        if character in _PAUSES:
            return _PAUSES[character]
    return "," if ")" in closing else ""


def _ends_sentence(word: str, following: str) -> bool:
    closing = (_CLOSING.search(word) or [""])[0]
    if not any(mark in closing for mark in ".!?…"):
        return False
    core = _core(word)
    is_initial = len(core) == 1 and core.isupper() and core != "I"
    is_abbreviation = closing == "." and (is_initial or core.lower() in _TITLES)
    return not is_abbreviation and not _OPENING.sub("", following)[:1].islower()
