"""A served school with a class of two that takes lessons in a browser."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page
from sqlalchemy import func, select

from kiosk.core.clock import school_year, today
from kiosk.core.database import db
from kiosk.features.lessons.models import LessonAttempt, LessonEvent
from kiosk.features.people import services
from kiosk.features.people.types import SignInBy
from tests.live import LiveKiosk, live_kiosk


@dataclass(frozen=True)
class School:
    """A served school with a class of two."""

    kiosk: LiveKiosk
    class_id: str

    def sign_in(self, page: Page, first_name: str) -> None:
        """Tap the class and the face."""
        page.goto(f"/class/{self.class_id}")
        page.get_by_role("button", name=first_name, exact=True).tap()
        page.wait_for_url("**/home")

    def takings(self) -> list[tuple[str | None, bool, int, int]]:
        """Of each taking: whose, whether finished, how many answers, and how many different ones."""
        with self.kiosk.inside():
            rows = db.session.execute(
                select(
                    LessonAttempt.pupil_id,
                    LessonAttempt.finished_at,
                    func.count(LessonEvent.id),
                    func.count(LessonEvent.client_id.distinct()),
                )
                .outerjoin(LessonEvent, LessonEvent.attempt_id == LessonAttempt.id)
                .group_by(LessonAttempt.school_id, LessonAttempt.id)
                .order_by(LessonAttempt.started_at)
            ).all()
            return [(pupil, moment is not None, total, different) for pupil, moment, total, different in rows]

    def last_taking_holds(self, answers: int, *, is_finished: bool) -> None:
        """Wait until the last taking is as it should be, then see that it stays so."""
        wanted = [(is_finished, answers, answers)]
        until = time.monotonic() + 15
        while time.monotonic() < until and [one[1:] for one in self.takings()[-1:]] != wanted:
            time.sleep(0.1)
        time.sleep(0.5)
        assert [one[1:] for one in self.takings()[-1:]] == wanted


@contextmanager
def school_served(data: Path) -> Iterator[School]:
    """Serve a school with Willow, a KS1 class of Amina and Ben."""
    with live_kiosk(data) as kiosk:
        with kiosk.inside():
            willow = services.add_class("Willow", "ks1", "class-willow", school_year(today()), SignInBy.FACE)
            services.add_pupil(willow, "Amina", "face-fox")
            services.add_pupil(willow, "Ben", "face-cat")
            class_id = willow.id
        yield School(kiosk, class_id)
