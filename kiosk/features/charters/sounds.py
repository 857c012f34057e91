"""The sound of a class's own rules: asked for in the transaction that allows them, made once that is committed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kiosk.core import outbox
from kiosk.core.mail import settings_in_use
from kiosk.core.outbox import DeliveryError
from kiosk.features.charters.models import CharterRule
from kiosk.features.charters.queries import rules_by_id
from kiosk.reading.voice import VoiceJob, VoiceStore, voice_key

VOICE = "voice"


def ask_for_sound(rules: Iterable[CharterRule]) -> None:
    """Have these rules spoken; until then a page says that there is no sound."""
    outbox.put(VOICE, {"charter_rules": [rule.id for rule in rules]})


@outbox.handles(VOICE)
def make_sound(payload: dict[str, Any]) -> None:
    """Speak the rules that have no sound yet; raises DeliveryError where another try may help."""
    store = VoiceStore(settings_in_use().data / "voice")
    jobs = [VoiceJob(rule.plain, rule.language) for rule in rules_by_id(payload["charter_rules"])]
    store.render(jobs)
    # What a voice cannot speak is noted in the store and stays silent; only what was not tried is tried again.
    keys = [voice_key(job.text, job.language) for job in jobs]
    if any(key and not store.find(key) and not store.find_failure(key) for key in keys):
        raise DeliveryError("The speech engine did not speak a charter's rules. Run: kiosk voice")
