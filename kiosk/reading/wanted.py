"""Every text that needs a sound: what pupils and families meet, at each level, in each language with a voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.content.catalogue import find_translation, shipped_catalogues
from kiosk.content.types import Content
from kiosk.content.vocabulary import LEVELS
from kiosk.content.walking import texts_of
from kiosk.reading.text import plain
from kiosk.reading.voice import VoiceJob
from kiosk.reading.voices import voice_of


def voice_jobs(
    content: Content, languages: Sequence[str] = (), levels: Sequence[str] = LEVELS
) -> Iterator[VoiceJob]:
    """What has to be rendered, each text once: level by level, and in each phrases, lessons, agreements."""
    seen: set[tuple[str, str]] = set()
    for language in languages or [each for each in shipped_catalogues().languages if voice_of(each)]:
        for level in levels:
            for part in (content.phrases, content.lessons, content.agreements):
                for levelled, _path in texts_of(part):
                    text = find_translation(levelled, level, language)
                    if text is None:
                        continue
                    spoken = plain(text)
                    if (spoken, language) not in seen:
                        seen.add((spoken, language))
                        yield VoiceJob(spoken, language)
