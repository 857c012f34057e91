"""What a schema cannot say: unique ids, names that fit the folder, references that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kiosk.content.levelled import Problem
from kiosk.content.validation import Kind, quoted
from kiosk.content.vocabulary import BANDS, REQUIREMENTS
from kiosk.content.yaml_source import Document, KeyPath


def structural_problems(document: Document, kind: Kind) -> tuple[Problem, ...]:
    """What keeps a document that its schema has passed from being used."""
    found = [*_repeated_ids(document, (), document.data)]
    if kind == "lesson":
        found += [*_file_name(document, document.data["id"]), *_band_folder(document), *_groups(document)]
    elif kind == "agreement":
        found += [*_agreement_name(document), *_unknown_requirements(document)]
    return tuple(found)


def _repeated_ids(document: Document, path: KeyPath, data: Any) -> Iterator[Problem]:
    """Within each list, at any depth, an id may be given once."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _repeated_ids(document, (*path, key), value)
    elif isinstance(data, list):
        first: dict[str, int] = {}
        for number, each in enumerate(data):
            yield from _repeated_ids(document, (*path, number), each)
            if not isinstance(each, dict) or "id" not in each:
                continue
            earlier = first.setdefault(each["id"], number)
            if earlier != number:
                line = document.place((*path, earlier, "id")).line
                what = f"The id {quoted(each['id'])} is there twice: it is already on line {line}."
                yield _problem(document, (*path, number, "id"), what, "Give this one an id of its own.")


def _file_name(document: Document, name: str) -> Iterator[Problem]:
    if document.file.stem != name:
        what = f"The file is called {document.file.name}, and its id is {quoted(name)}."
        yield _problem(document, ("id",), what, f"Write id: {document.file.stem}, or rename it {name}.yaml.")


def _agreement_name(document: Document) -> Iterator[Problem]:
    """An agreement's file is named by its bands alone, inside its audience's folder."""
    audience, name = document.data["audience"], document.data["id"]
    if name != f"{audience}-{document.file.stem}":
        yield from _file_name(document, name)


def _band_folder(document: Document) -> Iterator[Problem]:
    folder, band = document.file.parent.name, document.data["band"]
    if folder in BANDS and folder != band:
        what = f"The band is {band}, and the file lies in the folder {folder}."
        yield _problem(document, ("band",), what, f"Write band: {folder}, or move the file to {band}.")


def _groups(document: Document) -> Iterator[Problem]:
    for number, screen in enumerate(document.data["screens"]):
        if screen["kind"] != "sort":
            continue
        groups = [group["id"] for group in screen["groups"]]
        for item_number, item in enumerate(screen["items"]):
            if item["group"] not in groups:
                path = ("screens", number, "items", item_number, "group")
                what = f"There is no group {quoted(item['group'])} on this screen."
                yield _problem(document, path, what, f"Write one of: {', '.join(groups)}.")


def _unknown_requirements(document: Document) -> Iterator[Problem]:
    for number, rule in enumerate(document.data["rules"]):
        for place, requirement in enumerate(rule["covers"]):
            if requirement not in REQUIREMENTS:
                path = ("rules", number, "covers", place)
                what = f"{quoted(requirement)} is not a known requirement."
                yield _problem(document, path, what, "Write ids from R1 to R95.")


def _problem(document: Document, path: KeyPath, what: str, write_instead: str) -> Problem:
    place = document.place(path)
    return Problem(document.file, place.line, place.column, what, write_instead)
