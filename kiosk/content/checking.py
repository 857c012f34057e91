"""Checks how content is written: what a schema cannot see, each finding with its place and what to write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from kiosk.content import markup
from kiosk.content.catalogue import Catalogues
from kiosk.content.levelled import Levelled, Place, Problem, Source
from kiosk.content.limits import Limit, limits_of
from kiosk.content.types import Agreement, Choose, Content, Lesson, Question, Story
from kiosk.content.vocabulary import LEVELS, TELLS_OWN, Severity, is_of_tell
from kiosk.content.walking import concepts_of, texts_of
from kiosk.content.wording import Where, avoided_words, hard_words

MOST_SYMBOLS = 5
FEWEST_KINDS = 3
YOUNGEST = frozenset({"eyfs", "ks1"})

_HTML = re.compile(r"</?[a-zA-Z!][^>\n]*>|&(?:[a-zA-Z]+|#\d+);")
_PLACEHOLDER = re.compile(r"\{[^}\n]*\}|%\(\w+\)[a-z]|%s\b")


class LexiconLike(Protocol):
    """What checking asks of a lexicon, or of the reviewed part of one."""

    def knows(self, concept: str) -> bool:
        """Whether the concept is in it."""

    def symbols_in(self, sentence: str) -> int:
        """How many symbols stand above this English sentence, which may hold markup."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the texts of one file have in common."""

    bands: tuple[str, ...]
    new_word: str = ""


def check(content: Content, lexicon: LexiconLike) -> tuple[Problem, ...]:
    """Every mistake in the content, those found while it was read included, in the order of the files."""
    found = list(content.problems)
    for lesson in content.lessons.values():
        found += _of_lesson(lesson, lexicon)
    for agreement in content.agreements.values():
        found += _of_agreement(agreement, lexicon)
    for levelled in content.phrases.values():
        found += _of_text(levelled, "", _Setting(()), lexicon)
    return tuple(sorted(set(found)))


def check_translations(catalogues: Catalogues, lexicon: LexiconLike) -> tuple[Problem, ...]:
    """Mistakes in the translations of pupils' texts that would show on a page."""
    found = list(catalogues.problems)
    for entry in catalogues.entries:
        place = Place(entry.file, entry.line, 1)
        for sentence in markup.sentences(entry.text):
            found += _markup(sentence.text, place, lexicon, is_of_tell(entry.domain, entry.context))
            found += _plain_text(sentence.text, place)
    return tuple(found)


def has_symbol_beside(path: str) -> bool:
    """Whether a text's own symbol stands beside it, so that its words need none of their own."""
    return path.endswith("new_word.word")


def _of_lesson(lesson: Lesson, lexicon: LexiconLike) -> Iterator[Problem]:
    setting = _Setting((lesson.band,), markup.plain(lesson.new_word.word.full))
    yield from _concepts(lesson, lesson.source, lexicon)
    for levelled, path in texts_of(lesson):
        yield from _of_text(levelled, path, setting, lexicon)
    yield from _kinds_of_screen(lesson)
    yield from _story_lengths(lesson)
    yield from _new_word(lesson)
    if lesson.band in YOUNGEST:
        yield from _options(lesson)
    for path in lesson.source.places:
        name = path.removeprefix("notes.")
        if name != path and _HTML.search(getattr(lesson.notes, name)):
            yield _problem(lesson.source.place(path), "There is HTML in the notes.", "Write plain text.")


def _of_agreement(agreement: Agreement, lexicon: LexiconLike) -> Iterator[Problem]:
    yield from _concepts(agreement, agreement.source, lexicon)
    for levelled, path in texts_of(agreement):
        yield from _of_text(levelled, path, _Setting(agreement.bands), lexicon)
    if len(agreement.rules) > 5 and not YOUNGEST.isdisjoint(agreement.bands):
        what = f"There are {len(agreement.rules)} rules, more than 5 for EYFS or KS1."
        yield _problem(agreement.source.place("rules"), what, "Write at most 5.")


def _of_text(levelled: Levelled, path: str, setting: _Setting, lexicon: LexiconLike) -> Iterator[Problem]:
    for level in LEVELS:
        text = levelled.at(level)
        limit = limits_of(level, setting.bands)
        for sentence in markup.sentences(text):
            place = levelled.place(level, sentence.line)
            yield from _length(sentence.text, limit, place)
            yield from _markup(sentence.text, place, lexicon, is_of_tell(levelled.domain, levelled.key))
            if level == "symbols" and not has_symbol_beside(path):
                yield from _symbols(sentence.text, place, lexicon)
            yield from _plain_text(sentence.text, place)
            yield from _words(sentence.text, _where(levelled, path), setting, place)
        if not markup.words(text):
            yield _problem(levelled.place(level), "There is no word in this text.", "Write at least one.")


def _length(sentence: str, limit: Limit, place: Place) -> Iterator[Problem]:
    count = len(markup.words(sentence))
    if count > limit.fails:
        what = f"A sentence has {count} words, more than {limit.fails} {limit.about}."
        yield _problem(place, what, f"Write it as two, starting again in “{_start(sentence)}”.")
    elif count > limit.aim:
        what = f"A sentence has {count} words, more than {limit.aim} {limit.about}."
        yield _problem(place, what, f"Write “{_start(sentence)}” shorter.", "warning")


def _markup(sentence: str, place: Place, lexicon: LexiconLike, for_tell: bool) -> Iterator[Problem]:
    mistake = markup.markup_mistake(sentence)
    if mistake:
        yield _problem(place, mistake, "Write [word](concept), or [word]() for no symbol.")
    for concept in markup.named_concepts(sentence):
        if not lexicon.knows(concept):
            yield _unknown_concept(concept, place)
        elif not for_tell:
            yield from _tells_own(concept, place)


def _symbols(sentence: str, place: Place, lexicon: LexiconLike) -> Iterator[Problem]:
    count = lexicon.symbols_in(sentence)
    if count == 0:
        what = f"No word of “{_start(sentence)}” has a symbol."
        yield _problem(place, what, "Write [word](concept) around its key word.")
    elif count > MOST_SYMBOLS:
        what = f"“{_start(sentence)}” has {count} symbols, more than {MOST_SYMBOLS}."
        yield _problem(place, what, "Keep the key words, and write [word]() around the others.")


def _plain_text(sentence: str, place: Place) -> Iterator[Problem]:
    html = _HTML.search(sentence)
    if html:
        yield _problem(place, f"“{html[0][:40]}” is HTML.", "Write plain text.")
    placeholder = _PLACEHOLDER.search(sentence)
    if placeholder:
        what = f"A pupil's text cannot hold a gap such as {placeholder[0][:40]}: its sound is made ahead."
        yield _problem(place, what, "Write the words themselves.")


def _words(sentence: str, where: Where, setting: _Setting, place: Place) -> Iterator[Problem]:
    text = markup.plain(sentence)
    for word, avoided in avoided_words(text, where):
        yield _problem(place, f"“{word}”: {avoided.why}", avoided.instead, avoided.severity)
    band = next((band for band in ("eyfs", "ks1") if band in setting.bands), "")
    for word, easier in hard_words(text, band):
        if not word.startswith(setting.new_word.casefold() or " "):
            what = f"“{word}” is a hard word for {band.upper()}."
            yield _problem(place, what, f"Write “{easier}”, or explain it.", "warning")


def _where(levelled: Levelled, path: str) -> Where:
    if path.endswith((".feedback", ".again")):
        return "feedback"
    is_rule = levelled.domain == "agreements" and path.startswith("rules.")
    return "rules" if is_rule or path == "charter_idea" else "everywhere"


def _concepts(value: object, source: Source, lexicon: LexiconLike) -> Iterator[Problem]:
    for concept, path in concepts_of(value):
        if not lexicon.knows(concept):
            yield _unknown_concept(concept, source.place(path))
        yield from _tells_own(concept, source.place(path))


def _tells_own(concept: str, place: Place) -> Iterator[Problem]:
    if concept.startswith(TELLS_OWN):
        what = f"“{concept}” belongs to tell a trusted adult alone."
        yield _problem(place, what, "Write another concept of the lexicon, or [word]() for no symbol.")


def _unknown_concept(concept: str, place: Place) -> Problem:
    what = f"“{concept}” is not a concept of the lexicon."
    return _problem(place, what, "Write the id of a concept from the lexicon, or add it there.")


def _kinds_of_screen(lesson: Lesson) -> Iterator[Problem]:
    kinds = {screen.kind for screen in lesson.screens}
    if len(kinds) < FEWEST_KINDS:
        what = f"The screens are of {len(kinds)} kinds, fewer than {FEWEST_KINDS}."
        yield _problem(lesson.source.place("screens"), what, "Make one a sort, order, spot, feel or talk.")


def _story_lengths(lesson: Lesson) -> Iterator[Problem]:
    for screen in lesson.screens:
        if isinstance(screen, Story) and not 2 <= len(markup.sentences(screen.text.full)) <= 5:
            count = len(markup.sentences(screen.text.full))
            what = f"This story screen has {count} sentences."
            yield _problem(screen.text.place("full"), what, "Write two to five.", "warning")


def _new_word(lesson: Lesson) -> Iterator[Problem]:
    word = markup.plain(lesson.new_word.word.full).casefold()
    everything = " ".join(markup.plain(levelled.full).casefold() for levelled, _path in texts_of(lesson))
    # Once in `new_word.word` itself, which is not a text that says it.
    times = len(re.findall(rf"(?<!\w){re.escape(word)}", everything)) - 1
    if times < 3:
        what = f"The new word “{word}” is said {times} times at full level."
        yield _problem(lesson.source.place("new_word.word"), what, "Say it three times or more.", "warning")


def _options(lesson: Lesson) -> Iterator[Problem]:
    asked: dict[str, Question | Choose] = {
        "before": lesson.before,
        "after": lesson.after,
        "remember": lesson.remember,
    }
    asked |= {f"screens.{screen.id}": screen for screen in lesson.screens if isinstance(screen, Choose)}
    for path, question in asked.items():
        if len(question.options) > 3:
            what = f"There are {len(question.options)} answers, more than 3 for {lesson.band.upper()}."
            yield _problem(lesson.source.place(f"{path}.options"), what, "Keep two or three.")


def _start(sentence: str) -> str:
    text = markup.plain(sentence)
    return text if len(text) <= 50 else f"{text[:49]}…"


def _problem(place: Place, what: str, write_instead: str, severity: Severity = "error") -> Problem:
    return Problem(place.file, place.line, place.column, what, write_instead, severity)
