"""The charter as pupils meet it: suggest, vote, sign, and read it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk.content.types import Lesson
from kiosk.core.database import new_id
from kiosk.features.charters import queries, services, views_for_teachers
from kiosk.features.charters.blueprint import blueprint
from kiosk.features.charters.board import WHAT, WHEN
from kiosk.features.charters.forms import NotFromOurPageError, suggestion_in
from kiosk.features.charters.holding import (
    AnsweredAlreadyError,
    NothingChosenError,
    NotOpenError,
    TooManyError,
)
from kiosk.features.charters.rules import may_sign, may_suggest, may_vote, signing_of
from kiosk.features.charters.types import CharterView, State, SuggestionState, Way
from kiosk.features.people.models import Pupil
from kiosk.features.people.queries import find_pupil, pupils_of
from kiosk.features.people.session import class_here, pupil_here
from kiosk.web.access import Access, access
from kiosk.web.passages import content_in_use, passage_of_text, word
from kiosk.web.rendering import page

__all__ = ["blueprint", "views_for_teachers"]

Answer = str | tuple[str, int] | Response
SAID = {"suggested": "charter.thank-you", "voted": "charter.dots-given", "signed": "charter.you-signed"}
SUGGESTED = {
    SuggestionState.WAITING: "charter.read-first",
    SuggestionState.ALLOWED: "charter.allowed",
    SuggestionState.NOT_NOW: "charter.not-now",
}
SIGNS = ("star", "heart", "face-rainbow", "face-tree", "face-rocket")


@blueprint.get("/charter")
@access(Access.PUPIL)
def show() -> Answer:
    """Where the class is with its charter, and what this pupil can do now."""
    return _where_we_are(said=SAID.get(request.args.get("done", ""), ""))


@blueprint.get("/charter/<any(idea, board, words):way>")
@access(Access.PUPIL)
def make_rule(way: str) -> Answer:
    """Choose an idea, build a rule, or write one: one step a page."""
    charter = queries.charter_of(class_here().id)
    if not may_suggest(charter.state):
        return redirect(url_for("charters.show"))
    return _making(Way(way), request.args.get("what", ""), request.args.get("when", ""))


@blueprint.post("/charter/suggestions")
@access(Access.PUPIL)
def suggest() -> Answer:
    """Give the teacher a rule to read."""
    charter = queries.charter_of(class_here().id)
    try:
        written = suggestion_in(request.form, _ideas(), charter.language)
    except NotFromOurPageError:
        abort(400)
    problem = written.problem
    if problem is None:
        try:
            services.suggest(
                class_here(), pupil_here(), written.client_id, written.way, written.text, written.idea
            )
            return redirect(url_for("charters.show", done="suggested"), 303)
        except NotOpenError:
            return _moved_on()
        except TooManyError:
            problem = "enough"
        except AnsweredAlreadyError:
            problem = "answered"
    sent = request.form
    return _making(written.way, sent.get("what", ""), sent.get("when", ""), written.text, f"charter.{problem}"), 422


@blueprint.post("/charter/dots")
@access(Access.PUPIL)
def vote() -> Answer:
    """Give my dots."""
    pupil = _child(request.form.get("pupil", "")) or abort(404)
    chosen = request.form.getlist("rules")
    try:
        services.vote(class_here(), pupil, chosen)
    except NotOpenError:
        return _moved_on()
    except NothingChosenError:
        return _where_we_are(pupil, problem="charter.no-dots", status=422)
    except TooManyError:
        return _where_we_are(pupil, problem="charter.three-dots", chosen=chosen, status=422)
    return redirect(url_for("charters.show", done="voted"), 303)


@blueprint.get("/charter/sign")
@access(Access.PUPIL)
def sign_page() -> Answer:
    """Sign with a finger, a name or a symbol."""
    charter = queries.charter_of(class_here().id)
    if not may_sign(charter.state):
        return redirect(url_for("charters.show"))
    return _signing(charter, _child(request.args.get("pupil", "")))


@blueprint.post("/charter/signature")
@access(Access.PUPIL)
def sign() -> Answer:
    """Keep my signature; a second one changes nothing."""
    pupil = _child(request.form.get("pupil", "")) or abort(404)
    sent = request.form
    signing = signing_of(
        sent.get("way", ""), sent.get("strokes", ""), sent.get("typed_name", ""), sent.get("chosen_symbol", ""),
        symbols=(pupil.face, *SIGNS),
    )  # fmt: skip
    if signing is None:
        charter = queries.charter_of(class_here().id)
        return (_sign_page(pupil, "charter.sign-first"), 422) if may_sign(charter.state) else _moved_on()
    try:
        services.sign(class_here(), pupil, signing)
    except NotOpenError:
        return _moved_on()
    # A class that signs together goes on to the next face.
    return redirect(url_for("charters.show" if pupil_here() else "charters.sign_page", done="signed"), 303)


@blueprint.get("/charter/now")
@access(Access.PUPIL)
def read() -> str:
    """The charter that the class keeps to, while it writes another."""
    finished = queries.find_finished_charter(class_here().id)
    told = {"said": "", "problem": "", **_here(pupil_here())}
    return page("charters/rules.html", rules=finished.rules if finished else (), charter=None, signs=False, **told)


def _child(given: str) -> Pupil | None:
    """Who acts: the pupil signed in, or in a class that signs in together the one whose face was tapped."""
    here = pupil_here()
    if here is not None or not given:
        return here
    pupil = find_pupil(given)
    return pupil if pupil and pupil.class_id == class_here().id else abort(404)


def _here(pupil: Pupil | None) -> dict[str, Any]:
    return {"school_class": class_here(), "pupil": pupil, "together": pupil_here() is None}


def _ideas() -> list[Lesson]:
    band = class_here().band
    return [lesson for lesson in content_in_use().lessons.values() if lesson.band == band]


def _moved_on() -> Answer:
    return _where_we_are(problem="charter.moved-on", status=409)


def _where_we_are(
    pupil: Pupil | None = None, *, said: str = "", problem: str = "", chosen: Sequence[str] = (), status: int = 200
) -> tuple[str, int]:
    pupil = pupil or _child(request.args.get("pupil", ""))
    charter = queries.charter_of(class_here().id)
    told = {"said": said, "problem": problem, "charter": charter, **_here(pupil)}
    match charter.state:
        case State.COLLECTING:
            shown = page("charters/collecting.html", suggestions=_suggested(charter, pupil), **told)
        case State.VOTING if pupil:
            dots = frozenset(chosen) or queries.dots_of(charter.id or "", pupil.id)
            if dots and not said and not problem:
                told["said"] = SAID["voted"]
            shown = page("charters/voting.html", dots=dots, **told)
        case State.VOTING:
            shown = _faces("charters.show", "charter.who-votes", "charter.have-voted", **told)
        case State.COUNTED:
            shown = page("charters/counting.html", **told)
        case State.SETTLED | State.SIGNING | State.FINISHED:
            signature = queries.find_signature(charter.id or "", pupil.id) if pupil else None
            if signature is not None and not problem:
                told["said"] = SAID["signed"]
            signs = signature is None and may_sign(charter.state)
            shown = page("charters/rules.html", rules=charter.settled_rules, signs=signs, **told)
    return shown, status


def _suggested(charter: CharterView, pupil: Pupil | None) -> list[Any]:
    mine = queries.suggestions_by(charter.id, pupil.id if pupil else None) if charter.id else []
    return [(passage_of_text(one.text, one.language), SUGGESTED[SuggestionState(one.state)]) for one in mine]


def _faces(to: str, ask: str, have: str, *, charter: CharterView, **told: Any) -> str:
    """Whose turn is it? First those who have not voted or signed yet."""
    done = (queries.pupils_who_voted if may_vote(charter.state) else queries.pupils_who_signed)(charter.id or "")
    pupils = pupils_of(charter.class_id)
    still, have_done = ([one for one in pupils if (one.id in done) is so] for so in (False, True))
    return page("charters/faces.html", to=to, ask=ask, have=have, still=still, have_done=have_done, **told)


def _making(way: Way, what: str, when: str, words: str = "", problem: str = "") -> str:
    told = {"client_id": new_id(), "problem": problem, **_here(pupil_here())}
    match way:
        case Way.IDEA:
            return page("charters/idea.html", ideas=_ideas(), **told)
        case Way.WORDS:
            return page("charters/words.html", words=words, **told)
        case Way.BOARD:
            chosen = {"what": WHAT.get(what), "when": WHEN.get(when)}
            return page("charters/board.html", whats=WHAT, whens=WHEN, **chosen, **told)


def _signing(charter: CharterView, pupil: Pupil | None) -> Answer:
    if pupil is None:
        told = {"said": SAID.get(request.args.get("done", ""), ""), "problem": "", "charter": charter, **_here(None)}
        return _faces("charters.sign_page", "charter.who-signs", "charter.have-signed", **told)
    if queries.find_signature(charter.id or "", pupil.id):
        return redirect(url_for("charters.show", done="signed"))
    return _sign_page(pupil)


def _sign_page(pupil: Pupil, error: str = "") -> str:
    signs = [(pupil.face, pupil.face, pupil.first_name)]
    signs += [(sign, sign, word(f"charter.sign-{sign}")) for sign in SIGNS if sign != pupil.face]
    return page("charters/sign.html", signs=signs, error=error, problem="", **_here(pupil))
