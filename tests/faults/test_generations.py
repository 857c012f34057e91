"""`kiosk serve` killed with -9: nothing of it serves on, and a new one starts at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from kiosk import ROOT
from tests.free_port import free_port

pytestmark = pytest.mark.usefixtures("named_by_environment")
SETUP = ["--school", "Oak Lane School", "--head", "Hana Head <hana@oak.example>",
         "--reader", "Dina Dsl <dina@oak.example>", "--reader", "Dev Deputy <dev@oak.example>"]  # fmt: skip


def kiosk(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "kiosk.cli", *arguments]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A school that was set up."""
    folder = tmp_path / "data"
    told = subprocess.run(
        kiosk("setup", "--data", str(folder), *SETUP), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout.count("http://") == 6, told.stdout
    return folder


class Served:
    """One `kiosk serve` and every process below it."""

    def __init__(self, data: Path, port: int) -> None:
        self.port = port
        self.process = subprocess.Popen(
            kiosk("serve", "--data", str(data), "--port", str(port)),
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
        assert self.process.stdout
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if line.startswith("ready "):
                break

    @property
    def below(self) -> list[int]:
        """Every process of its session but itself."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    stat = (entry / "stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                if int(stat[3]) == self.process.pid and stat[0] != "Z":
                    found.append(int(entry.name))
        return [pid for pid in found if pid != self.process.pid]

    def answers(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/health", timeout=1) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def end(self) -> None:
        """End it kindly."""
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture
def served(data: Path) -> Iterator[Served]:
    one = Served(data, free_port())
    yield one
    if one.process.poll() is None:
        one.end()


def wait_until(true: object, seconds: float = 10) -> bool:
    assert callable(true)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.05)
    return False


def test_no_process_of_a_killed_kiosk_serves_on(data: Path, served: Served) -> None:
    assert served.answers()
    assert len(served.below) >= 4  # Granian, its two workers, the job worker
    os.kill(served.process.pid, signal.SIGKILL)
    served.process.wait()
    assert wait_until(lambda: not served.below), served.below
    again = Served(data, served.port)
    try:
        assert again.answers(), again.said
    finally:
        again.end()


def test_a_second_kiosk_on_the_same_data_is_refused_with_a_sentence(data: Path, served: Served) -> None:
    told = subprocess.run(
        kiosk("serve", "--data", str(data), "--port", str(free_port())),
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert told.returncode == 1
    assert "already" in told.stderr
    assert served.answers()


def test_a_killed_worker_process_is_replaced(served: Served) -> None:
    for pid in served.below[-1:]:
        os.kill(pid, signal.SIGKILL)
    assert wait_until(served.answers)
    assert wait_until(lambda: len(served.below) >= 4, 20)
