"""The worker: Huey ticks the outbox and runs what is periodic.

Huey's own queue may lose a task when its process is killed, so nothing that matters is in it: a task is
only a nudge to look at the outbox. Its file is this machine's own, whichever database is in use.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable

from flask import Flask
from huey import SqliteHuey, crontab
from huey.consumer import Consumer

from kiosk.core import outbox
from kiosk.core.database import set_writing
from kiosk.core.settings import Settings

log = logging.getLogger(__name__)


def init_jobs(settings: Settings) -> SqliteHuey:
    """Open this machine's queue of nudges, and let the outbox nudge through it after each commit."""
    huey = SqliteHuey("kiosk", filename=str(settings.data / "jobs.db"), timeout=2, results=False)

    @huey.task(name="tick")
    def tick() -> None:
        """Replaced in the worker by the real one; here it is only put in the queue."""

    def nudge() -> None:
        # A nudge that fails costs at most a minute: the periodic tick comes anyway.
        with contextlib.suppress(Exception):
            tick()

    outbox.wake_with(nudge)
    return huey


def run_worker(app: Flask, settings: Settings, schools: Callable[[], list[str]]) -> None:
    """Work until told to stop: on each nudge and every minute, send what is due of every school."""
    huey = SqliteHuey("kiosk", filename=str(settings.data / "jobs.db"), timeout=2, results=False)

    def send() -> None:
        with app.app_context():
            set_writing(False)
            outbox.deliver_everywhere(schools())

    huey.task(name="tick")(send)
    huey.periodic_task(crontab(minute="*"), name="each minute")(send)
    # max_delay: an idle consumer would else look only every ten seconds.
    consumer = Consumer(huey, workers=1, periodic=True, initial_delay=0.1, max_delay=0.5, backoff=1.1)
    log.info("worker started")
    consumer.run()
