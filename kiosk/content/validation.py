"""Holds a document against its published schema, and says each mistake in plain words, at its place."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple

from jsonschema import Draft202012Validator, ValidationError, validators

from kiosk.content.levelled import Place, Problem
from kiosk.content.yaml_source import Document, KeyPath

Kind = Literal["lesson", "agreement", "phrases", "facts"]

_TYPES = {"object": "keys with values", "array": "a list", "string": "a text", "boolean": "true or false"}


class _Finding(NamedTuple):
    place: Place
    what: str
    write_instead: str


def schema(kind: Kind) -> dict[str, Any]:
    """The published JSON Schema of that kind of file."""
    text = (resources.files("kiosk.content") / "schemas" / f"{kind}.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def validate(document: Document, kind: Kind) -> tuple[Problem, ...]:
    """Everything in the document that its schema does not allow, in the order of the file."""
    findings: dict[_Finding, None] = {}
    for error in _validator(kind).iter_errors(document.data):
        for finding in _findings(error, document):
            findings[finding] = None
    ordered = sorted(findings, key=lambda finding: finding.place)
    return tuple(
        Problem(document.file, place.line, place.column, what, write_instead)
        for place, what, write_instead in ordered
    )


@cache
def _validator(kind: Kind) -> Any:
    # Python's $ also matches before a last line break, which the schemas do not mean.
    extend: Any = validators.extend
    strict = extend(Draft202012Validator, {"pattern": _whole_pattern})
    return strict(schema(kind))


def _whole_pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError("pattern")


def _findings(error: Any, document: Document) -> Iterator[_Finding]:
    path: KeyPath = tuple(error.absolute_path)
    say = _SAYERS.get(str(error.validator), _say_other)
    yield from say(error, path, document)


def _say_unknown_key(error: Any, path: KeyPath, document: Document) -> Iterator[_Finding]:
    known = list(error.schema["properties"])
    for key in error.instance:
        if key not in known:
            place = document.keys.get((*path, key), document.place(path))
            free = [each for each in known if each not in error.instance]
            yield _Finding(place, f"The key {quoted(key)} is not known here.", _instead(key, free, known))


def _say_missing_key(error: Any, path: KeyPath, document: Document) -> Iterator[_Finding]:
    for key in error.validator_value:
        if key in error.instance:
            continue
        place = document.place(path)
        if key in {"full", "simple", "symbols"}:
            what = f"{_named(path)} has no text at the reading level “{key}”."
        elif key == "feedback":
            what = f"{_named(path)} has no feedback."
        else:
            what = f"{_named(path)} has no “{key}”."
        yield _Finding(place, what, f"Write {key}: and what belongs to it. {_about(error, key)}".rstrip())


def _say_not_one_of(error: Any, path: KeyPath, document: Document) -> Iterator[_Finding]:
    allowed = [str(value) for value in error.validator_value]
    name = {"four_cs": "four Cs value", "covers": "requirement", "feelings": "feeling", "for": "reader"}
    key = _last_name(path)
    what = f"{quoted(error.instance)} is not a known {name.get(key, key.replace('_', ' '))}."
    yield _Finding(document.place(path), what, _instead(str(error.instance), allowed, allowed))


def _say_wrong_type(error: Any, path: KeyPath, document: Document) -> Iterator[_Finding]:
    wanted = _TYPES.get(str(error.validator_value), str(error.validator_value))
    if error.instance is None:
        what = f"{_named(path)} is empty."
    else:
        what = f"{_named(path)} is {_kind_of(error.instance)}, not {wanted}."
    hint = "Put quotes around it." if wanted == "a text" and not _is_branch(error.instance) else ""
    yield _Finding(document.place(path), what, hint or f"Write {wanted}. {_about(error)}".rstrip())


def _say_wrong_pattern(error: Any, path: KeyPath, document: Document) -> Iterator[_Finding]:
    key_place = None
    if "propertyNames" in error.absolute_schema_path:
        key_place = document.keys.get((*path, error.instance))
    if not error.instance.strip():
        what = f"{_named(path)} is empty."
    else:
        what = f"{quoted(error.instance)} is not what “{_last_name(path)}” takes."
    if key_place:
        what = f"{quoted(error.instance)} is not a good id."
    yield _Finding(key_place or document.place(path), what, f"Write it like this: {_about(error)}")


def _say_wrong_count(error: Any, path: KeyPath, document: Document) -> Iterator[_Finding]:
    few = error.validator == "minItems"
    count, limit = len(error.instance), error.validator_value
    what = f"{_named(path)} holds {count}, {'fewer' if few else 'more'} than {limit}."
    yield _Finding(document.place(path), what, f"Write: {_about(error)}")


def _say_nothing_in_it(_error: Any, path: KeyPath, document: Document) -> Iterator[_Finding]:
    yield _Finding(document.place(path), f"{_named(path)} holds nothing.", "Write at least one entry.")


def _say_none_true(error: Any, path: KeyPath, document: Document) -> Iterator[_Finding]:
    key = next(iter(error.validator_value["properties"]))
    what = f"Nothing in {_named(path).lower()} has {key}: true."
    yield _Finding(document.place(path), what, f"Write {key}: true where it is so. {_about(error)}".rstrip())


def _say_repeated(error: Any, path: KeyPath, document: Document) -> Iterator[_Finding]:
    twice = next(each for n, each in enumerate(error.instance) if each in error.instance[:n])
    place = document.place((*path, len(error.instance) - 1 - error.instance[::-1].index(twice)))
    yield _Finding(place, f"{quoted(twice)} is there twice.", "Keep one of the two.")


def _say_too_long(error: Any, path: KeyPath, document: Document) -> Iterator[_Finding]:
    what = f"{_named(path)} has {len(error.instance)} letters, more than {error.validator_value}."
    yield _Finding(document.place(path), what, "Write less, or write it as two.")


def _say_wrong_constant(error: Any, path: KeyPath, document: Document) -> Iterator[_Finding]:
    name, known = _last_name(path), error.validator_value
    what = f"“{name}” is {quoted(error.instance)}; this kiosk knows {quoted(known)}."
    yield _Finding(document.place(path), what, f"Write {name}: {known}.")


def _say_other(error: Any, path: KeyPath, document: Document) -> Iterator[_Finding]:
    yield _Finding(document.place(path), f"{_named(path)} is not as it should be.", f"Write: {_about(error)}")


_SAYERS: dict[str, Callable[[Any, KeyPath, Document], Iterator[_Finding]]] = {
    "additionalProperties": _say_unknown_key,
    "required": _say_missing_key,
    "enum": _say_not_one_of,
    "type": _say_wrong_type,
    "pattern": _say_wrong_pattern,
    "minItems": _say_wrong_count,
    "maxItems": _say_wrong_count,
    "contains": _say_none_true,
    "minProperties": _say_nothing_in_it,
    "uniqueItems": _say_repeated,
    "maxLength": _say_too_long,
    "const": _say_wrong_constant,
}


def quoted(value: object) -> str:
    """A value as a message shows it: short, on one line."""
    text = "…" if _is_branch(value) else " ".join(str(value).split())
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word that was most likely meant."""
    close = difflib.get_close_matches(word[:60].casefold(), known, n=1, cutoff=0.75)
    return close[0] if close else None


def _instead(word: str, likely: Sequence[str], known: Sequence[str]) -> str:
    meant = nearest(word, likely)
    return f"Write {meant}." if meant else f"Write one of: {', '.join(known)}."


def _named(path: KeyPath) -> str:
    """What the writer would call the value at that path."""
    if not path:
        return "The file"
    if isinstance(path[-1], int):
        return f"Number {path[-1] + 1} of “{_last_name(path)}”"
    return f"“{path[-1]}”"


def _last_name(path: KeyPath) -> str:
    return next((str(part) for part in reversed(path) if isinstance(part, str)), "the file")


def _about(error: Any, key: str = "") -> str:
    found = error.schema
    if key:
        found = found.get("properties", {}).get(key, {})
    return str(found.get("description", "")) if isinstance(found, dict) else ""


def _kind_of(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "keys with values"


def _is_branch(value: object) -> bool:
    return isinstance(value, dict | list)
