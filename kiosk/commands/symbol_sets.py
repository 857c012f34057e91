"""`kiosk symbols`: import a set of symbols, list those that are there, remove one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kiosk.core.settings import Settings, prepare_data_folder
from kiosk.reading.lexicon import load_lexicon
from kiosk.reading.sets import (
    DEFAULT_SET,
    NAME,
    Fault,
    SetRefusedError,
    SymbolSet,
    all_sets,
    find_set,
    keep_set,
    remove_set,
)
from kiosk.reading.sets import mulberry as mulberry_release
from kiosk.reading.sets.folder import find_table, read_folder
from kiosk.reading.sets.zips import Progress


class SymbolsError(Exception):
    """The command was used in a way that cannot be; the message says how to."""


def import_set(
    settings: Settings, path: Path, *, name: str, title: str, credit: str, table: Path | None, progress: Progress
) -> dict[str, Any]:
    """Import a Mulberry release (a zip) or a folder with a table. Raises SetRefusedError and SymbolsError.

    Answers with the set and how much of the lexicon it shows.
    """
    left_out: list[Fault] = []
    if path.is_dir():
        name = _usable_name(name, taken={DEFAULT_SET, mulberry_release.NAME})
        thanks = credit or f"{title or name.title()}, under our school's licence."
        made = read_folder(path, table or find_table(path), name, title or name.title(), thanks, progress)
    else:
        if table or title or credit:
            raise SymbolsError("A zip is a Mulberry release, which says all that itself. Unpack others into a folder.")
        name = _usable_name(name or mulberry_release.NAME, taken={DEFAULT_SET})
        made, left_out = mulberry_release.read_release(path, name, progress)
    was_there = find_set(_folder(settings), made.name) is not None
    try:
        prepare_data_folder(settings.data)
        keep_set(_folder(settings), made)
    except OSError as error:
        what = f"It cannot be written ({error.strerror}). Make room there."
        raise SetRefusedError([Fault(str(settings.data), what)]) from None
    return {**_told(made), "replaced": was_there, "left_out": [vars(one) for one in left_out]}


def list_sets(settings: Settings) -> list[dict[str, Any]]:
    """Our own pictures, and every set that is there."""
    ours = {"set": DEFAULT_SET, "title": "OpenMoji and our own drawings", "concepts": len(load_lexicon().concepts)}
    return [{**ours, "of": ours["concepts"], "version": ""}, *map(_told, all_sets(_folder(settings)))]


def remove(settings: Settings, name: str) -> None:
    """Remove a set. Raises SymbolsError where it is not one that can be."""
    if name == DEFAULT_SET:
        raise SymbolsError("OpenMoji is the kiosk's own and fills in for every other set: it stays.")
    if not remove_set(_folder(settings), name):
        raise SymbolsError(f"There is no set “{name}”. kiosk symbols list shows those that are there.")


def _told(one: SymbolSet) -> dict[str, Any]:
    known = [concept for concept in load_lexicon().concepts if concept in one.pictures]
    return {
        "set": one.name, "title": one.title, "concepts": len(known), "of": len(load_lexicon().concepts),
        "version": one.version,
    }  # fmt: skip


def _usable_name(name: str, *, taken: set[str]) -> str:
    if not name:
        raise SymbolsError("Say what this set is called, in small letters: --name widgit.")
    if not NAME.fullmatch(name) or name in taken:
        raise SymbolsError(f"“{name}” cannot be its name. Use small letters, digits, hyphens: --name widgit.")
    return name


def _folder(settings: Settings) -> Path:
    return settings.data / "symbols"
