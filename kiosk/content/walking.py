"""Finds every text and every concept inside a value, for voice, check, extraction and coverage alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from kiosk.content.levelled import Levelled, Source

_ONE_CONCEPT = {"symbol", "concept"}
_MANY_CONCEPTS = {"picture", "feelings"}


def texts_of(value: object) -> Iterator[tuple[Levelled, str]]:
    """Every levelled text inside a value, with its dotted path: `screens.story-1.text`."""
    for found, path in _walk(value, ""):
        if isinstance(found, Levelled):
            yield found, path


def concepts_of(value: object) -> Iterator[tuple[str, str]]:
    """Every concept that a value names outside its texts, with its path: `screens.story-1.picture.0`."""
    for found, path in _walk(value, ""):
        if isinstance(found, str) and _names_a_concept(path):
            yield found, path


def _names_a_concept(path: str) -> bool:
    holder, _, name = path.rpartition(".")
    return name in _ONE_CONCEPT or (name.isdigit() and holder.rpartition(".")[2] in _MANY_CONCEPTS)


def _walk(value: object, path: str) -> Iterator[tuple[object, str]]:
    """Every leaf inside a value; what lies in a tuple goes by its id, or by its number from 0."""
    if isinstance(value, Levelled) or not _is_branch(value):
        yield value, path
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _walk(each, _join(path, str(key)))
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _walk(each, _join(path, str(getattr(each, "id", number))))
    elif not isinstance(value, Source):
        for each in fields(value):  # type: ignore[arg-type]
            yield from _walk(getattr(value, each.name), _join(path, each.name))


def _is_branch(value: object) -> bool:
    return isinstance(value, Mapping | tuple) or is_dataclass(value)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path and name else path or name
