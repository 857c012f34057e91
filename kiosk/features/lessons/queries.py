"""Reads about lessons taken. Each is one query, whatever the number of pupils; teachers' pages call them too."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from kiosk.core import tenancy
from kiosk.core.database import db
from kiosk.features.lessons import rules
from kiosk.features.lessons.models import LessonAttempt, LessonEvent
from kiosk.features.lessons.types import AFTER, BEFORE, BeforeAndAfter, Given, Learner, LessonProgress, Taken
from kiosk.features.people.models import Pupil, SchoolClass, SignIn

Columns = Select[*tuple[Any, ...]]


def find_attempt(attempt_id: str, *, to_write: bool = False) -> LessonAttempt | None:
    """An attempt of this school; `to_write` lets one request at a time add to it."""
    key = (tenancy.get_school_id(), attempt_id)
    return db.session.get(LessonAttempt, key, with_for_update=True if to_write else None)


def find_attempt_by_client_id(client_id: str) -> LessonAttempt | None:
    """The attempt that a tablet calls so."""
    return db.session.scalars(select(LessonAttempt).where(LessonAttempt.client_id == client_id)).first()


def find_learner(sign_in_id: str, *, since: datetime) -> Learner | None:
    """The pupil or class behind a sign-in that began since then, ended or not; None for staff, or who has left."""
    row = db.session.execute(
        select(SignIn.pupil_id, SignIn.class_id)
        .outerjoin(Pupil, (Pupil.school_id == SignIn.school_id) & (Pupil.id == SignIn.pupil_id))
        .where(SignIn.id == sign_in_id, SignIn.at >= since, SignIn.staff_id.is_(None), Pupil.left_at.is_(None))
    ).first()
    return Learner(*row) if row else None


def client_ids_of(attempt: LessonAttempt) -> list[str]:
    """What has arrived of an attempt."""
    return list(
        db.session.scalars(
            select(LessonEvent.client_id)
            .where(LessonEvent.attempt_id == attempt.id)
            .order_by(LessonEvent.position, LessonEvent.id)
        )
    )


def lessons_taken_by(pupil: Pupil) -> Taken:
    """The lessons that a pupil has finished, by themself and together with a grown-up."""
    finished = _finished(LessonAttempt.pupil_id == pupil.id)
    return Taken(own=finished[False], together=finished[True])


def lessons_taken_by_class(school_class: SchoolClass) -> Taken:
    """The lessons that a class has finished under its one generic sign-in, a grown-up beside it or not."""
    finished = _finished(LessonAttempt.class_id == school_class.id)
    return Taken(own=Taken(finished[False], finished[True]).either, together={})


def _finished(whose: ColumnElement[bool]) -> dict[bool, dict[str, datetime]]:
    rows = db.session.execute(
        select(LessonAttempt.lesson, LessonAttempt.together, func.max(LessonAttempt.finished_at))
        .where(whose, LessonAttempt.finished_at.is_not(None))
        .group_by(LessonAttempt.lesson, LessonAttempt.together)
        .order_by(LessonAttempt.lesson)
    )
    finished: dict[bool, dict[str, datetime]] = {False: {}, True: {}}
    for lesson, together, moment in rows:
        if moment is not None:
            finished[bool(together)][lesson] = moment
    return finished


def progress_of(class_id: str) -> dict[str, LessonProgress]:
    """By lesson, how many of a class have started and finished it; a lesson nobody opened is not there."""
    rows = db.session.execute(
        _of_class(
            select(
                LessonAttempt.lesson, LessonAttempt.pupil_id, LessonAttempt.together,
                LessonAttempt.finished_at.is_not(None),
            ),
            class_id,
        ).order_by(LessonAttempt.lesson, LessonAttempt.id)
    )
    return {
        lesson: _progress(lesson, [(pupil, together, bool(done)) for _lesson, pupil, together, done in takings])
        for lesson, takings in groupby(rows, key=lambda row: str(row[0]))
    }


def _progress(lesson: str, takings: list[tuple[str | None, bool, bool]]) -> LessonProgress:
    of_class = [is_finished for pupil, _together, is_finished in takings if pupil is None]
    return LessonProgress(
        lesson=lesson,
        started=len({pupil for pupil, together, _finished in takings if pupil and not together}),
        finished_pupils=frozenset(pupil for pupil, together, done in takings if pupil and done and not together),
        together_pupils=frozenset(pupil for pupil, together, done in takings if pupil and done and together),
        class_started=len(of_class),
        class_finished=sum(of_class),
    )


def before_and_after(class_id: str, lesson: str) -> BeforeAndAfter:
    """The matched pair of a lesson, for a class. At symbol level nothing is scored."""
    rows = db.session.execute(
        _of_class(
            select(
                LessonAttempt.id, LessonAttempt.pupil_id, LessonAttempt.class_id, LessonAttempt.started_at,
                LessonEvent.screen, LessonEvent.right, LessonEvent.position,
            ).join(
                LessonEvent,
                (LessonEvent.school_id == LessonAttempt.school_id) & (LessonEvent.attempt_id == LessonAttempt.id),
            ),
            class_id,
        )
        .where(LessonAttempt.lesson == lesson, LessonAttempt.level != "symbols")
        .where(LessonEvent.screen.in_([BEFORE, AFTER]), LessonEvent.right.is_not(None))
        .order_by(LessonAttempt.started_at, LessonEvent.position, LessonEvent.id)
    )
    return rules.before_and_after(
        # A class that signs in together takes a lesson on several tablets: each taking stands for itself.
        Given(attempt, pupil or attempt, screen, bool(right), (started, position))
        for attempt, pupil, _class, started, screen, right, position in rows
    )


def _of_class(query: Columns, class_id: str) -> Columns:
    """Those takings that pupils who are in a class, or the class together, began."""
    return query.outerjoin(
        Pupil, (Pupil.school_id == LessonAttempt.school_id) & (Pupil.id == LessonAttempt.pupil_id)
    ).where(((Pupil.class_id == class_id) & Pupil.left_at.is_(None)) | (LessonAttempt.class_id == class_id))
