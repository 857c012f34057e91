"""The board of symbol words from which a child builds a rule: “We … when …”."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.features.charters.wording import joined
from kiosk.web.passages import get_phrase, passage_of


@dataclass(frozen=True)
class Piece:
    """A part of a sentence: its id, and the concept whose symbol stands for it."""

    id: str
    picture: str
    part: str

    @property
    def phrase(self) -> str:
        """The phrase that says it."""
        return f"charter.{self.part}.{self.id}"


def _pieces(part: str, **pictures: str) -> dict[str, Piece]:
    named = {name.replace("_", "-"): picture for name, picture in pictures.items()}
    return {piece_id: Piece(piece_id, picture, part) for piece_id, picture in named.items()}


WHAT = _pieces(
    "we",
    ask="ask",
    stop="stop-and-think",
    tell="tell",
    kind="kind",
    private="private",
    help="help",
    check="check",
    listen="listen",
    put_away="put-away",
)
WHEN = _pieces(
    "when",
    always="yes",
    pop_up="pop-up",
    message="message",
    game="game",
    photo="photo",
    unsure="unsure",
    worried="worried",
    unkind="unkind",
    bedtime="bedtime",
)


def built(what: Piece, when: Piece, language: str) -> str:
    """The sentence of the two, in full words of that language, with its symbol markup."""
    first, second = (passage_of(get_phrase(one.phrase), "full", language).text for one in (what, when))
    return joined(first, "" if when.id == "always" else second)
