"""The names on the first pages are spoken, once a roster brought them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from kiosk.core import outbox
from kiosk.core.clock import school_year, today
from kiosk.core.database import db
from kiosk.core.schools import School
from kiosk.core.settings import Settings
from kiosk.features.people import services, sounds
from kiosk.features.people.models import SchoolClass
from kiosk.features.people.types import SignInBy
from kiosk.reading.voice import VoiceStore, voice_key
from kiosk.web.passages import name_key


@pytest.fixture
def willow(client: FlaskClient) -> SchoolClass:
    willow = services.add_class("Willow", "ks1", "class-willow", school_year(today()), SignInBy.FACE)
    services.add_pupil(willow, "Zuzanna", "face-fox")
    sounds.ask_for_sound(willow)
    db.session.commit()
    return willow


@pytest.fixture
def store(settings: Settings) -> Iterator[VoiceStore]:
    store = VoiceStore(settings.data / "voice")
    yield store
    for file in store.folder.glob("*"):
        file.unlink()


def test_names_are_asked_for_by_the_class_alone_and_spoken_where_they_stand(
    willow: SchoolClass, school: School, client: FlaskClient, store: VoiceStore
) -> None:
    [item] = db.session.scalars(select(outbox.OutboxItem).where(outbox.OutboxItem.kind == sounds.NAMES))
    assert item.payload == {"class": willow.id}
    sounds.make_sound(item.payload)
    for page, name in (("/", "Willow"), (f"/class/{willow.id}", "Zuzanna")):
        key = name_key(name, school)
        assert key and store.find(key)
        assert f'data-voice="{key}">{name}<' in client.get(page).get_data(as_text=True)
        assert client.get(f"/voice/{key}.mp3").status_code == 200
        # Nobody who knows a name can ask whether it is here.
        assert client.get(f"/voice/{voice_key(name, 'en')}.mp3").status_code == 404


def test_a_class_that_is_gone_asks_for_nothing(willow: SchoolClass, store: VoiceStore) -> None:
    sounds.make_sound({"class": "no-such-class"})
    assert not list(store.folder.glob("*"))
