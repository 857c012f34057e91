"""Sets of symbols that a school brought along: in the data folder, each one file that is replaced at once."""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

DEFAULT_SET = "openmoji"
NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")

_FILE = "set.json"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Fault:
    """What is wrong with something that is to be imported: which file, what, and what to do."""

    file: str
    what: str


class SetRefusedError(Exception):
    """Something was not imported; what was there stays as it was."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(f"{one.file}: {one.what}" for one in faults))
        self.faults = faults


@dataclass(frozen=True)
class SetPicture:
    """A concept's picture in a set: cleaned shapes in their view box, or a PNG in base64."""

    svg: str = ""
    view_box: str = ""
    png: str = ""


@dataclass(frozen=True)
class SymbolSet:
    """A set of symbols: two are the same where name and version are."""

    name: str
    version: str
    title: str = field(compare=False)
    credit: str = field(compare=False)
    """The words of thanks that it asks for wherever it is shown or printed."""
    pictures: Mapping[str, SetPicture] = field(compare=False, repr=False)

    def has_all(self, concepts: tuple[str, ...]) -> bool:
        """Whether it shows every one of them."""
        return all(concept in self.pictures for concept in concepts)


def make_set(name: str, title: str, credit: str, pictures: Mapping[str, SetPicture]) -> SymbolSet:
    """A set that is not kept yet; its version changes with what is in it."""
    digest = sha256(_written(name, title, credit, pictures)).hexdigest()[:12]
    return SymbolSet(name, digest, title, credit, pictures)


def keep_set(folder: Path, one: SymbolSet) -> None:
    """Keep a set in the folder of sets; one of the same name is replaced in a single step, or not at all."""
    for private in (folder, folder / one.name):
        private.mkdir(mode=0o700, parents=True, exist_ok=True)
        private.chmod(0o700)
    kept = folder / one.name / _FILE
    temporary = kept.with_name(f".{secrets.token_hex(6)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(_written(one.name, one.title, one.credit, one.pictures))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(kept)
    finally:
        temporary.unlink(missing_ok=True)


def remove_set(folder: Path, name: str) -> bool:
    """Remove a set; whoever uses it sees our own pictures from then on. False where there is none."""
    if not NAME.fullmatch(name) or not (folder / name).is_dir():
        return False
    shutil.rmtree(folder / name)
    return True


def find_set(folder: Path, name: str) -> SymbolSet | None:
    """The set of that name; None for our own pictures, for one that is gone, and for one that cannot be read."""
    if name == DEFAULT_SET or not NAME.fullmatch(name):
        return None
    path = folder / name / _FILE
    try:
        now = path.stat()
        return _read(path, (now.st_ino, now.st_mtime_ns, now.st_size))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        _log.warning("The symbol set %s cannot be read: import it again.", name)
        return None


def all_sets(folder: Path) -> list[SymbolSet]:
    """Every set that is there beside our own pictures, by name."""
    names = sorted(path.parent.name for path in folder.glob(f"*/{_FILE}"))
    return [found for name in names if (found := find_set(folder, name)) is not None]


# Kept by what the file is, so that every process sees a new one at once.
@lru_cache(maxsize=8)
def _read(path: Path, _state: tuple[int, int, int]) -> SymbolSet:
    data = path.read_bytes()
    told = json.loads(data)
    pictures = {concept: SetPicture(**picture) for concept, picture in told["pictures"].items()}
    return SymbolSet(told["name"], sha256(data).hexdigest()[:12], told["title"], told["credit"], pictures)


def _written(name: str, title: str, credit: str, pictures: Mapping[str, SetPicture]) -> bytes:
    told = {
        "format": 1,
        "name": name,
        "title": title,
        "credit": credit,
        "pictures": {
            concept: {key: value for key, value in vars(pictures[concept]).items() if value}
            for concept in sorted(pictures)
        },
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
