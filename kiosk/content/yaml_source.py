"""Reads a YAML file that anybody may have written: plain values with their places, or problems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kiosk.content.levelled import Place, Problem

MOST_BYTES = 256 * 1024
MOST_NODES = 20_000
DEEPEST = 24

KeyPath = tuple[str | int, ...]

# libyaml reads ten times faster; where it is missing, the slower loader refuses a few texts without quotes.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_WHOLE_NUMBER = re.compile(r"[-+]?[0-9]{1,18}")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_HINTS = (
    ("mapping values are not allowed", "Put quotes around the text, because it holds a colon, or indent it."),
    ("cannot start any token", "Indent with spaces, not tabs; put quotes around a text that starts oddly."),
    ("could not find expected ':'", "Write a key, a colon and a space, and indent texts under their key."),
    ("scanning a quoted scalar", "Close the quotes: each opening quote needs its closing one."),
    ("unexpected end of stream", "Close what was opened: a quote or a bracket is missing its other half."),
    ("flow", "Close the bracket, and put quotes around a text that holds a comma, a colon or a bracket."),
    ("expected key", "Start this line in the same column as the lines beside it."),
    ("block", "Start this line in the same column as the lines beside it."),
)


@dataclass(frozen=True, slots=True)
class Document:
    """The plain data of a file, and where each value, key and line of block text stands."""

    file: Path
    data: Any
    places: Mapping[KeyPath, Place]
    keys: Mapping[KeyPath, Place]
    lines: Mapping[KeyPath, tuple[Place, ...]]

    def place(self, path: KeyPath) -> Place:
        """Where the value at that path stands, or the nearest one that holds it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.file, 1, 1))


class _UnreadableError(Exception):
    """Reading stops here; what was found is in the reader's problems."""


def read_document(file: Path, content: bytes | None = None) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document in a file (or in content that was read from it), or what keeps it from being read."""
    reader = _Reader(file)
    try:
        return reader.read(content), tuple(reader.problems)
    except _UnreadableError:
        return None, tuple(reader.problems)


@dataclass(slots=True)
class _Reader:
    file: Path
    problems: list[Problem] = field(default_factory=list)
    places: dict[KeyPath, Place] = field(default_factory=dict)
    keys: dict[KeyPath, Place] = field(default_factory=dict)
    lines: dict[KeyPath, tuple[Place, ...]] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    nodes: int = 0
    events: Any = None

    def read(self, content: bytes | None) -> Document:
        text = self._decode(self._bytes() if content is None else content)
        self.written = text.splitlines()
        self.events = _Loader(text)
        try:
            data = self._document()
        except yaml.MarkedYAMLError as error:
            self._refuse_yaml(error)
        except yaml.YAMLError:
            self._refuse("This is not YAML that the kiosk can read.", "Compare the file with a shipped one.")
        finally:
            self.events.dispose()
        if self.problems:
            raise _UnreadableError
        return Document(self.file, data, self.places, self.keys, self.lines)

    def _bytes(self) -> bytes:
        try:
            with self.file.open("rb") as stream:
                return stream.read(MOST_BYTES + 1)
        except OSError as error:
            reason = error.strerror or "unknown reason"
            self._note(f"The file cannot be opened ({reason}).", "Check that it is there and may be read.")
            raise _UnreadableError from error

    def _decode(self, content: bytes) -> str:
        if len(content) > MOST_BYTES:
            self._refuse(f"The file is larger than {MOST_BYTES // 1024} KiB.", "Split it into several files.")
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = content[: error.start].decode("utf-8", "replace")
            self._refuse_at(before, "The file is not in UTF-8.", "Save it again with the encoding UTF-8.")
        unreadable = _UNREADABLE.search(text)
        if unreadable:
            code = f"U+{ord(unreadable[0]):04X}"
            before = text[: unreadable.start()]
            self._refuse_at(before, f"An invisible control character ({code}).", "Delete it.")
        return text

    def _document(self) -> Any:
        self.events.get_event()  # the start of the stream
        if self.events.check_event(yaml.StreamEndEvent):
            self._refuse("The file is empty.", "Copy a shipped file and change it.")
        self.events.get_event()  # the start of the document
        data = self._value((), self.events.get_event())
        self.events.get_event()  # the end of the document
        if not self.events.check_event(yaml.StreamEndEvent):
            mark = self.events.peek_event().start_mark
            self._refuse("A second document starts here.", "Delete the line ---, or make a file of it.", mark)
        return data

    def _value(self, path: KeyPath, event: Any) -> Any:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self._refuse(f"The file holds more than {MOST_NODES} values.", "Split it.", event.start_mark)
        if len(path) > DEEPEST:
            self._refuse(f"Values are nested deeper than {DEEPEST}.", "Write them flatter.", event.start_mark)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self._refuse("References (& and *) are not allowed.", "Write the value out.", event.start_mark)
        if event.tag is not None and event.tag != "!":
            self._refuse("Tags (words that begin with !) are not allowed.", "Leave it out.", event.start_mark)
        self.places[path] = self._place(event.start_mark)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        if event.style == "|":
            self.lines[path] = self._lines_of(event)
        return event.value if event.style or event.tag else _plain_value(event.value)

    def _mapping(self, path: KeyPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := self.events.get_event(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag not in {None, "!"}:
                self._refuse("A key must be one plain word.", "Put the text in quotes.", event.start_mark)
            key = event.value
            if key in found:
                first = self.keys[(*path, key)].line
                self._note(
                    f"The key “{_short(key)}” is there twice: it is already on line {first}.",
                    "Keep one of the two.",
                    event.start_mark,
                )
            else:
                self.keys[(*path, key)] = self._place(event.start_mark)
            found[key] = self._value((*path, key), self.events.get_event())
        return found

    def _sequence(self, path: KeyPath) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := self.events.get_event(), yaml.SequenceEndEvent):
            found.append(self._value((*path, len(found)), event))
        return found

    def _lines_of(self, event: Any) -> tuple[Place, ...]:
        start = event.start_mark.line + 1
        end = start + len(event.value.splitlines())
        return tuple(
            Place(self.file, line, len(text) - len(text.lstrip(" ")) + 1)
            for line, text in enumerate(self.written[start:end], start + 1)
        )

    def _place(self, mark: Any) -> Place:
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _note(self, what: str, write_instead: str, mark: Any = None) -> None:
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        self.problems.append(Problem(self.file, line, column, what, write_instead))

    def _refuse(self, what: str, write_instead: str, mark: Any = None) -> Any:
        self._note(what, write_instead, mark)
        raise _UnreadableError

    def _refuse_at(self, before: str, what: str, write_instead: str) -> Any:
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        self.problems.append(Problem(self.file, line, column, what, write_instead))
        raise _UnreadableError

    def _refuse_yaml(self, error: yaml.MarkedYAMLError) -> Any:
        said = f"{error.context or ''} {error.problem or ''}"
        hint = next((hint for sign, hint in _HINTS if sign in said), "Compare the line with a shipped file.")
        mark = error.problem_mark or error.context_mark
        self._refuse(f"This is not YAML ({error.problem or 'unreadable'}).", hint, mark)


def _plain_value(text: str) -> str | int | float | bool | None:
    """What an unquoted word means in YAML 1.2, so that “no” and a date stay texts."""
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text in {"true", "True", "TRUE"}:
        return True
    if text in {"false", "False", "FALSE"}:
        return False
    if _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    if len(text) < 40 and _NUMBER.fullmatch(text):
        return float(text)
    return text


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
