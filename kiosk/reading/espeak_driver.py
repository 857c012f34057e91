"""A driver for pyttsx3 that speaks into files with espeak-ng, and tells the time at which each word begins.

pyttsx3's own espeak driver loses files and knows no times, so this one takes its place: espeak runs synchronously,
the sound and the events of one text are collected in its callback, then the WAV is written and the words notified.
espeak is one per process and not safe between threads: only the rendering worker loads it.
"""

# ruff: noqa: N802  (the method names are pyttsx3's)

import ctypes
import re
import wave
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version as package_version
from typing import Any

import espeakng_loader
from pyttsx3.voice import Voice

from kiosk.reading.file_driver import FileDriver

NAME = "kiosk_espeak"
SLOWEST, FASTEST = 80, 450  # what espeak accepts, in its own words a minute

# espeak-ng/speak_lib.h
_SYNCHRONOUS = 2
_PHONEME_EVENTS, _DO_NOT_EXIT = 0x0001, 0x8000
_UTF8 = 1
_BY_CHARACTER = 1
_RATE, _VOLUME = 1, 2
_EVENT_NONE, _EVENT_WORD, _EVENT_END, _EVENT_PHONEME = 0, 1, 5, 7


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("phoneme", ctypes.c_char * 8),
    )


class _EspeakVoice(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_char_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("reserved", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(frozen=True)
class _Happening:
    """One event of espeak: what, where in the text (from 0), how many characters, at which sample."""

    kind: int
    location: int
    length: int
    sample: int
    phoneme: bytes


def version() -> str:
    """The engine and its version, as it enters the key of every sound."""
    return f"espeak-ng {package_version('espeakng-loader')}"


def buildDriver(proxy: Any) -> "EspeakDriver":
    """Make the driver; pyttsx3 calls this."""
    return EspeakDriver(proxy)


class EspeakDriver(FileDriver):
    """pyttsx3's driver interface over espeak-ng, writing 16-bit mono WAV."""

    def __init__(self, proxy: Any) -> None:
        self._proxy = proxy
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_EspeakVoice))
        self._sample_rate = self._library.espeak_Initialize(
            _SYNCHRONOUS,
            2000,  # milliseconds of sound a callback
            espeakng_loader.get_data_path().encode(),
            _PHONEME_EVENTS | _DO_NOT_EXIT,
        )
        if self._sample_rate <= 0:
            raise RuntimeError("espeak-ng did not start: its data files are missing.")
        self._sound = bytearray()
        self._happenings: list[_Happening] = []
        self._callback = _Callback(self._collect)  # kept: espeak holds only the address
        self._library.espeak_SetSynthCallback(self._callback)
        self._properties: dict[str, object] = {"voice": None, "rate": 175, "volume": 1.0}
        self._phonemes_in = lru_cache(maxsize=1000)(self._count_phonemes)

    def destroy(self) -> None:
        """Let go of espeak."""
        self._library.espeak_Terminate()

    def getProperty(self, name: str) -> object:
        """Return voice, rate, volume or voices."""
        if name == "voices":
            return self._voices()
        return self._properties[name]

    def setProperty(self, name: str, value: Any) -> None:
        """Set voice, rate (espeak's own words a minute) or volume (0 to 1); an unknown voice is an error."""
        if name == "voice":
            if self._library.espeak_SetVoiceByName(str(value).encode()) != 0:
                raise ValueError(f"espeak-ng has no voice “{value}”.")
            self._phonemes_in.cache_clear()
        elif name == "rate":
            value = min(max(int(value), SLOWEST), FASTEST)
            self._library.espeak_SetParameter(_RATE, value, 0)
        elif name == "volume":
            value = min(max(float(value), 0.0), 1.0)
            self._library.espeak_SetParameter(_VOLUME, round(value * 100), 0)
        else:
            raise KeyError(name)
        self._properties[name] = value

    def save_to_file(self, text: str, filename: str) -> None:
        """Speak into a WAV file, then notify each word with its location, length and time in seconds."""
        self._proxy.notify("started-utterance")
        self._synthesise(text)
        with wave.open(filename, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self._sample_rate)
            file.writeframes(bytes(self._sound))
        for location, (length, sample) in sorted(self._words_begin(text).items()):
            self._proxy.notify("started-word", location=location, length=length, time=sample / self._sample_rate)
        self._proxy.notify("finished-utterance", completed=True)

    def _synthesise(self, text: str) -> None:
        self._sound.clear()
        self._happenings.clear()
        data = text.replace("\0", " ").encode() + b"\0"
        answer = self._library.espeak_Synth(data, len(data), 0, _BY_CHARACTER, 0, _UTF8, None, None)
        if answer != 0:
            raise RuntimeError(f"espeak-ng could not speak the text (error {answer}).")

    def _collect(self, samples: Any, count: int, events: Any) -> int:
        """Keep what espeak hands over: some sound, and the events that fall into it."""
        if samples and count > 0:
            self._sound += ctypes.string_at(samples, count * 2)
        index = 0
        while events[index].type != _EVENT_NONE:
            event = events[index]
            self._happenings.append(
                _Happening(event.type, event.text_position - 1, event.length, event.sample, event.phoneme)
            )
            index += 1
        return 0

    def _words_begin(self, text: str) -> dict[int, tuple[int, int]]:
        """Where each word that espeak told of begins: location to (length, sample)."""
        tokens = [(match.start(), match.end()) for match in re.finditer(r"\S+", text)]
        told: dict[int, int] = {}  # token to sample
        parted: dict[int, int] = {}
        current = -1  # the token that is being spoken
        phonemes: list[int] = []  # where its phonemes begin
        for happening in self._happenings:
            if happening.kind == _EVENT_PHONEME and happening.phoneme[:1] not in (b"_", b";", b""):
                phonemes.append(happening.sample)  # those left out are pauses and joins
            if happening.kind not in (_EVENT_WORD, _EVENT_END):
                continue
            following = _token_at(tokens, happening.location)
            if following == current and happening.kind == _EVENT_WORD:
                continue  # a number or a hyphenated word tells of itself several times: the first counts
            if current >= 0:
                parted |= self._part_merged_words(text, tokens, range(current + 1, following), phonemes)
            phonemes = []
            current = -1
            if happening.kind == _EVENT_WORD and following < len(tokens):
                current = following
                told.setdefault(current, happening.sample)
        return {
            tokens[index][0]: (tokens[index][1] - tokens[index][0], sample)
            for index, sample in (parted | told).items()
        }

    def _part_merged_words(
        self, text: str, tokens: list[tuple[int, int]], merged: range, phonemes: list[int]
    ) -> dict[int, int]:
        """Find where the later words begin in "of the" or "I am", of which espeak tells as one.

        Counted in phonemes from the end, since a joining r may slip in before. (Spread evenly by letters, the second
        word is up to 110 ms off.)
        """
        begins = {}
        remaining = len(phonemes)
        for index in reversed(merged):
            count = self._phonemes_in(text[slice(*tokens[index])])
            remaining -= count
            if remaining <= 0:
                break
            if count:
                begins[index] = phonemes[remaining]
        return begins

    def _count_phonemes(self, word: str) -> int:
        """How many phonemes a word has when it stands alone."""
        text = ctypes.c_char_p(word.encode())
        separated_by_bars = ord("|") << 8
        count = 0
        while text.value:
            spoken = self._library.espeak_TextToPhonemes(ctypes.byref(text), _UTF8, separated_by_bars)
            count += sum(1 for part in re.split(rb"[|\s]+", spoken or b"") if part.strip(b"_:;',%="))
        return count

    def _voices(self) -> list[Voice]:
        listed = self._library.espeak_ListVoices(None)
        voices = []
        index = 0
        while listed[index]:
            voice = listed[index].contents
            language = voice.languages[1:].decode()  # the first byte is its rank
            voices.append(Voice(voice.identifier.decode(), voice.name.decode(), [language]))
            index += 1
        return voices


def _token_at(tokens: list[tuple[int, int]], location: int) -> int:
    """The token that holds a character, or the next one when it lies between two."""
    return next((index for index, (_, end) in enumerate(tokens) if location < end), len(tokens))
