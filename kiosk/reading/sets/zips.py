"""Reads a zip that somebody brought: every name and every byte is looked at before anything is used."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from kiosk.reading.sets import Fault, SetRefusedError

MOST_FILES = 20_000
MOST_BYTES = 150 * 1024 * 1024
"""Of all files together as they really come out, whatever the zip says of itself; Mulberry has 34 MB."""
MOST_BYTES_A_FILE = 8 * 1024 * 1024

Progress = Callable[[int, int], None]


def read_zip(path: Path, progress: Progress) -> dict[str, bytes]:
    """Every file in the zip by its path. Raises SetRefusedError."""
    try:
        with zipfile.ZipFile(path) as opened:
            members = [one for one in opened.infolist() if not one.is_dir()]
            _check_names(path, opened.infolist())
            found: dict[str, bytes] = {}
            left = MOST_BYTES
            for number, member in enumerate(members, start=1):
                found[member.filename] = _read(opened, member, left, path)
                left -= len(found[member.filename])
                progress(number, len(members))
            return found
    except zipfile.BadZipFile:
        raise _refused(path.name, "It is no zip, or cut short or damaged on its way. Download it again.") from None
    except (zlib.error, EOFError, OSError):
        raise _refused(path.name, "It cannot be unpacked: it is damaged. Download it again.") from None
    except (NotImplementedError, RuntimeError):
        what = "It is locked with a password or packed in an unusual way. Pack it again as a plain zip."
        raise _refused(path.name, what) from None


def _check_names(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_FILES:
        raise _refused(path.name, f"It holds more than {MOST_FILES:,} files, as no set does. See what it is.")
    seen: set[str] = set()
    for member in members:
        name = member.filename
        parts = PurePosixPath(name).parts
        if ".." in parts or name.startswith("/") or "\\" in name or ":" in (parts or ("",))[0]:
            raise _refused(name, "Its path leads out of the zip, by mistake or to do harm. Do not use it.")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise _refused(name, "It is a link to another place. Pack the files themselves.")
        if name in seen:
            raise _refused(name, "It is there twice. Pack the zip again.")
        seen.add(name)


def _read(opened: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, path: Path) -> bytes:
    # What the header says is not believed: it counts what comes out.
    most = min(left, MOST_BYTES_A_FILE)
    parts: list[bytes] = []
    taken = 0
    with opened.open(member) as file:
        while part := file.read(64 * 1024):
            taken += len(part)
            if taken > most:
                where = member.filename if taken > MOST_BYTES_A_FILE else path.name
                raise _refused(where, "It unpacks to far more than a set of symbols has. Do not use it.")
            parts.append(part)
    return b"".join(parts)


def _refused(file: str, what: str) -> SetRefusedError:
    return SetRefusedError([Fault(file, what)])
