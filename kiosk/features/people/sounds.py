"""The sound of names: asked for in the transaction that adds them, made once that is committed."""

from __future__ import annotations

from typing import Any

from kiosk.core import outbox
from kiosk.core.mail import settings_in_use
from kiosk.core.outbox import DeliveryError
from kiosk.core.schools import get_school
from kiosk.features.people import queries
from kiosk.features.people.models import SchoolClass
from kiosk.reading.voice import VoiceJob, VoiceStore, voice_key

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
    language = get_school().language
    names = [school_class.name, *(one.first_name for one in queries.pupils_of(school_class.id))]
    jobs = [VoiceJob(name, language) for name in names]
    store = VoiceStore(settings_in_use().data / "voice")
    store.render(jobs)
    keys = [voice_key(job.text, job.language) for job in jobs]
    if any(key and not store.find(key) and not store.find_failure(key) for key in keys):
        raise DeliveryError("The speech engine did not speak a class's names. Run: kiosk voice")
