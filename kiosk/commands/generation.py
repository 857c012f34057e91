"""One generation of processes at a time: children die with the one who started them, and newcomers wait.

A server killed with -9 must leave nothing serving the old version beside the new one. Each process of a
generation holds a shared lock on a file of the data folder; a new generation starts only when all are gone.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import sys
import time
from io import BufferedRandom
from pathlib import Path

PR_SET_PDEATHSIG = 1
_held: list[BufferedRandom] = []


class AnotherGenerationError(Exception):
    """Another kiosk still runs on this data folder."""


def die_with_parent() -> None:
    """Ask Linux to kill this process when the one who started it dies."""
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    # It may have died before we asked; in a container it may well be process 1 itself.
    if parent == 1 and os.environ.get("KIOSK_SUPERVISED", "1") != "1":
        sys.exit(1)


def _open(data: Path, name: str) -> BufferedRandom:
    return (data / name).open("a+b")


def join_generation(data: Path) -> None:
    """Belong to the generation in hand until this process ends."""
    file = _open(data, "generation.lock")
    fcntl.flock(file, fcntl.LOCK_SH)
    _held.append(file)


def begin_generation(data: Path, *, patience_seconds: float = 10) -> None:
    """Be the one who starts processes on this data folder; raises AnotherGenerationError."""
    leader = _open(data, "serve.lock")
    try:
        fcntl.flock(leader, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise AnotherGenerationError(
            f"A kiosk is being served from {data} already. Stop it first, or choose another folder with --data."
        ) from None
    _held.append(leader)
    until = time.monotonic() + patience_seconds
    with _open(data, "generation.lock") as older:
        while True:
            try:
                fcntl.flock(older, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except OSError:
                if time.monotonic() > until:
                    raise AnotherGenerationError(
                        f"Processes of an earlier kiosk still run on {data}. Stop them: pkill -f 'kiosk worker'."
                    ) from None
                time.sleep(0.1)
