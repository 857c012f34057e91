"""Texts in other languages, straight from translations/; what is missing or fuzzy stays English."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from types import MappingProxyType

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from kiosk.content.levelled import Levelled, Problem
from kiosk.content.types import Lesson
from kiosk.content.vocabulary import LEVELS, Domain

SOURCE_LANGUAGE = "en"
DOMAINS: tuple[Domain, ...] = ("lessons", "agreements", "messages")

_HEADER_FIELD = re.compile(r'^"([A-Za-z-]+): *(.*?)(?:\\n)?"', re.MULTILINE)
_SHIPPED = Path(__file__).resolve().parents[2] / "translations"


@dataclass(frozen=True, slots=True)
class Entry:
    """One translated message that may be shown, and where it stands."""

    domain: Domain
    language: str
    context: str
    text: str
    file: Path
    line: int


@dataclass(frozen=True, slots=True)
class Catalogues:
    """The catalogues of one translations folder, by language and domain."""

    compiled: Mapping[tuple[str, str], GNUTranslations] = field(default_factory=lambda: MappingProxyType({}))
    entries: tuple[Entry, ...] = ()
    headers: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[Problem, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language that has a catalogue, English first."""
        return (SOURCE_LANGUAGE, *sorted({language for language, _ in self.compiled} - {SOURCE_LANGUAGE}))

    def find_translation(self, levelled: Levelled, level: str, language: str) -> str | None:
        """The text at that level in that language, or None where the language lacks it."""
        english = levelled.at(level)
        if language == SOURCE_LANGUAGE:
            return english
        compiled = self.compiled.get((language, levelled.domain))
        found = compiled.pgettext(levelled.context(level), english) if compiled else _Untranslated()
        return None if isinstance(found, _Untranslated) else found

    def translate(self, levelled: Levelled, level: str, language: str) -> str:
        """The text at that level in that language, or in English where the language lacks it."""
        found = self.find_translation(levelled, level, language)
        return levelled.at(level) if found is None else found

    def is_read_by_a_native_speaker(self, language: str) -> bool:
        """Whether every catalogue of that language says in its header that a native speaker has read it."""
        found = [header for (each, _domain), header in self.headers.items() if each == language]
        return bool(found) and all(
            header.get("x-read-by-native-speaker", "no").strip().casefold() == "yes" for header in found
        )


def find_translation(levelled: Levelled, level: str, language: str) -> str | None:
    """The shipped text at that level in that language, or None where the language lacks it."""
    return shipped_catalogues().find_translation(levelled, level, language)


def translate(levelled: Levelled, level: str, language: str) -> str:
    """The shipped text at that level in that language, or in English where the language lacks it."""
    return shipped_catalogues().translate(levelled, level, language)


def note_context(lesson: Lesson, note: str) -> str:
    """The msgctxt of a note for the teacher."""
    return f"{lesson.id}/notes.{note}"


def translate_note(lesson: Lesson, note: str, language: str) -> str:
    """A note for the teacher in that language, or in English where the language lacks it."""
    text = str(getattr(lesson.notes, note))
    compiled = shipped_catalogues().compiled.get((language, "lessons"))
    return compiled.pgettext(note_context(lesson, note), text) if compiled else text


@cache
def shipped_catalogues() -> Catalogues:
    """The catalogues that come with the kiosk, read once a process."""
    return load_catalogues(_SHIPPED)


def load_catalogues(folder: Path) -> Catalogues:
    """Read <language>/LC_MESSAGES/<domain>.po; a broken catalogue is left out and reported."""
    compiled: dict[tuple[str, str], GNUTranslations] = {}
    headers: dict[tuple[str, str], Mapping[str, str]] = {}
    entries: list[Entry] = []
    problems: list[Problem] = []
    for file in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        language = file.parent.parent.name
        domain = next((domain for domain in DOMAINS if domain == file.stem), None)
        if domain is None:
            continue
        try:
            state = file.stat()
            catalogue, translations, header = _read(file, state.st_mtime_ns, state.st_size)
        except (OSError, PoFileError, ValueError) as error:
            line = getattr(error, "lineno", None) or 1
            what = f"The catalogue cannot be read ({' '.join(str(error).split())[:120]})."
            problems.append(Problem(file, line, 1, what, "Mend that entry in a catalogue editor."))
            continue
        compiled[language, domain] = translations
        headers[language, domain] = header
        entries += _entries(catalogue, domain, language, file)
    frozen = MappingProxyType(compiled), tuple(entries), MappingProxyType(headers), tuple(problems)
    return Catalogues(*frozen)


@lru_cache(maxsize=64)
def _read(file: Path, _changed: int, _size: int) -> tuple[Catalog, GNUTranslations, Mapping[str, str]]:
    content = file.read_bytes()
    catalogue = read_po(io.BytesIO(content), abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue, use_fuzzy=False)
    compiled.seek(0)
    translations = GNUTranslations(compiled)
    translations.add_fallback(_English())
    # Babel keeps only the header's fields that it knows.
    first = content.decode("utf-8").replace("\r\n", "\n").partition("\n\n")[0]
    header = MappingProxyType({name.lower(): value for name, value in _HEADER_FIELD.findall(first)})
    return catalogue, translations, header


class _Untranslated(str):
    """An English text that a catalogue gave back because it lacks the translation."""

    __slots__ = ()


class _English(NullTranslations):
    """Answers for a text that a catalogue lacks, so that one which equals the English is told from none."""

    def pgettext(self, context: str, message: str) -> str:
        return _Untranslated(message)


def _entries(catalogue: Catalog, domain: Domain, language: str, file: Path) -> Iterator[Entry]:
    levels = tuple(f"/{level}" for level in LEVELS)
    for message in catalogue:
        context, text = message.context, message.string
        if context and context.endswith(levels) and isinstance(text, str) and text and not message.fuzzy:
            yield Entry(domain, language, context, text, file, message.lineno or 1)
