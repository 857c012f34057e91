"""Twelve concepts in each set, and twelve people and hands in each tone: what a choice looks like before it is made."""

from __future__ import annotations

from flask import current_app
from markupsafe import Markup

from kiosk.features.symbols.types import Preview
from kiosk.reading.lexicon import load_lexicon
from kiosk.reading.sets import DEFAULT_SET, SymbolSet, all_sets
from kiosk.reading.sets.share import sentences_shown
from kiosk.web.passages import content_in_use, picture_of, sets_folder

TWELVE = (
    "happy", "worried", "teacher", "mum", "friend", "home", "school", "phone", "tell", "help", "think", "good",
)  # fmt: skip
IN_A_TONE = (
    "tell", "trusted-adult", "friend", "mum", "teacher", "boy", "girl", "we", "promise", "listen", "write", "tap",
)  # fmt: skip


def previews() -> list[Preview]:
    """Our own pictures first, then every set that is there."""
    return [_preview(None), *map(_preview, all_sets(sets_folder()))]


def in_a_tone() -> list[Markup]:
    """Some people and hands, to stand in an element with `data-tone`."""
    return [picture_of(concept, None, among=IN_A_TONE) for concept in IN_A_TONE]


def _preview(of: SymbolSet | None) -> Preview:
    lexicon = load_lexicon()
    known = [concept for concept in lexicon.concepts if of is None or concept in of.pictures]
    shown, all_of_them = _share(of) if of else (0, 0)
    return Preview(
        of.name if of else DEFAULT_SET,
        of.title if of else "OpenMoji",
        tuple((picture_of(one, of, among=TWELVE), of is None or one in of.pictures) for one in TWELVE),
        len(known),
        shown,
        all_of_them,
    )


def _share(of: SymbolSet) -> tuple[int, int]:
    """Counted once for each version of a set, since it reads every text of the kiosk."""
    counted: dict[SymbolSet, tuple[int, int]] = current_app.extensions.setdefault("kiosk sentences shown", {})
    if of not in counted:
        counted[of] = sentences_shown(content_in_use(), of)
    return counted[of]
