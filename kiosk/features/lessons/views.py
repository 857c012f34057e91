"""The pupil's start page, their lessons, and the lesson document with what its answers are sent to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as WerkzeugResponse

from kiosk.content.catalogue import translate_note
from kiosk.content.types import Lesson
from kiosk.content.vocabulary import LEVELS
from kiosk.core.database import new_id
from kiosk.core.mail import settings_in_use
from kiosk.features.lessons import forms, naming, queries, rules, services
from kiosk.features.lessons.broken import broken_files
from kiosk.features.lessons.document import get_document
from kiosk.features.lessons.types import Asked, Learner, Taken
from kiosk.features.people.session import class_here, pupil_here
from kiosk.reading.sets import DEFAULT_SET, SymbolSet, find_set
from kiosk.web.access import Access, access, may
from kiosk.web.cached_pages import SET_BY_THE_TABLET
from kiosk.web.display import COOKIE, DEFAULT, LANGUAGES, display_in_hand
from kiosk.web.kept import no_school, serve
from kiosk.web.languages import unreviewed_languages
from kiosk.web.passages import content_in_use, sets_folder, symbol_set_in_hand
from kiosk.web.rendering import page

blueprint = Blueprint("lessons", __name__, template_folder="templates")
Json = tuple[dict[str, Any], int]


@blueprint.get("/home")
@access(Access.PUPIL)
def home() -> str:
    """Where a pupil starts: today's lesson, our rules, our charter."""
    shelf, taken = rules.shelf_for(class_here().band, content_in_use().lessons), _taken_here()
    return page(
        "lessons/home.html",
        today=rules.todays_lesson(shelf, taken.either),
        taken=taken,
        visit=_visit(),
    )


@blueprint.get("/lessons")
@access(Access.PUPIL)
def list_lessons() -> str:
    """Every lesson that this pupil may choose, with a tick on those that are finished."""
    return page(
        "lessons/list.html",
        shelf=rules.shelf_for(class_here().band, content_in_use().lessons),
        taken=_taken_here(),
    )


def _taken_here() -> Taken:
    pupil = pupil_here()
    return queries.lessons_taken_by(pupil) if pupil else queries.lessons_taken_by_class(class_here())


def _visit() -> str:
    """Differs for each sign-in: the tablet forgets where the last child was, and whose it is what is done offline."""
    return services.visit_of(current_user.who.sign_in, key=settings_in_use().secret("server"))


def get_lesson_or_404(slug: str) -> Lesson:
    """A lesson whose file is whole, or the kiosk's own 404."""
    return content_in_use().lessons.get(slug) or abort(404)


@blueprint.get("/learn/<slug>")
@access(Access.ANYONE)
def show(slug: str) -> WerkzeugResponse:
    """Lead to the lesson's document as this person or tablet likes it, with the symbols of their school."""
    lesson, display = get_lesson_or_404(slug), display_in_hand()
    tried = request.args.to_dict()
    if COOKIE not in request.cookies and display.tone != DEFAULT.tone:
        # The document is the same for everybody: what this tablet does not keep is said in the address.
        tried.setdefault("tone", display.tone)
    return redirect(_address(lesson, display.language, display.level, symbol_set_in_hand(), tried))


@blueprint.get("/lesson/<slug>/<version>/<language>/<level>")
@blueprint.get("/lesson/<slug>/<version>/<language>/<level>/<symbol_set>")
@no_school
@access(Access.ANYONE)
def document(
    slug: str, version: str, language: str, level: str, symbol_set: str = DEFAULT_SET
) -> Response | WerkzeugResponse:
    """A whole lesson: no person, no token, no cookie, kept by the tablet for as long as it likes."""
    lesson = get_lesson_or_404(slug)
    if language not in LANGUAGES or level not in LEVELS:
        abort(404)
    of = find_set(sets_folder(), symbol_set)
    found = get_document(lesson, language, level, of).page
    if version != found.version:
        return redirect(_address(lesson, language, level, of, request.args.to_dict()))
    return serve(found)


@blueprint.get("/lesson-symbols/<slug>/<language>/<level>/<version>.svg")
@blueprint.get("/lesson-symbols/<slug>/<language>/<level>/<symbol_set>/<version>.svg")
@no_school
@access(Access.ANYONE)
def symbols(slug: str, language: str, level: str, version: str, symbol_set: str = DEFAULT_SET) -> Response:
    """The symbols of a lesson's screens in one file."""
    lesson = get_lesson_or_404(slug)
    if language not in LANGUAGES or level not in LEVELS:
        abort(404)
    found = get_document(lesson, language, level, find_set(sets_folder(), symbol_set)).symbols
    response = serve(found)
    if version != found.version:
        # Asked for by a page from before a change: good enough to show, and not to be kept.
        response.headers["Cache-Control"] = "no-cache"
    return response


def _address(lesson: Lesson, language: str, level: str, of: SymbolSet | None, tried: dict[str, str]) -> str:
    version = get_document(lesson, language, level, of).page.version
    known = {name: tried[name] for name in SET_BY_THE_TABLET if name in tried}
    path = url_for(
        "lessons.document",
        slug=lesson.id,
        version=version,
        language=language,
        level=level,
        symbol_set=of.name if of else None,
    )
    return f"{path}?{urlencode(known)}" if known else path


@blueprint.post("/lesson-attempts")
@access(Access.ANYONE, by_origin=True)
def begin() -> Json | tuple[str, int]:
    """Give the tablet in hand a ticket for its answers; 204 where nobody is signed in who learns."""
    try:
        asked = forms.read_asked(_json())
    except forms.NotUnderstoodError as error:
        return {"error": str(error)}, 422
    learner = _late_learner(asked) if asked.visit else _learner_here()
    if learner is None:
        return "", 204
    if asked.lesson not in content_in_use().lessons:
        return {"error": "There is no such lesson."}, 404
    try:
        attempt = services.begin(asked, learner)
        return {"ticket": services.ticket_of(attempt, key=settings_in_use().secret("server"))}, 200
    except services.TakenByAnotherError:
        return {"error": "This belongs to somebody else: begin again."}, 409


def _late_learner(asked: Asked) -> Learner | None:
    return services.find_learner(asked.visit, key=settings_in_use().secret("server"))


def _learner_here() -> Learner | None:
    if not may(Access.PUPIL):
        return None
    pupil = pupil_here()
    return Learner(pupil.id, None) if pupil else Learner(None, class_here().id)


@blueprint.post("/lesson-events")
@access(Access.ANYONE, is_poll=True, by_origin=True)
def keep_events() -> Json:
    """Keep a batch of answers once, however often it comes. The ticket alone says whose they are."""
    try:
        sent = forms.read_sent(_json())
    except forms.NotUnderstoodError as error:
        return {"error": str(error)}, 422
    except forms.TooManyError as error:
        return {"error": str(error)}, 413
    attempt = services.find_attempt_of(sent.ticket, key=settings_in_use().secret("server"))
    if attempt is None:
        return {"error": "This ticket is not for here, or too old."}, 404
    try:
        kept = services.keep_answers(attempt, sent.answers, content_in_use().lessons.get(attempt.lesson))
    except rules.UnknownAnswerError:
        return {"error": "The lesson has no such screen or answer."}, 422
    except services.TooManyAnswersError:
        return {"error": "There are more answers than a lesson has."}, 413
    if sent.finished:
        services.finish(attempt)
    return {"kept": kept}, 200


def _json() -> Any:
    try:
        return request.get_json(force=True, silent=True)
    except RecursionError:
        return None


@blueprint.get("/learn/<slug>/done")
@access(Access.ANYONE)
def done(slug: str) -> str:
    """Where a tablet without scripts says that the lesson is finished."""
    return page("lessons/done.html", lesson=get_lesson_or_404(slug))


@blueprint.post("/learn/<slug>/done")
@access(Access.PUPIL)
def keep_done(slug: str) -> WerkzeugResponse:
    """Mark the lesson as finished, for a tablet without scripts."""
    lesson, display = get_lesson_or_404(slug), display_in_hand()
    together = request.form.get("together") == "yes"
    asked = Asked(new_id(), lesson.id, lesson.version, display.level, display.language, together)
    learner = _learner_here()
    assert learner is not None  # noqa: S101  (the route is for pupils)
    services.finish(services.begin(asked, learner))
    return make_response(redirect(url_for("lessons.home"), 303))


@blueprint.get("/staff/lessons")
@access(Access.STAFF)
def for_teachers() -> str:
    """Every lesson, and what is wrong with the files of those that are left out."""
    content = content_in_use()
    return page(
        "lessons/for_teachers.html",
        lessons=rules.in_order(content.lessons.values()),
        broken=broken_files(content.problems),
        unread=[LANGUAGES.get(language, language) for language in unreviewed_languages()],
        naming=naming,
    )


@blueprint.get("/staff/lessons/<slug>")
@access(Access.STAFF)
def notes_for_teachers(slug: str) -> str:
    """What a teacher reads before a lesson and after it."""
    lesson = get_lesson_or_404(slug)
    language = display_in_hand().language
    notes = [(heading, translate_note(lesson, name, language)) for name, heading in naming.NOTES.items()]
    return page("lessons/notes.html", lesson=lesson, notes=notes, naming=naming)
