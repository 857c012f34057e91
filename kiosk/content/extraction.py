"""Gives translators every pupil's text with its key, place and purpose: the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import IO, Any

from babel.messages import Catalog
from babel.messages.pofile import write_po

from kiosk.content import markup
from kiosk.content.building import build_phrases
from kiosk.content.catalogue import note_context
from kiosk.content.levelled import Levelled, Place
from kiosk.content.limits import limits_of
from kiosk.content.types import Content
from kiosk.content.validation import validate
from kiosk.content.vocabulary import LEVELS, Domain, Level
from kiosk.content.walking import texts_of
from kiosk.content.yaml_source import read_document

# Babel would write the day of extraction, and every run would change the file.
_HEADER = """\
# {title} of the e-safety kiosk, for translators.
# [word](concept) puts that concept's symbol above the word; keep it on the word that means the same.
# [word]() forbids a symbol there. Write one sentence a line at simple and symbols level.
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
_TITLES = {"lessons": "Lessons", "agreements": "Agreements", "messages": "The interface"}
_Extracted = tuple[int, str, tuple[str, str], list[str]]


def extract_phrases(
    fileobj: IO[bytes],
    keywords: Any,  # noqa: ARG001 - the signature is Babel's
    comment_tags: Any,  # noqa: ARG001
    options: Mapping[str, Any],  # noqa: ARG001
) -> Iterator[_Extracted]:
    """The phrases of a phrases.yaml, as a Babel extractor; raises ValueError for a file with mistakes."""
    file = Path(str(getattr(fileobj, "name", "phrases.yaml")))
    document, problems = read_document(file, content=fileobj.read())
    problems = problems or (validate(document, "phrases") if document else ())
    if document is None or problems:
        raise ValueError("\n".join(map(str, problems)))
    for _key, levelled in sorted(build_phrases(document).items()):
        for level in LEVELS:
            message = (levelled.context(level), levelled.at(level))
            yield levelled.place(level).line, "pgettext", message, [_comment(levelled, level, ())]


def write_template(content: Content, domain: Domain, path: Path) -> None:
    """Write the template of lessons, agreements or messages; two runs write the same bytes."""
    catalogue = Catalog(charset="utf-8")
    for levelled, bands in sorted(_texts(content, domain), key=lambda each: each[0].key):
        for level in LEVELS:
            message = catalogue.add(
                levelled.at(level),
                locations=[_reference(levelled.place(level), domain)],
                auto_comments=[_comment(levelled, level, bands)],
                context=levelled.context(level),
            )
            # A percent sign in a text is no format.
            message.flags.clear()
    for context, text, place in _notes(content) if domain == "lessons" else ():
        message = catalogue.add(text, locations=[place], auto_comments=["A note for the teacher."], context=context)
        message.flags.clear()
    body = io.BytesIO()
    write_po(body, catalogue, width=0, omit_header=True)
    path.write_bytes(_HEADER.format(title=_TITLES[domain]).encode() + body.getvalue())


def _notes(content: Content) -> Iterator[tuple[str, str, tuple[str, int]]]:
    for lesson in content.lessons.values():
        for each in fields(lesson.notes):
            text = str(getattr(lesson.notes, each.name))
            place = lesson.source.place(f"notes.{each.name}")
            yield note_context(lesson, each.name), text, _reference(place, "lessons")


def _texts(content: Content, domain: Domain) -> Iterator[tuple[Levelled, tuple[str, ...]]]:
    if domain == "lessons":
        for lesson in content.lessons.values():
            yield from ((levelled, (lesson.band,)) for levelled, _path in texts_of(lesson))
    elif domain == "agreements":
        for agreement in content.agreements.values():
            yield from ((levelled, agreement.bands) for levelled, _path in texts_of(agreement))
    else:
        yield from ((levelled, ()) for levelled in content.phrases.values())


def _comment(levelled: Levelled, level: Level, bands: tuple[str, ...]) -> str:
    longest = markup.longest_sentence(levelled.at(level))
    limit = limits_of(level, bands)
    at_most = f"at most {limit.aim}" if limit.aim == limit.fails else f"aim for {limit.aim}"
    count = f"{longest} word" if longest == 1 else f"{longest} words"
    return f"Band: {' '.join(bands) or 'all'}. Level: {level}. Longest sentence: {count}, {at_most}."


def _reference(place: Place, domain: Domain) -> tuple[str, int]:
    """The place from its content folder on, so that no folder of somebody's machine is named."""
    parts, folder = place.file.parts, "kiosk" if domain == "messages" else domain
    start = len(parts) - 1 - parts[::-1].index(folder) if folder in parts else len(parts) - 1
    return "/".join(parts[start:]), place.line
