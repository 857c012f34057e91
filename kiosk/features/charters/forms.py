"""What pupils and teachers send about a charter, read and judged."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from kiosk.content.types import Lesson
from kiosk.documents.letters import unprintable_words
from kiosk.features.charters.board import WHAT, WHEN, built
from kiosk.features.charters.types import LONGEST_RULE, Warned, Way
from kiosk.features.charters.wording import find_concept, problem_of, tidy, warnings_of
from kiosk.reading.lexicon import load_lexicon
from kiosk.web.passages import passage_of

MOST_LETTERS_SENT = 5000
_CLIENT_ID = re.compile(r"[a-z0-9]{8,32}")


class NotFromOurPageError(Exception):
    """Something that none of our pages sends."""


@dataclass(frozen=True)
class Written:
    """A rule as a pupil sent it; `problem` is the end of a phrase id that says what is missing."""

    client_id: str
    way: Way
    text: str = ""
    idea: str | None = None
    problem: str | None = None


def suggestion_in(form: Mapping[str, str], ideas: Collection[Lesson], language: str) -> Written:
    """The rule that a pupil chose, built or typed; raises NotFromOurPageError."""
    client_id, way = form.get("client_id", ""), form.get("way", "")
    if not _CLIENT_ID.fullmatch(client_id) or way not in set(Way):
        raise NotFromOurPageError
    match Way(way):
        case Way.IDEA:
            if not form.get("idea"):
                return Written(client_id, Way.IDEA, problem="empty")
            lesson = next((one for one in ideas if one.id == form["idea"]), None)
            if lesson is None:
                raise NotFromOurPageError
            return Written(client_id, Way.IDEA, passage_of(lesson.charter_idea, "full", language).text, lesson.id)
        case Way.BOARD:
            what, when = WHAT.get(form.get("what", "")), WHEN.get(form.get("when", ""))
            if what is None or when is None:
                raise NotFromOurPageError
            return Written(client_id, Way.BOARD, built(what, when, language))
        case Way.WORDS:
            words = tidy(form.get("words", "")[:MOST_LETTERS_SENT])
            return Written(client_id, Way.WORDS, words, problem=problem_of(words))


@dataclass(frozen=True)
class Wording:
    """A rule as a teacher sent it: an error must be mended, a warning only looked at."""

    words: str
    error: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether the class may read it."""
        return not self.error and not self.warnings


def wording_in(form: Mapping[str, str], first_names: Collection[str], *, otherwise: str = "") -> Wording:
    """The teacher's words, or `otherwise` where the page sends none; warnings are gone once they were seen."""
    words = tidy(form.get("words", otherwise)[:MOST_LETTERS_SENT])
    error = str(_error(words))
    # The box that says "all the same" is worth its own words and no others.
    if error or form.get("anyway") == words:
        return Wording(words, error)
    return Wording(words, warnings=tuple(str(_warning(*one)) for one in warnings_of(words, first_names)))


def _error(words: str) -> Any:
    match problem_of(words):
        case "empty":
            return _("Write the rule.")
        case "signs":
            return _("Write the rule in words: a picture alone is not read aloud.")
        case "long":
            return _("Write the rule in at most %(number)s characters: short rules are kept.", number=LONGEST_RULE)
    strange = unprintable_words(words)
    if strange:
        return _("The poster cannot print “%(words)s”. Write it in other letters.", words=" ".join(strange))
    return ""


def _warning(kind: Warned, words: str) -> Any:
    match kind:
        case Warned.NAME:
            return _("“%(words)s” is the first name of a pupil in this class. A charter names nobody.", words=words)
        case Warned.ADDRESS:
            return _("“%(words)s” looks like an address on the internet. It would hang on the wall.", words=words)
        case Warned.TONE:
            return _(
                "“%(words)s” forbids or threatens. Children keep a rule that says what they do: “We ask first.”",
                words=words,
            )


@dataclass(frozen=True)
class Above:
    """What a teacher wrote for the symbol above one word; without a concept and an error, no symbol."""

    name: str
    concept: str | None
    error: str = ""


def symbols_in(form: Mapping[str, str], how_many: int, language: str) -> list[Above]:
    """What is to stand above each word of a rule."""
    lexicon = load_lexicon()
    names = [form.get(f"symbol-{number}", "").strip()[:80] for number in range(how_many)]
    above = [Above(name, find_concept(name, language, lexicon) if name else None) for name in names]
    return [
        replace(one, error=_("There is no symbol “%(name)s”. Choose one from the list.", name=one.name))
        if one.name and one.concept is None
        else one
        for one in above
    ]
