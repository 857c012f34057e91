"""The sound of names: asked for in the transaction that adds them, made once that is committed."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kiosk.core import outbox
from kiosk.core.mail import settings_in_use
from kiosk.core.outbox import DeliveryError
from kiosk.core.schools import get_school
from kiosk.features.people import queries
from kiosk.features.people.models import SchoolClass
from kiosk.reading.voice import VoiceJob, VoiceStore, voice_key
from kiosk.web.passages import name_key

NAMES = "names"


def ask_for_sound(school_class: SchoolClass) -> None:
    """Have the names of a class and its pupils spoken: on its first pages they are all that there is to choose."""
    outbox.put(NAMES, {"class": school_class.id})


@outbox.handles(NAMES)
def make_sound(payload: dict[str, Any]) -> None:
    """Speak the names that have no sound yet; raises DeliveryError where another try may help."""
    school_class = queries.find_class(payload["class"])
    if school_class is None:
        return
    school = get_school()
    names = {school_class.name, *(one.first_name for one in queries.pupils_of(school_class.id))}
    voices = VoiceStore(settings_in_use().data / "voice")
    keys = {name: key for name in names if (key := name_key(name, school))}
    missing = {name: key for name, key in keys.items() if not voices.find(key) and not voices.find_failure(key)}
    if missing:
        voices.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made under names that anybody could guess, so out of reach, and only then put where pages find them.
        with TemporaryDirectory(dir=settings_in_use().data) as folder:
            _speak(missing, school.language, Path(folder), voices)


def _speak(missing: dict[str, str], language: str, folder: Path, voices: VoiceStore) -> None:
    made = VoiceStore(folder)
    made.render([VoiceJob(name, language) for name in missing])
    untried = 0
    for name, key in missing.items():
        spoken = voice_key(name, language)
        files = sorted(folder.glob(f"{spoken}.*"), key=lambda file: file.suffix != ".mp3")
        untried += not files
        # The sound first: a page takes it to be there once its marks are.
        for file in files:
            file.replace(voices.folder / f"{key}{file.suffix}")
    if untried:
        raise DeliveryError("The speech engine did not speak a class's names. Run: kiosk voice")
