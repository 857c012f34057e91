"""The class's own rules are spoken, once they are allowed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.core import outbox
from kiosk.core.database import db
from kiosk.core.settings import Settings
from kiosk.features.charters import services, sounds
from kiosk.reading.voice import VoiceJob, VoiceStore, voice_key
from tests.features.charters.conftest import Class

RULE = "We ask a grown-up when a box pops up."


def waiting() -> list[outbox.OutboxItem]:
    return list(db.session.scalars(select(outbox.OutboxItem).where(outbox.OutboxItem.kind == sounds.VOICE)))


def test_an_allowed_rule_asks_for_its_sound_by_id_alone(class_: Class) -> None:
    class_.add(RULE)
    [item] = waiting()
    assert item.payload == {"charter_rules": [class_.charter.rules[0].id]}


def test_a_suggestion_that_nobody_allowed_asks_for_none(class_: Class) -> None:
    class_.suggest(class_.pupils[0], RULE)
    assert waiting() == []


def test_other_words_ask_again_and_other_symbols_do_not(class_: Class) -> None:
    rule = services.add_rule(class_.school_class, RULE)
    services.choose_symbols(class_.school_class, rule.id, "[We]() ask a grown-up when a box pops up.")
    assert len(waiting()) == 1
    services.reword(class_.school_class, rule.id, "We stop.")
    assert len(waiting()) == 2


@pytest.fixture
def store(settings: Settings) -> Iterator[VoiceStore]:
    store = VoiceStore(settings.data / "voice")
    yield store
    for file in store.folder.glob("*"):
        file.unlink()


def test_the_worker_speaks_the_rules_and_the_page_can_play_them(
    app: Flask, class_: Class, store: VoiceStore
) -> None:
    class_.add(RULE, "ہم پوچھتے ہیں۔")
    english, urdu = (rule.written.voice for rule in class_.charter.rules)
    assert english and urdu and english == voice_key(RULE, "en")
    page = class_.browser(class_.pupils[0])
    assert page.get(f"/voice/{english}.mp3").status_code == 404
    for item in waiting():
        sounds.make_sound(item.payload)
    assert store.find(english) and store.find(urdu)
    assert page.get(f"/voice/{english}.mp3").status_code == 200


def test_a_voice_that_does_not_start_is_tried_again(
    app: Flask, class_: Class, store: VoiceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    class_.add(RULE)
    monkeypatch.setattr(VoiceStore, "render", lambda *_args, **_kwargs: None)
    with pytest.raises(outbox.DeliveryError):
        sounds.make_sound(waiting()[0].payload)


def test_words_that_no_voice_can_speak_are_not_tried_for_ever(
    app: Flask, class_: Class, store: VoiceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    class_.add(RULE)
    monkeypatch.setattr(VoiceStore, "render", lambda *_args, **_kwargs: None)
    monkeypatch.setattr(VoiceStore, "find_failure", lambda _self, _key: "The voice finds no word in this text.")
    sounds.make_sound(waiting()[0].payload)


def test_a_rule_that_is_gone_meanwhile_is_passed_over(app: Flask, class_: Class, store: VoiceStore) -> None:
    sounds.make_sound({"charter_rules": ["gone"]})
    assert store.missing([VoiceJob(RULE, "en")])
