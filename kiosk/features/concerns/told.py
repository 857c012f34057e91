"""What is sealed of a telling, word for word, and how it is read again.

An envelope may come from a tablet's own code, so nothing in it is believed before it has the right shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from kiosk.features.concerns.types import Said

FORMAT = 1
_LONGEST = 100_000


class NotReadable(ValueError):  # noqa: N818 (reads as a sentence where it is caught)
    """This was opened, and it is not what a telling looks like."""


@dataclass(frozen=True)
class Somebody:
    """A person as they were shown and known when the child told; empty where there was nobody."""

    kind: str = "nobody"
    name: str = ""
    class_name: str = ""
    pupil_id: str = ""
    class_id: str = ""


@dataclass(frozen=True)
class Shown:
    """One page as it was shown: what it asked, every option in its own words, and what was chosen."""

    page: str
    asked: str
    options: tuple[str, ...]
    chosen: str


@dataclass(frozen=True)
class Word:
    """A symbol that was chosen and the word that stood under it."""

    concept: str
    word: str


@dataclass(frozen=True)
class Told:
    """Everything a child told, word for word."""

    sent_at: datetime
    language: str
    level: str
    wants_somebody_to_come: bool
    said: Said
    who: Somebody
    """Whom they said they are."""
    signed_in: Somebody
    """Who was signed in on the tablet, which may be somebody else."""
    words: str
    symbols: tuple[Word, ...]
    feelings: tuple[Word, ...]
    shown: tuple[Shown, ...]

    def to_payload(self) -> dict[str, Any]:
        """As JSON values."""
        return {**asdict(self), "format": FORMAT, "sent_at": self.sent_at.isoformat(), "said": self.said.value}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Told:
        """Read what `to_payload` wrote; raises NotReadable."""
        try:
            return _read(payload)
        except (KeyError, TypeError, ValueError, AttributeError):
            pass
        # Raised outside the except block, so that no chained exception carries content into a log.
        raise NotReadable


@dataclass(frozen=True)
class Note:
    """What a reader wrote: what was done, what the child said when seen, or why it is closed."""

    text: str
    by_whom: str = ""
    when: str = ""
    reason: str = ""

    def to_payload(self) -> dict[str, Any]:
        """As JSON values."""
        return {**asdict(self), "format": FORMAT}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Note:
        """Read what `to_payload` wrote; raises NotReadable."""
        try:
            return cls(*(_text(payload, name) for name in ("text", "by_whom", "when", "reason")))
        except (KeyError, ValueError):
            pass
        raise NotReadable


def _read(payload: Mapping[str, Any]) -> Told:
    if payload["format"] != FORMAT or type(payload["wants_somebody_to_come"]) is not bool:
        raise ValueError
    sent_at = datetime.fromisoformat(_text(payload, "sent_at"))
    if sent_at.tzinfo is None:
        raise ValueError
    return Told(
        sent_at=sent_at,
        language=_text(payload, "language"),
        level=_text(payload, "level"),
        wants_somebody_to_come=payload["wants_somebody_to_come"],
        said=Said(payload["said"]),
        who=_somebody(payload["who"]),
        signed_in=_somebody(payload["signed_in"]),
        words=_text(payload, "words"),
        symbols=tuple(Word(_text(one, "concept"), _text(one, "word")) for one in _list(payload, "symbols")),
        feelings=tuple(Word(_text(one, "concept"), _text(one, "word")) for one in _list(payload, "feelings")),
        shown=tuple(_shown(one) for one in _list(payload, "shown")),
    )


def _shown(fields: Mapping[str, Any]) -> Shown:
    options = tuple(_as_text(one) for one in _list(fields, "options"))
    return Shown(_text(fields, "page"), _text(fields, "asked"), options, _text(fields, "chosen"))


def _somebody(fields: Mapping[str, Any]) -> Somebody:
    return Somebody(*(_text(fields, name) for name in ("kind", "name", "class_name", "pupil_id", "class_id")))


def _list(fields: Mapping[str, Any], name: str) -> list[Any]:
    value = fields[name]
    if not isinstance(value, list | tuple):
        raise ValueError
    return list(value)


def _text(fields: Mapping[str, Any], name: str) -> str:
    return _as_text(fields[name])


def _as_text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ValueError
    return value
