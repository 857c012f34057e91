"""The voice of the kiosk, with the real engine and real files."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.core.settings import Settings
from kiosk.reading import espeak_driver
from kiosk.reading.render import DECODER_DELAY, Speaker, UnspeakableError, render, word_times
from kiosk.reading.said import said
from kiosk.reading.voice import Sound, VoiceJob, VoiceStore, voice_key
from kiosk.reading.voices import ENGLISH, LANGUAGES, choose_voices, spoken_languages

HOUSE = Path(__file__).parents[2]
ANIMALS = ["cat", "dog", "fox", "owl", "hen", "bee", "cow", "pig", "bat", "ant", "elk", "emu", "eel", "ape", "yak"]
SIXTY = [VoiceJob(text.format(animal), "en") for animal in ANIMALS for text in ("{}", "A {}!", "{}?", "My {}.")]
RP = ENGLISH["rp"].voice
LONG = VoiceJob(" ".join(f"Pip has box {number} in the shop." for number in range(70)), "en")

RENDER_SIXTY = """
import sys
from pathlib import Path
from tests.reading.test_voice import SIXTY
from kiosk.core.settings import Settings
from kiosk.reading.voice import VoiceStore
from kiosk.reading.voices import choose_voices
choose_voices(Settings(voice_en="rp"))
report = VoiceStore(Path(sys.argv[1])).render(SIXTY)
print(report.rendered, report.kept, len(report.failed))
"""


@pytest.fixture
def store(tmp_path: Path) -> VoiceStore:
    return VoiceStore(tmp_path / "voice")


@pytest.fixture(autouse=True)
def rp() -> Iterator[None]:
    """English spoken by espeak, which starts faster: most of these tests are about what is around an engine."""
    choose_voices(Settings(voice_en="rp"))
    yield
    choose_voices(Settings())


@pytest.fixture(params=["heart", "rp"])
def english(rp: None, request: pytest.FixtureRequest) -> str:
    """English spoken by the neural voice, and by espeak's."""
    choose_voices(Settings(voice_en=request.param))
    return str(request.param)


def the_sound(store: VoiceStore, job: VoiceJob) -> Sound:
    key = voice_key(job.text, job.language)
    assert key is not None
    sound = store.find(key)
    assert sound is not None, f"no sound for {job}"
    return sound


def seconds_of_mp3(path: Path) -> float:
    """Walk the frames of an MPEG-2 layer III file of 32 kbit/s, mono."""
    data, place, frames = path.read_bytes(), 0, 0
    rate = samples_a_second(path)
    while place < len(data):
        assert data[place : place + 2] == b"\xff\xf3", "not a frame of MPEG-2 layer III"
        assert data[place + 2] & 0xF0 == 0x40, "not 32 kbit/s"
        assert data[place + 3] & 0xC0 == 0xC0, "not mono"
        place += 72 * 32_000 // rate + (data[place + 2] >> 1 & 1)
        frames += 1
    assert place == len(data), "the last frame is cut short"
    return frames * 576 / rate


def samples_a_second(path: Path) -> int:
    return {0b00: 22_050, 0b01: 24_000}[path.read_bytes()[2] >> 2 & 0b11]


def check_sound(store: VoiceStore, job: VoiceJob) -> Sound:
    """Sound that can be heard, and exactly one mark a word, in order, inside it."""
    sound = the_sound(store, job)
    assert sound.duration > 0.2
    assert 0 <= seconds_of_mp3(sound.path) - sound.duration < 0.1
    assert len(sound.words) == len(job.text.split())
    assert sound.words[0][0] >= round(DECODER_DELAY / samples_a_second(sound.path), 3)
    assert all(start <= end <= sound.duration for start, end in sound.words)
    assert all(before[1] <= after[0] for before, after in pairwise(sound.words))
    return sound


def renderers_of(pid: int) -> list[int]:
    """The rendering processes that a process has started."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(child) for task in tasks for child in task.read_text().split()]
    return [child for child in children if b"kiosk.reading.render" in Path(f"/proc/{child}/cmdline").read_bytes()]


def has_ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def wait_until(condition: Callable[[], object], seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.01)


def kill_the_renderer(after: float) -> int:
    [renderer] = renderers_of(os.getpid())
    time.sleep(after)
    os.kill(renderer, signal.SIGKILL)
    return renderer


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I am on the bus. It's Pip's – and “it's mine,” says Nan."),
        ("en", "At 5.52 p.m. on 21-11-2026, BlueFox77 sent 30 well-known 'facts' … — who's asking?"),
        ("en", "— Hello – there\nOne line\nAnother line"),
        ("en", "“ Stop ! ” ( please ) & 1,000 other (short) e-mails @ school"),
        ("pl", "Nigdy nie podaję hasła 12 osobom. „Stop” – mówi Pip."),
        ("ur", "میں اپنا پاس ورڈ کسی کو نہیں بتاتا۔ یہ 25 ہے؟"),
    ],
)
def test_each_word_has_one_mark_in_order_inside_the_sound(
    store: VoiceStore, english: str, language: str, text: str
) -> None:
    job = VoiceJob(text, language)

    report = store.render([job])

    assert (report.rendered, report.failed) == (1, ())
    check_sound(store, job)


def test_a_longer_text_is_longer_and_is_spoken_slowly_enough_for_a_child(store: VoiceStore, english: str) -> None:
    short = VoiceJob("I can keep my password private.", "en")
    long = VoiceJob(
        "I can keep my password private with my grown-ups. If something went wrong, I can still tell. "
        "A message comes and it looks like school. What could Pip do first next time?",
        "en",
    )
    store.render([short, long])

    sound = the_sound(store, long)

    assert sound.duration > 3 * the_sound(store, short).duration
    seconds_spoken = sum(end - start for start, end in sound.words)
    assert 120 < len(sound.words) / seconds_spoken * 60 < 150


def test_sixty_short_texts_in_one_batch_are_all_heard(store: VoiceStore) -> None:
    steps: list[tuple[int, int]] = []

    report = store.render(SIXTY, progress=lambda done, total: steps.append((done, total)), workers=2)

    assert (report.rendered, report.kept, report.failed) == (60, 0, ())
    assert steps == [(done, 60) for done in range(61)]
    for job in SIXTY:
        check_sound(store, job)


def test_what_is_there_is_kept_and_the_same_text_is_made_once(store: VoiceStore) -> None:
    jobs = [VoiceJob("Pip stops.", "en"), VoiceJob("Pip  stops.\n", "en"), VoiceJob("Nan helps.", "en")]
    assert store.missing(jobs) == [jobs[0], jobs[2]]
    store.render(jobs[:1])
    made = the_sound(store, jobs[0]).path.stat()

    report = store.render(jobs)

    assert (report.rendered, report.kept, report.failed) == (1, 1, ())
    assert the_sound(store, jobs[0]).path.stat() == made
    assert store.missing(jobs) == []


def test_only_the_kiosk_may_read_the_folder_and_nothing_else_lies_in_it(store: VoiceStore) -> None:
    store.folder.mkdir(mode=0o755)

    store.render(SIXTY[:3])

    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    kinds = sorted(path.suffix for path in store.folder.iterdir() if path.name != ".lock")
    assert kinds == [".json"] * 3 + [".mp3"] * 3


def test_two_processes_that_render_the_same_texts_do_not_disturb_each_other(store: VoiceStore) -> None:
    command = [sys.executable, "-c", RENDER_SIXTY, str(store.folder)]
    both = [subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    answers = [process.communicate(timeout=20)[0].split() for process in both]

    assert [answer[2] for answer in answers] == ["0", "0"]
    for job in SIXTY:
        check_sound(store, job)
    assert not list(store.folder.glob("*.part"))


def test_after_kill_9_of_everything_in_mid_batch_the_rest_is_made(store: VoiceStore) -> None:
    process = subprocess.Popen([sys.executable, "-c", RENDER_SIXTY, str(store.folder)], cwd=HOUSE)
    wait_until(lambda: len(list(store.folder.glob("*.json"))) >= 5)
    [renderer] = renderers_of(process.pid)
    process.kill()
    process.wait()
    wait_until(lambda: has_ended(renderer))
    for path in store.folder.glob("*.json"):
        assert store.find(path.stem) is not None, "half a pair can be seen"

    report = store.render(SIXTY)

    assert report.kept >= 5
    assert (report.rendered + report.kept, report.failed) == (60, ())
    for job in SIXTY:
        check_sound(store, job)


def test_a_renderer_killed_once_costs_no_text(store: VoiceStore) -> None:
    def kill_during_the_second(done: int, total: int) -> None:
        if done == 1:
            kill_the_renderer(after=0.1)

    report = store.render([SIXTY[0], LONG, SIXTY[1]], progress=kill_during_the_second)

    assert (report.rendered, report.failed) == (3, ())
    check_sound(store, LONG)


def test_a_text_that_kills_the_engine_twice_is_given_up_and_the_others_are_made(store: VoiceStore) -> None:
    def kill_twice() -> None:
        first = kill_the_renderer(after=0.1)
        wait_until(lambda: [child for child in renderers_of(os.getpid()) if child != first])
        [second] = renderers_of(os.getpid())
        wait_until(lambda: re.search("libespeak|onnxruntime", Path(f"/proc/{second}/maps").read_text()))
        kill_the_renderer(after=0.4)

    def kill_during_the_second(done: int, total: int) -> None:
        if done == 1:
            threading.Thread(target=kill_twice).start()

    report = store.render([SIXTY[0], LONG, SIXTY[1]], progress=kill_during_the_second)

    assert report.failed == ((LONG, "The engine died twice while speaking this text."),)
    assert report.rendered == 2
    assert store.render([LONG]).failed == report.failed


def test_a_hang_ends_after_the_store_has_lost_patience_and_can_be_retried(store: VoiceStore) -> None:
    hasty = VoiceStore(store.folder, patience=0.5)

    report = hasty.render([LONG, SIXTY[0]])

    assert report.failed == ((LONG, "The engine was not done with this text after 0.5 seconds."),)
    check_sound(store, SIXTY[0])
    assert store.render([LONG]).failed == report.failed
    assert store.render([LONG], again=True).rendered == 1
    assert store.find_failure(voice_key(LONG.text, "en") or "") is None


@pytest.mark.parametrize("text", ["…", "— … —", ""])
def test_a_text_without_a_word_fails_with_a_sentence_and_is_remembered(store: VoiceStore, text: str) -> None:
    job = VoiceJob(text, "en")

    report = store.render([job])

    [(failed, why)] = report.failed
    assert failed == job
    assert why.endswith(".")
    assert store.find_failure(voice_key(text, "en") or "") == why
    assert store.missing([job]) == [job]


def test_a_language_without_a_voice_has_no_key_and_fails_with_a_sentence(store: VoiceStore) -> None:
    somali = VoiceJob("Waan sheegi karaa.", "so")

    report = store.render([somali, SIXTY[0]])

    assert voice_key(somali.text, somali.language) is None
    assert report.failed == ((somali, "No voice speaks “so” yet."),)
    assert report.rendered == 1
    assert store.missing([somali]) == []


def test_a_key_is_of_the_text_and_the_language() -> None:
    key = voice_key("Stop and ask.", "en")

    assert key == voice_key(" Stop  and\task.\n", "en")
    assert len({key, voice_key("Stop and ask", "en"), voice_key("Stop\nand ask.", "en")}) == 3
    languages = spoken_languages()
    assert len({voice_key("Stop and ask.", language) for language in languages}) == len(languages)


@pytest.mark.parametrize(
    ("kind", "share"), [(".json", 0), (".json", 0.5), (".mp3", 0), (".mp3", 0.5), (".mp3", None)]
)
def test_half_a_pair_is_not_found_and_is_made_anew(store: VoiceStore, kind: str, share: float | None) -> None:
    job = VoiceJob("Nan is not cross.", "en")
    store.render([job])
    sound = the_sound(store, job)
    damaged = sound.path.with_suffix(kind)
    if share is None:
        damaged.unlink()
    else:
        damaged.write_bytes(damaged.read_bytes()[: int(damaged.stat().st_size * share)])
    assert store.find(sound.path.stem) is None

    assert store.render([job]).rendered == 1

    check_sound(store, job)


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "A" * 32, "0" * 31, "0" * 32])
def test_what_is_no_key_of_a_sound_finds_nothing(store: VoiceStore, key: str) -> None:
    assert store.find(key) is None


def test_the_marks_file_holds_what_the_page_reads(store: VoiceStore) -> None:
    store.render([SIXTY[0]])
    sound = the_sound(store, SIXTY[0])

    marks = json.loads(sound.marks.read_text())

    assert marks["duration"] == sound.duration
    assert [tuple(word) for word in marks["words"]] == list(sound.words)


def test_a_word_stops_sounding_at_the_pause_after_it(store: VoiceStore, english: str) -> None:
    job = VoiceJob("Stop. Ask a grown-up.", "en")
    store.render([job])

    stop, ask, *_ = the_sound(store, job).words

    assert ask[0] - stop[1] > 0.15


def test_the_driver_tells_of_words_that_espeak_runs_together_and_refuses_an_unknown_voice(tmp_path: Path) -> None:
    speaker = Speaker(espeak_driver.NAME)
    text = "I am on the bus. It has to be for a friend."

    told = speaker.speak(text, RP.voice, RP.rate, tmp_path / "told.wav")

    assert len(told) == len(text.split())
    assert [told[location] for location in sorted(told)] == sorted(told.values())
    with pytest.raises(UnspeakableError, match="gmw/nowhere"):
        speaker.speak(text, "gmw/nowhere", 105, tmp_path / "untold.wav")


def test_a_full_disk_is_not_held_against_the_text() -> None:
    with pytest.raises(OSError):
        Speaker(espeak_driver.NAME).speak("Stop.", RP.voice, RP.rate, Path("/dev/full"))


@pytest.mark.parametrize(
    ("text", "told", "times"),
    [
        ("Stop and ask", {0: 0.0, 5: 0.5, 9: 0.7}, [0.0, 0.5, 0.7]),
        ("on the bus", {0: 0.0, 7: 1.0}, [0.0, 0.4, 1.0]),
        ("at 5.52 now", {0: 0.0, 3: 0.2, 5: 0.6, 8: 1.0}, [0.0, 0.2, 1.0]),
        ("go – now", {0: 0.0, 5: 0.9}, [0.0, 0.6, 0.9]),
        ("go on …", {0: 0.0, 3: 1.0}, [0.0, 1.0, 5 / 3]),
        ("— go", {2: 0.3}, [0.0, 0.3]),
        ("ab cd", {}, [0.0, 1.0]),
        ("ab cd", {0: 0.5, 3: 0.4}, [0.5, 0.5]),
    ],
)
def test_words_that_were_not_told_lie_between_those_that_were(
    text: str, told: dict[int, float], times: list[float]
) -> None:
    assert word_times(text.split(), told, 2.0) == pytest.approx(times)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Ask first\n\nTell  Nan.\n“Stop”\n", ["Ask", "first.", "Tell", "Nan.", "“Stop”"]),
        ("Danger now? Call 999.", ["Danger", "now?", "Call", "9 9 9."]),
        ("Childline is free: 0800 1111", ["Childline", "is", "free:", "0 8 0 0", "1 1 1 1."]),
        ("I read 40 books in 2026.", ["I", "read", "40", "books", "in", "2026."]),
        ("“999”, or 18000", ["“9 9 9”,", "or", "18000."]),
    ],
)
def test_each_word_is_said_as_a_child_needs_it_and_a_telephone_number_digit_by_digit(
    text: str, heard: list[str]
) -> None:
    assert said(text) == heard


def test_twenty_renderers_at_once_make_every_sound_once(store: VoiceStore) -> None:
    report = store.render(SIXTY, workers=20)

    assert (report.rendered, report.failed) == (60, ())
    for job in SIXTY:
        check_sound(store, job)


def test_every_language_that_is_listed_has_its_voice_in_the_engine() -> None:
    there = {voice.id for voice in Speaker(espeak_driver.NAME).driver.getProperty("voices")}
    assert {voice for _name, voice in LANGUAGES.values()} <= there


def test_where_an_engine_tells_no_times_the_page_is_told_to_light_the_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaker = Speaker(espeak_driver.NAME)
    job = {"text": "Stop and ask.", "voice": RP.voice, "rate": RP.rate}
    assert render(speaker, job, tmp_path / "one.wav").lit == "word"
    monkeypatch.setattr(espeak_driver.EspeakDriver, "_words_begin", lambda *_: {})
    assert render(speaker, job, tmp_path / "one.wav").lit == "sentence"
