"""*Tell a trusted adult*: nothing is written until the child sends, and then it is sealed first."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace

from flask import redirect, request, url_for
from flask_login import current_user
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from werkzeug.wrappers import Response

from kiosk.core.clock import now
from kiosk.core.database import db
from kiosk.core.identity import new_token
from kiosk.core.mail import settings_in_use
from kiosk.core.tenancy import get_school_id
from kiosk.features.concerns import queries, services, shown
from kiosk.features.concerns.board import Board, board_of, concept_of, phrase_of
from kiosk.features.concerns.forms import read_telling
from kiosk.features.concerns.rules import receipt_is_fresh, receipt_stamp
from kiosk.features.concerns.telling import MOST_CHARACTERS, MOST_SYMBOLS, Here, Next, Telling, follow, page_named
from kiosk.features.concerns.told import Somebody, Told, Word
from kiosk.features.concerns.types import Page, Said
from kiosk.features.concerns.views.blueprint import blueprint
from kiosk.features.people import queries as people
from kiosk.web.access import Access, access
from kiosk.web.display import display_in_hand
from kiosk.web.passages import Passage, content_in_use, note_named_symbols, word
from kiosk.web.rendering import page

log = logging.getLogger(__name__)
Answer = str | tuple[str, int] | Response
_WITH_A_SENTENCE = {Page.WORDS, Page.SYMBOLS, Page.BODY, Page.UNDERWEAR}


@blueprint.get("/tell")
@access(Access.ANYONE)
def tell() -> Answer:
    """The first page: one big choice."""
    here = _who_is_here()
    if not queries.tell_is_live().is_live:
        return _not_live(here)
    return _show(Next(Telling(), Page.BEGIN), here, board_of(0))


@blueprint.post("/tell")
@access(Access.ANYONE, by_origin=True)
def go_on() -> Answer:
    """Go on to the next page, or send."""
    here, telling = _who_is_here(), read_telling(request.form)
    page_now, choice = _asked_for()
    way = Page.SYMBOLS if display_in_hand().level == "symbols" else Page.WORDS
    board = board_of(queries.approved_edition())
    coming = follow(page_now, choice, telling, here, way, board)
    if not coming.send:
        return _show(coming, here, board, building=choice.startswith(("add.", "take-back")))
    if telling.is_too_long:
        return _show(Next(telling, Page.WORDS), here, board, too_long=True)
    # Everything that may fail comes before the commit: after it there is only the receipt.
    stamp = receipt_stamp(settings_in_use().secret("server"), get_school_id(), now())
    sent_id = telling.sent_id or new_token()
    if not _send(coming.telling, here, board, sent_id):
        # As it was before this try, and under the same id: sent again, the bytes are the same.
        telling = replace(telling, sent_id=sent_id)
        return _not_sent(telling, page_now, choice, _leave(here))
    return redirect(url_for("concerns.sent", stamp=stamp), 303)


@blueprint.get("/tell/sent/<stamp>")
@access(Access.ANYONE)
def sent(stamp: str) -> Answer:
    """The receipt: it holds nothing of what was told, and ends after some minutes."""
    if not receipt_is_fresh(settings_in_use().secret("server"), get_school_id(), stamp, now()):
        return redirect(url_for("concerns.tell"), 303)
    readers = [staff for _key, staff in queries.reader_keys_in_use()]
    return page("concerns/sent.html", readers=readers, help=_help(), leave=_leave(_who_is_here()))


def storing_failed(error: SQLAlchemyError) -> Answer:
    """The database does not answer at all: a child still gets a page that says what to do now."""
    log.error("%s %s: %s", request.method, request.endpoint, type(error).__name__)
    _roll_back()
    if request.endpoint == "concerns.go_on":
        return _not_sent(read_telling(request.form), *_asked_for(), _leave(Here()))
    if request.endpoint in {"concerns.tell", "concerns.sent"}:
        return page("concerns/not_live.html", help=_help(), leave=_leave(Here())), 503
    return page("errors/500.html"), 500


blueprint.register_error_handler(SQLAlchemyError, storing_failed)


@blueprint.app_template_global()
def board_word(code: str) -> Passage:
    """The word under a symbol of the board, to say: its symbol stands beside it."""
    return shown.without_symbols(phrase_of(code))


@blueprint.app_template_global()
def board_symbol(code: str) -> str:
    """The concept whose symbol stands above a word of the board."""
    return concept_of(code)


def _who_is_here() -> Here:
    pupil, school_class = current_user.pupil, current_user.school_class
    if pupil is not None:
        return Here("pupil", pupil.first_name, pupil.face, pupil.id, school_class.id, school_class.name, pupil.photo)
    if school_class is not None:
        return Here("class", school_class.name, class_id=school_class.id, class_name=school_class.name)
    if current_user.staff is not None:
        return Here("staff", current_user.staff.name)
    return Here()


def _asked_for() -> tuple[Page, str]:
    return page_named(request.form.get("page", "")), request.form.get("go", "")[:100]


def _send(telling: Telling, here: Here, board: Board, sent_id: str) -> bool:
    """Seal and store; the commit is here, so that a child is told of one that fails."""
    for _again in range(2):
        try:
            services.send(_told(telling, here, board), sent_id=sent_id)
            db.session.commit()
            return True
        except IntegrityError:
            # The same sending is being stored by another request: look again.
            _roll_back()
        except Exception as error:
            # Its kind alone: a text of an error may hold what a child wrote.
            log.error("a concern could not be stored: %s", type(error).__name__)
            _roll_back()
            return False
    return False


def _roll_back() -> None:
    with suppress(Exception):
        db.session.rollback()


def _told(telling: Telling, here: Here, board: Board) -> Told:
    display = display_in_hand()
    classes_shown = {step.partition(":")[0].partition(".")[2] for step in telling.steps if step.startswith("faces.")}
    everybody = shown.People(people.classes_of_this_year(), {one: people.pupils_of(one) for one in classes_shown})
    return Told(
        sent_at=now(),
        language=display.language,
        level=display.level,
        wants_somebody_to_come=telling.wants_somebody_to_come,
        said=telling.said,
        who=_as_said(telling),
        signed_in=Somebody(here.kind, here.name, here.class_name, here.pupil_id, here.class_id),
        words=telling.words,
        symbols=tuple(Word(concept_of(one), word(phrase_of(one))) for one in telling.symbols),
        feelings=tuple(Word(one, word(phrase_of(one))) for one in telling.feelings),
        shown=shown.all_shown(telling, here, everybody, board),
    )


def _as_said(telling: Telling) -> Somebody:
    pupil = people.find_pupil(telling.pupil_id) if telling.said is Said.PUPIL else None
    if pupil is not None:
        return Somebody("pupil", pupil.first_name, pupil.school_class.name, pupil.id, pupil.class_id)
    school_class = people.find_class(telling.class_id) if telling.class_id else None
    if school_class is not None:
        return Somebody("class", "", school_class.name, "", school_class.id)
    return Somebody()


def _show(coming: Next, here: Here, board: Board, *, too_long: bool = False, building: bool = False) -> Answer:
    telling, page_now, code = coming.telling, coming.page, 422 if too_long else 200
    if page_now in {Page.BODY, Page.UNDERWEAR} and not board.places:
        page_now = Page.SYMBOLS
    if telling.pupil_id and telling.said is Said.PUPIL and page_now in {Page.WORDS, Page.SYMBOLS}:
        pupil = people.find_pupil(telling.pupil_id)
        if pupil is None or pupil.class_id != telling.class_id:
            telling, page_now, code = replace(telling, said=Said.NOTHING, pupil_id=""), Page.FACES, 404
    if page_now is Page.FACES and people.find_class(telling.class_id) is None:
        telling, page_now, code = replace(telling, class_id=""), Page.CLASSES, 404
    classes = people.classes_of_this_year() if page_now is Page.CLASSES else ()
    pupils = {telling.class_id: people.pupils_of(telling.class_id)} if page_now is Page.FACES else {}
    if page_now in _WITH_A_SENTENCE:
        note_named_symbols("tell")
    html = page(
        f"concerns/{page_now.value}.html",
        shown=shown.page_shown(page_now, here, shown.People(classes, pupils), board, telling.class_id),
        telling=telling,
        board=board,
        most_characters=MOST_CHARACTERS,
        most_symbols=MOST_SYMBOLS,
        group=request.form.get("group", "people"),
        is_full=len(telling.symbols) >= MOST_SYMBOLS,
        too_long=too_long,
        guard=not building,
        help=_help(),
        leave=_leave(here),
    )
    return html, code


def _help() -> list[tuple[Passage, str, str]]:
    """Whom a child can call, sent or not: a phrase, its symbol and the number."""
    facts = content_in_use().facts
    lines = [("tell.childline", "childline", "childline-number"), ("tell.danger", "call-999", "immediate-danger")]
    known = [(phrase, concept, facts[fact]) for phrase, concept, fact in lines if fact in facts]
    return [(shown.without_symbols(phrase), concept, fact.value) for phrase, concept, fact in known]


def _leave(here: Here) -> str:
    is_pupil = here.kind in {"pupil", "class"}
    return url_for("lessons.home" if is_pupil else "people.choose_class")


def _not_live(here: Here) -> tuple[str, int]:
    return page("concerns/not_live.html", help=_help(), leave=_leave(here)), 200


def _not_sent(telling: Telling, page_now: Page, choice: str, leave: str) -> tuple[str, int]:
    context = {"telling": telling, "page_now": page_now.value, "choice": choice, "leave": leave, "guard": True}
    return page("concerns/not_sent.html", help=_help(), **context), 503
