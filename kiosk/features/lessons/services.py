"""What can be done with a lesson: one verb a function; they flush and never commit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.exc import IntegrityError

from kiosk.content.types import Lesson
from kiosk.core import tenancy
from kiosk.core.clock import now
from kiosk.core.database import db
from kiosk.features.lessons import queries, rules
from kiosk.features.lessons.models import LessonAttempt, LessonEvent
from kiosk.features.lessons.types import Answer, Asked, Learner
from kiosk.features.people.models import SignIn

TICKET_FOR = timedelta(days=60)
"""A tablet may lie switched off over the summer with answers on it."""
MOST_ANSWERS = 1_000
"""More than a child can give in a lesson, and few enough that nobody fills the disk with one ticket."""


class TakenByAnotherError(Exception):
    """This taking is another child's, or of another kind: the tablet has to begin a new one."""


class TooManyAnswersError(Exception):
    """One taking holds no more answers than MOST_ANSWERS."""


def begin(asked: Asked, learner: Learner) -> LessonAttempt:
    """The attempt that a tablet asks for, made once; raises TakenByAnotherError."""
    attempt = queries.find_attempt_by_client_id(asked.client_id)
    if attempt is None:
        attempt = LessonAttempt(
            client_id=asked.client_id, lesson=asked.lesson, version=asked.version, level=asked.level,
            language=asked.language, started_at=now(), pupil_id=learner.pupil_id, class_id=learner.class_id,
            together=asked.together,
        )
        try:
            with db.session.begin_nested():
                db.session.add(attempt)
        except IntegrityError:
            # The same request came twice at once, and the other was first.
            attempt = queries.find_attempt_by_client_id(asked.client_id)
    wanted = (learner.pupil_id, learner.class_id, asked.lesson, asked.together)
    if attempt is None or (attempt.pupil_id, attempt.class_id, attempt.lesson, attempt.together) != wanted:
        raise TakenByAnotherError
    return attempt


def ticket_of(attempt: LessonAttempt, *, key: bytes) -> str:
    """What lets a tablet add to this attempt and to no other, without a sign-in."""
    return _signer(key).dumps([attempt.school_id, attempt.id])


def find_attempt_of(ticket: str, *, key: bytes) -> LessonAttempt | None:
    """The attempt of a ticket, locked; None where it is forged, of another school, or too old."""
    try:
        school_id, attempt_id = _signer(key).loads(ticket)
    except (BadData, TypeError, ValueError):
        return None
    if school_id != tenancy.get_school_id():
        return None
    attempt = queries.find_attempt(attempt_id, to_write=True)
    return attempt if attempt and attempt.started_at + TICKET_FOR > now() else None


def visit_of(sign_in: SignIn, *, key: bytes) -> str:
    """The pass of a visit: with it a tablet may begin, later, what this pupil or class opened without a network."""
    return _signer_of_visits(key).dumps([sign_in.school_id, sign_in.id])


def find_learner(visit: str, *, key: bytes) -> Learner | None:
    """Whose visit it was, signed out or not; None where it is forged, of another school, too old, or they have left."""
    try:
        school_id, sign_in_id = _signer_of_visits(key).loads(visit)
    except (BadData, TypeError, ValueError):
        return None
    if school_id != tenancy.get_school_id():
        return None
    return queries.find_learner(sign_in_id, since=now() - TICKET_FOR)


def _signer_of_visits(key: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt="lesson visit")


def _signer(key: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt="lesson attempt")


def keep_answers(attempt: LessonAttempt, answers: Iterable[Answer], lesson: Lesson | None) -> int:
    """Keep the answers that have not arrived before; returns how many.

    Raises UnknownAnswerError for one that the lesson does not offer. A lesson that has changed since, or is
    gone, cannot be asked: then the tablet's own word counts. Of what is taken together with a grown-up none is kept.
    """
    if attempt.together:
        return 0
    kept = set(queries.client_ids_of(attempt))
    moment, before = now(), len(kept)
    for answer in answers:
        if answer.id in kept:
            continue
        right = answer.right
        if lesson is not None and lesson.version == attempt.version:
            right = rules.verdict(lesson, answer.screen, answer.answer)
        kept.add(answer.id)
        event = LessonEvent(attempt_id=attempt.id, client_id=answer.id, at=moment, position=len(kept))
        event.screen, event.answer, event.tries, event.right = answer.screen, answer.answer, answer.tries, right
        db.session.add(event)
    if len(kept) > MOST_ANSWERS:
        raise TooManyAnswersError
    db.session.flush()
    return len(kept) - before


def finish(attempt: LessonAttempt) -> None:
    """Mark an attempt as finished; the first time counts."""
    attempt.finished_at = attempt.finished_at or now()
    db.session.flush()
