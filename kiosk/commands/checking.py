"""`kiosk check`: the content's own check, with the lexicon and the sound that this installation has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.content.catalogue import shipped_catalogues
from kiosk.content.command import run_check
from kiosk.core.settings import Settings
from kiosk.factory import content_folders
from kiosk.reading.lexicon import load_lexicon_of_tell
from kiosk.reading.text import read
from kiosk.reading.voice import VoiceStore, voice_key


class Curated:
    """The lexicon, as the check asks it; `reviewed_only` leaves out what nobody has looked at yet."""

    def __init__(self, *, reviewed_only: bool) -> None:
        self._reviewed_only = reviewed_only

    def knows(self, concept: str) -> bool:
        """Whether a person has chosen a symbol for this concept."""
        lexicon = load_lexicon_of_tell()
        return concept in lexicon and (not self._reviewed_only or lexicon.get_concept(concept).reviewed)

    def symbols_in(self, sentence: str) -> int:
        """How many symbols an English sentence shows."""
        tokens = [token for one in read(sentence, "en", load_lexicon_of_tell()) for token in one.tokens]
        return sum(token.concept is not None and self.knows(token.concept) for token in tokens)


def check_content(settings: Settings, paths: Sequence[Path], *, as_json: bool, report: bool) -> int:
    """Check what ships and what the school added, or only the paths named; the exit status."""
    folders, phrases = content_folders(settings)
    store = VoiceStore(settings.data / "voice")
    return run_check(
        paths or folders,
        as_json,
        report,
        lexicon=Curated(reviewed_only=False),
        reviewed=Curated(reviewed_only=True),
        phrases=[] if paths else phrases,
        catalogues=shipped_catalogues(),
        has_voice=lambda text, language: store.find(voice_key(text, language) or "") is not None,
    )
