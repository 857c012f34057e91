"""The only door to spoken text: the key of a sound, and the folder that keeps the sounds.

Sound is made ahead, once a text, by a worker process (`kiosk.reading.render`, where it is told how another engine
takes espeak's place) through pyttsx3, and found by a key that changes with anything one could hear. A page asks
`find`; what is not there is shown as missing, never made meanwhile.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import SimpleQueue

import kiosk
from kiosk.reading.voices import Voice, spoken_languages, voice_of

RENDERING = 2  # raise it when encoding, marks or what is said of a text change, so that every sound is made anew
PATIENCE = 30.0  # seconds that one text may take; it takes a thirtieth of one
ABANDONED = 3600  # seconds after which a half-written file belongs to nobody

Interval = tuple[float, float]


def voice_key(text: str, language: str) -> str | None:
    """The name of a plain text's sound, or None when no voice speaks the language."""
    voice = voice_of(language)
    if voice is None:
        return None
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines()]
    heard = [*_made_by(voice), language, [line for line in lines if line]]
    return hashlib.sha256(json.dumps(heard).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class VoiceJob:
    """A plain text, without markup, to be spoken in a language."""

    text: str
    language: str


@dataclass(frozen=True)
class Sound:
    """A sound on disk: its MP3, its length and when each word sounds, in seconds of what a browser plays."""

    path: Path
    duration: float
    words: tuple[Interval, ...]  # one for each of text.split()
    lit: str  # "word", or "sentence" where the engine tells no times and those of the words are guessed

    @property
    def marks(self) -> Path:
        """The JSON file that holds duration and words."""
        return self.path.with_suffix(".json")


@dataclass(frozen=True)
class Report:
    """What a rendering did: sounds made, sounds that were there, and the texts without one, with the reason."""

    rendered: int
    kept: int
    failed: tuple[tuple[VoiceJob, str], ...]


_KeyedJob = tuple[str, VoiceJob]
_Outcome = tuple[VoiceJob, str | None]  # the sentence says why there is no sound


class VoiceStore:
    """A folder of sounds: <key>.mp3 with <key>.json, or <key>.failed with a sentence that says why not."""

    def __init__(self, folder: Path, *, patience: float = PATIENCE) -> None:
        self.folder = folder
        self.patience = patience

    def find(self, key: str) -> Sound | None:
        """The sound of a key, if both its files are there and whole."""
        if not re.fullmatch(r"[0-9a-f]{32}", key):
            return None
        path = self.folder / f"{key}.mp3"
        try:
            marks = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            if path.stat().st_size != marks["bytes"]:
                return None
        except (OSError, ValueError):
            return None
        words = tuple((start, end) for start, end in marks["words"])
        return Sound(path, marks["duration"], words, marks.get("lit", "word"))

    def find_failure(self, key: str) -> str | None:
        """Why a text could not be spoken, if that was tried."""
        try:
            return (self.folder / f"{key}.failed").read_text(encoding="utf-8")
        except OSError:
            return None

    def missing(self, jobs: Iterable[VoiceJob]) -> list[VoiceJob]:
        """The jobs that have a voice and no sound yet, each text once."""
        return [job for key, job in _by_key(jobs).items() if self.find(key) is None]

    def render(
        self,
        jobs: Iterable[VoiceJob],
        *,
        progress: Callable[[int, int], None] | None = None,
        workers: int = 1,
        again: bool = False,
    ) -> Report:
        """Make the sounds that are missing; `again` also retries what failed before."""
        jobs = list(jobs)
        self._prepare()
        wanted = _by_key(jobs)
        kept = {key for key in wanted if self.find(key)}
        before = {} if again else {key: self.find_failure(key) for key in wanted if key not in kept}
        todo = [(key, job) for key, job in wanted.items() if key not in kept and not before.get(key)]
        failed = [(job, f"No voice speaks “{job.language}” yet.") for job in jobs if not voice_of(job.language)]
        failed += [(wanted[key], why) for key, why in before.items() if why]
        finished = len(wanted) - len(todo)
        failed_before = len(failed)
        with contextlib.closing(self._work_off(todo, workers)) as outcomes:
            if progress:
                progress(finished, len(wanted))
            for job, why in outcomes:
                finished += 1
                if why is not None:
                    failed.append((job, why))
                if progress:
                    progress(finished, len(wanted))
        return Report(len(todo) - (len(failed) - failed_before), len(kept), tuple(failed))

    def tidy(self) -> tuple[int, int]:
        """Remove the sounds of voices that are no longer used: how many, and their bytes."""
        used = [_made_by(voice) for language in spoken_languages() if (voice := voice_of(language))]
        removed = freed = 0
        for marks in self.folder.glob("*.json"):
            try:
                made = json.loads(marks.read_text(encoding="utf-8")).get("made")
            except (OSError, ValueError, AttributeError):
                continue  # another process is at it, or it is broken, and the next rendering mends it
            if made not in used:
                sound = marks.with_suffix(".mp3")
                with contextlib.suppress(FileNotFoundError):
                    freed += marks.stat().st_size + sound.stat().st_size
                marks.unlink(missing_ok=True)  # first: a sound without marks is not found
                sound.unlink(missing_ok=True)
                removed += 1
        return removed, freed

    def _prepare(self) -> None:
        """Make the folder, for the kiosk's eyes only, and clear what killed processes left behind."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        for part in self.folder.glob("*.part"):
            with contextlib.suppress(OSError):
                if part.stat().st_mtime < time.time() - ABANDONED:
                    part.unlink()

    def _work_off(self, jobs: list[_KeyedJob], workers: int) -> Generator[_Outcome]:
        """Render the jobs with some worker processes, yielding each as it is done."""
        todo = iter(jobs)  # all threads take from the same one
        done: SimpleQueue[_Outcome] = SimpleQueue()
        count = min(max(workers, 1), len(jobs))
        drivers = sorted({voice.driver for _, job in jobs if (voice := voice_of(job.language))})
        threads = [threading.Thread(target=self._work, args=(todo, done, drivers)) for _ in range(count)]
        for thread in threads:
            thread.start()
        try:
            for _ in jobs:
                yield done.get()
        finally:
            deque(todo, maxlen=0)  # leaves nothing to take
            for thread in threads:
                thread.join()

    def _work(self, todo: Iterator[_KeyedJob], done: SimpleQueue[_Outcome], drivers: Sequence[str]) -> None:
        try:
            worker = _Worker(self.folder, self.patience, drivers)
        except Exception as error:  # somebody waits for each outcome, whatever happens
            for _, job in todo:
                done.put((job, f"The speech engine does not start: {error}"))
            return
        with contextlib.closing(worker):
            for key, job in todo:
                try:
                    why, lasting = worker.render(key, job)
                    if why and lasting:
                        (self.folder / f"{key}.failed").write_text(why, encoding="utf-8")
                except Exception as error:
                    why = f"The rendering failed: {error}"
                done.put((job, why))


class _Worker:
    """The rendering process as the kiosk sees it: started anew when it has died."""

    def __init__(self, folder: Path, patience: float, drivers: Sequence[str]) -> None:
        self._folder = folder.resolve()
        self._patience = patience
        self._drivers = drivers
        self._process = self._start()

    def render(self, key: str, job: VoiceJob) -> tuple[str | None, bool]:
        """Why a text was not rendered, or None; and whether trying again would be of no use."""
        voice = voice_of(job.language)
        if voice is None:
            return f"No voice speaks “{job.language}” yet.", False
        asked = {"key": key, "text": job.text, "patience": self._patience, "made": _made_by(voice)}
        line = json.dumps({**asked, **asdict(voice)})
        for _ in range(2):  # a process may be killed for no fault of the text it is at
            if self._process.poll() is not None:
                self._process = self._start()
            answer, in_time = _ask(self._process, line, self._patience)
            if answer is not None:
                outcome = json.loads(answer)
                return outcome["why"], outcome["lasting"]
            self.close()
            if not in_time:
                return f"The engine was not done with this text after {self._patience:g} seconds.", True
        return "The engine died twice while speaking this text.", True

    def close(self) -> None:
        """End the process; what it is writing has a temporary name."""
        _end(self._process)

    def _start(self) -> subprocess.Popen[str]:
        with tempfile.TemporaryFile() as complaints:
            process = subprocess.Popen(  # noqa: S603  (our own module; texts go through the pipe)
                [sys.executable, "-m", "kiosk.reading.render", str(self._folder), *self._drivers],
                cwd=Path(kiosk.__file__).parent.parent,  # so that -m finds this very kiosk
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                encoding="utf-8",
                start_new_session=True,  # Ctrl-C is for the kiosk, which then ends it
            )
            ready, _ = _ask(process, "", PATIENCE)
            if ready is None:
                _end(process)
                complaints.seek(0)
                last = complaints.read().decode(errors="replace").strip().splitlines()[-1:]
                raise RuntimeError(*last or ["it ended while starting."])
            return process


def _ask(process: subprocess.Popen[str], line: str, patience: float) -> tuple[str | None, bool]:
    """Send a line and wait for the answer: None when the process died, and whether it had its time."""
    late = threading.Event()

    def give_up() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(patience, give_up)
    timer.start()
    answer = ""
    with contextlib.suppress(OSError):
        if process.stdin and process.stdout:
            process.stdin.write(f"{line}\n" if line else "")
            process.stdin.flush()
            answer = process.stdout.readline()
    timer.cancel()
    return (answer if answer.endswith("\n") else None), not late.is_set()


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    with contextlib.suppress(OSError):
        process.communicate()


def _made_by(voice: Voice) -> list[str | int]:
    """What makes a sound what it is, apart from its text."""
    return [RENDERING, *asdict(voice).values()]


def _by_key(jobs: Iterable[VoiceJob]) -> dict[str, VoiceJob]:
    keyed: dict[str, VoiceJob] = {}
    for job in jobs:
        if key := voice_key(job.text, job.language):
            keyed.setdefault(key, job)
    return keyed
