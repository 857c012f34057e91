"""Reads across the features, for those who look after a class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import func, select

from kiosk.content.types import Lesson
from kiosk.core.database import db
from kiosk.features.agreements import queries as agreements
from kiosk.features.charters import queries as charters
from kiosk.features.lessons import queries as lessons
from kiosk.features.people.models import Pupil, SchoolClass
from kiosk.features.people.queries import pupils_of
from kiosk.features.records.types import Glance, LessonRow, PupilRow


def pupils_by_class() -> dict[str, int]:
    """How many pupils each class has."""
    rows = db.session.execute(
        select(Pupil.class_id, func.count()).where(Pupil.left_at.is_(None)).group_by(Pupil.class_id)
    )
    return {str(row[0]): int(row[1]) for row in rows}


def glance_at(school_class: SchoolClass, shelf: Mapping[str, Lesson]) -> Glance:
    """A class at a glance, in the same number of queries whatever its size. `shelf`: every lesson there is."""
    progress = lessons.progress_of(school_class.id)
    register = agreements.register_of(school_class.id)
    questions = tuple(agreements.questions_of(school_class.id))
    signed = {entry.pupil.id for entry in register.entries if entry.signature}
    asked = Counter(one.mark.pupil_id for one in questions if one.mark.talked_at is None)
    own = [one for one in shelf.values() if one.band == school_class.band or one.id in progress]
    return Glance(
        school_class=school_class,
        lessons=tuple(LessonRow(one, progress.get(one.id)) for one in own),
        pupils=tuple(
            PupilRow(
                pupil,
                sum(pupil.id in one.finished_pupils for one in progress.values()),
                sum(pupil.id in one.together_pupils for one in progress.values()),
                pupil.id in signed,
                asked[pupil.id],
            )
            for pupil in pupils_of(school_class.id)
        ),
        register=register,
        questions=questions,
        charter=charters.charter_of(school_class.id),
    )
