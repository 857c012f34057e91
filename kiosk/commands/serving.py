"""Serves the kiosk: Granian and one worker as children that die with this process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from kiosk.commands.generation import begin_generation, die_with_parent
from kiosk.core.settings import Settings

LONGEST_START = 60.0
THREADS = 64
"""In each process: a tablet that sends slowly holds one, and must not hold up the others."""


@dataclass
class Served:
    """The processes of one generation."""

    settings: Settings
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    stopping: bool = False

    def start(self) -> None:
        """Start everything that should run."""
        for name in self.commands():
            self.start_one(name)

    def commands(self) -> dict[str, list[str]]:
        """The command of each child."""
        settings = self.settings
        serve = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", settings.host,
            "--port", str(settings.port), "--workers", str(settings.processes), "--blocking-threads", str(THREADS),
            "--respawn-failed-workers", "--no-access-log", "--log-level", "error",
            "kiosk.wsgi:app",
        ]  # fmt: skip
        commands = {"server": serve}
        if settings.worker:
            commands["worker"] = [sys.executable, "-m", "kiosk.cli", "worker", "--data", str(settings.data)]
        return commands

    def start_one(self, name: str) -> None:
        """Start one child, which dies with us."""
        environment = {
            **os.environ,
            "KIOSK_DATA": str(self.settings.data),
            "KIOSK_HOST": self.settings.host,
            "KIOSK_PORT": str(self.settings.port),
            "KIOSK_PUBLIC_URL": self.settings.public_url,
            "KIOSK_MAIL_SERVER": self.settings.mail_server,
            "KIOSK_DEMO": str(self.settings.demo).lower(),
            "KIOSK_DATABASE_URL": self.settings.database_url,
            "KIOSK_SUPERVISED": str(os.getpid()),
        }
        self.children[name] = subprocess.Popen(  # noqa: S603
            self.commands()[name], env=environment, preexec_fn=die_with_parent
        )

    def watch(self) -> int:
        """Start again what ends, until told to stop."""
        while not self.stopping:
            for name, child in self.children.items():
                if child.poll() is not None and not self.stopping:
                    print(f"the {name} ended with {child.returncode} and is started again", file=sys.stderr)  # noqa: T201
                    time.sleep(1)
                    self.start_one(name)
            time.sleep(0.5)
        self.stop()
        return 0

    def stop(self) -> None:
        """End every child, kindly first."""
        for child in self.children.values():
            child.terminate()
        until = time.monotonic() + 8
        for child in self.children.values():
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def answers(self) -> bool:
        """Wait until the kiosk answers; False where it does not within a minute."""
        until = time.monotonic() + LONGEST_START
        host = "127.0.0.1" if self.settings.host == "0.0.0.0" else self.settings.host  # noqa: S104
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(
                    f"http://{host}:{self.settings.port}/health", timeout=2
                ):
                    return True
            except (urllib.error.URLError, OSError):
                if self.children["server"].poll() is not None:
                    return False
                time.sleep(0.1)
        return False


def serve(settings: Settings, *, when_ready: Callable[[], None]) -> int:
    """Serve until told to stop; raises AnotherGenerationError where another kiosk runs on the same data."""
    begin_generation(settings.data)
    served = Served(settings)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        served.stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    served.start()
    if not served.answers():
        served.stop()
        return 1
    when_ready()
    return served.watch()
