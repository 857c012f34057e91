"""What a tablet sends about a lesson: JSON, checked whole before anything is kept."""

from __future__ import annotations

import re
from typing import Any

from kiosk.content.vocabulary import LEVELS
from kiosk.features.lessons.models import LONGEST_ANSWER
from kiosk.features.lessons.types import Answer, Asked, Sent
from kiosk.web.display import LANGUAGES

MOST_IN_A_BATCH = 100
MOST_TRIES = 999

_CLIENT_ID = re.compile(r"[a-z0-9-]{16,36}")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SCREEN = re.compile(r"@?[a-z][a-z0-9]*(-[a-z0-9]+)*")
_ANSWER = re.compile(r"[a-z][a-z0-9]*([-:,][a-z0-9]+)*")
_VERSION = re.compile(r"[0-9a-f]{12}")
_TICKET = re.compile(r"[A-Za-z0-9_.-]{20,300}")
_ASKED = {"id", "lesson", "version", "level", "language"}
_ANSWERED = {"id", "screen", "answer", "tries", "right"}


class NotUnderstoodError(ValueError):
    """Not what a tablet of ours sends; the message says what is wanted."""


class TooManyError(ValueError):
    """More in one batch than MOST_IN_A_BATCH."""


def read_asked(data: Any) -> Asked:
    """What a tablet sends to be given a ticket; raises NotUnderstoodError."""
    more = {"visit", "together"} & data.keys() if isinstance(data, dict) else set()
    given = _mapping(data, _ASKED | more)
    level, language = given["level"], given["language"]
    if level not in LEVELS or language not in tuple(LANGUAGES):
        raise NotUnderstoodError("level and language must be ones that the kiosk has.")
    return Asked(
        client_id=_text(given["id"], _CLIENT_ID, "id"),
        lesson=_text(given["lesson"], _ID, "lesson", longest=60),
        version=_text(given["version"], _VERSION, "version"),
        level=level,
        language=language,
        together=_flag(given.get("together", False), "together"),
        visit=_text(given["visit"], _TICKET, "visit") if "visit" in given else "",
    )


def read_sent(data: Any) -> Sent:
    """A batch of answers; raises NotUnderstoodError or TooManyError."""
    given = _mapping(data, {"ticket", "events"})
    events = given["events"]
    if not isinstance(events, list) or not events:
        raise NotUnderstoodError("events must be a list with something in it.")
    if len(events) > MOST_IN_A_BATCH:
        raise TooManyError(f"events must hold {MOST_IN_A_BATCH} at most.")
    return Sent(
        ticket=_text(given["ticket"], _TICKET, "ticket"),
        answers=tuple(_answer(one) for one in events if not _says_finished(one)),
        finished=any(_says_finished(one) for one in events),
    )


def _says_finished(data: Any) -> bool:
    if not isinstance(data, dict) or "finished" not in data:
        return False
    given = _mapping(data, {"id", "finished"})
    _text(given["id"], _CLIENT_ID, "id")
    if given["finished"] is not True:
        raise NotUnderstoodError("finished must be true.")
    return True


def _answer(data: Any) -> Answer:
    given = _mapping(data, _ANSWERED)
    tries, right = given["tries"], given["right"]
    if isinstance(tries, bool) or not isinstance(tries, int) or not 1 <= tries <= MOST_TRIES:
        raise NotUnderstoodError(f"tries must be a number from 1 to {MOST_TRIES}.")
    if right is not None and not isinstance(right, bool):
        raise NotUnderstoodError("right must be true, false or null.")
    return Answer(
        id=_text(given["id"], _CLIENT_ID, "id"),
        screen=_text(given["screen"], _SCREEN, "screen", longest=61),
        answer=_text(given["answer"], _ANSWER, "answer", longest=LONGEST_ANSWER),
        tries=tries,
        right=right,
    )


def _mapping(data: Any, names: set[str]) -> dict[str, Any]:
    if not isinstance(data, dict) or data.keys() != names:
        raise NotUnderstoodError(f"Wanted exactly: {', '.join(sorted(names))}.")
    return data


def _flag(value: Any, name: str) -> bool:
    if not isinstance(value, bool):
        raise NotUnderstoodError(f"{name} must be true or false.")
    return value


def _text(value: Any, shape: re.Pattern[str], name: str, *, longest: int = 300) -> str:
    if not isinstance(value, str) or len(value) > longest or not shape.fullmatch(value):
        raise NotUnderstoodError(f"{name} is not of the shape that it has.")
    return value
