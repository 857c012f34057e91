"""The neural English voice: what it says, and that its words are marked where an independent aligner hears them."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.commands.alignment import Aligner
from kiosk.core.settings import Settings
from kiosk.reading import heart_driver
from kiosk.reading.render import Speaker, UnspeakableError, read_wav, word_times
from kiosk.reading.said import said
from kiosk.reading.voice import VoiceJob, VoiceStore, voice_key
from kiosk.reading.voices import ENGLISH, choose_voices, english_in_use

pytestmark = pytest.mark.skipif(not heart_driver.is_installed(), reason="make install could not install its packages")

HEART = ENGLISH["heart"].voice
TEXTS = [
    "I can keep my password private. If something goes wrong, I can still tell a grown up.",
    "A box pops up on the screen. Stop and ask your teacher first.",
    "It is not your fault. You can tell somebody now, or later, or tomorrow.",
    "A friend asks for your name and your school. What could you do?",
    "We don't share a picture until the person in it says yes.",
    "The game wants money. Show it to your mum or dad.",
    "Some things on the internet are not true. Look again before you believe it.",
    "Who helps you when you are worried? Think of three people.",
    "I ask before I tap. Then we look at it together.",
    "Be kind when you write to others. They have feelings too.",
]


@pytest.fixture(scope="module")
def speaker() -> Speaker:
    return Speaker(heart_driver.NAME)


@pytest.fixture
def by_heart() -> Iterator[None]:
    choose_voices(Settings())
    yield
    choose_voices(Settings())


def test_words_are_marked_within_80_milliseconds_of_where_an_aligner_hears_them(
    speaker: Speaker, tmp_path: Path
) -> None:
    aligner = Aligner(24_000)
    apart = []
    for text in TEXTS:
        words = said(text)
        told = speaker.speak(" ".join(words), HEART.voice, HEART.rate, tmp_path / "told.wav")
        samples, rate = read_wav(tmp_path / "told.wav")
        heard = aligner.begins(words, samples)
        assert heard is not None, text
        marked = word_times(words, told, len(samples) / rate)
        apart += [abs(mark - begin) for mark, begin in zip(marked, heard, strict=True)]
    assert len(apart) > 100
    assert statistics.quantiles(apart, n=20)[-1] <= 0.08


def test_it_tells_of_every_word_and_the_same_text_is_the_same_sound(speaker: Speaker, tmp_path: Path) -> None:
    text = "I am on the bus. It's Pip's, and “it's mine”, says Nan."
    told = speaker.speak(text, HEART.voice, HEART.rate, tmp_path / "once.wav")
    assert len(told) == len(text.split())
    assert [told[location] for location in sorted(told)] == sorted(told.values())
    speaker.speak(text, HEART.voice, HEART.rate, tmp_path / "twice.wav")
    assert (tmp_path / "once.wav").read_bytes() == (tmp_path / "twice.wav").read_bytes()
    with pytest.raises(UnspeakableError, match="nobody"):
        speaker.speak(text, "nobody", HEART.rate, tmp_path / "untold.wav")


@pytest.mark.parametrize(
    ("text", "phonemes"),
    [
        ("I can say no.", ["ˌI", "kæn", "sˈA", "nˈO"]),  # hibari alone says "number"
        ("“Now read it”", ["nˈW", "ɹˈid", "ɪt"]),
        ("9 9 9.", ["nˈIn", "nˈIn", "nˈIn"]),
        ("(please) & ask", ["plˈiz", "ænd", "ˈæsk"]),
        ("Age 10-12: childline.org.uk", ["ˈAʤ", "tˈɛn tə twˈɛlv", "ʧˈIldlIn dˈɑt ˈɔɹɡ dˈɑt jˌukˈA"]),
    ],
)
def test_punctuation_and_short_forms_do_not_change_a_word(speaker: Speaker, text: str, phonemes: list[str]) -> None:
    [sentence] = speaker.driver._sentences(text)
    assert [word.phonemes for word in sentence] == phonemes


def test_a_long_sentence_is_spoken_in_pieces_and_whole(speaker: Speaker, tmp_path: Path) -> None:
    text = ", ".join(["we ask a grown-up before we tap"] * 30) + "."
    told = speaker.speak(text, HEART.voice, HEART.rate, tmp_path / "long.wav")
    assert len(told) == len(text.split())


def test_where_it_is_not_installed_another_voice_reads_english(
    by_heart: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_heart = voice_key("Stop.", "en")
    monkeypatch.setattr(heart_driver, "is_installed", lambda: False)
    assert english_in_use() == "rp"
    assert voice_key("Stop.", "en") != with_heart


def test_another_voice_is_another_sound_and_tidying_removes_the_first(by_heart: None, tmp_path: Path) -> None:
    store = VoiceStore(tmp_path / "voice")
    jobs = [VoiceJob("Stop.", "en"), VoiceJob("Nan helps.", "en"), VoiceJob("Stop.", "pl")]
    store.render(jobs)
    assert store.tidy() == (0, 0)
    choose_voices(Settings(voice_en="scotland"))
    assert store.missing(jobs) == jobs[:2]
    store.render(jobs)
    removed, freed = store.tidy()
    assert (removed, freed > 10_000) == (2, True)
    assert store.missing(jobs) == []
    choose_voices(Settings())
    assert store.missing(jobs) == jobs[:2]
