"""The pictures on pupils' face cards, thirty and more, no two easily confused. The lexicon holds their drawings."""

from __future__ import annotations

from kiosk.reading.lexicon import load_lexicon

PREFIX = "face-"


def all_faces() -> tuple[str, ...]:
    """Every face card, in the lexicon's own order."""
    return tuple(one.id for one in load_lexicon() if one.id.startswith(PREFIX))


FACES = all_faces()
