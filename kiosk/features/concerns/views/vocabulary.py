"""The words and symbols that a child can tell with, shown to the readers for approval as a child will see them."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kiosk.features.concerns import queries, services
from kiosk.features.concerns.board import NEWEST, UNDER_IT, board_of
from kiosk.features.concerns.forms import VocabularyForm
from kiosk.features.concerns.session import find_unlocked
from kiosk.features.concerns.types import VocabularyAnswer
from kiosk.features.concerns.views.blueprint import blueprint
from kiosk.features.concerns.views.desk import Answer, frame
from kiosk.features.people.session import staff_here
from kiosk.web.access import Access, access
from kiosk.web.passages import note_named_symbols
from kiosk.web.rendering import page


@blueprint.get("/desk/words")
@access(Access.READER)
def vocabulary() -> str:
    """Every word and every place, and what was said to them. It holds nothing of any child: no passphrase is needed."""
    return _show("")


@blueprint.post("/desk/words")
@access(Access.READER)
def decide_on_vocabulary() -> Answer:
    """Approve the words for this school, or not yet."""
    form = VocabularyForm()
    if not form.validate():
        return _show(next(iter(form.sentences().values()))), 422
    answer = VocabularyAnswer(form.answer.data or "")
    services.decide_on_vocabulary(staff_here(), answer, NEWEST)
    if answer is VocabularyAnswer.APPROVED:
        flash(_("Approved. Children who tell in symbols have these words from now on."))
    else:
        flash(_("Not approved. Children who tell in symbols have the ordinary board."))
    return _to_the_words()


def _to_the_words() -> Response:
    return redirect(url_for("concerns.vocabulary"), 303)


def _show(error: str) -> str:
    note_named_symbols("tell")
    approved = queries.approved_edition()
    return page(
        "concerns/vocabulary.html",
        board=board_of(NEWEST),
        ordinary=board_of(0),
        under_it=UNDER_IT,
        edition=NEWEST,
        approved=approved,
        is_approved=approved == NEWEST,
        last=queries.find_vocabulary_decision(),
        VocabularyAnswer=VocabularyAnswer,
        is_locked=find_unlocked() is None,
        error=error,
        **frame(),
    )
