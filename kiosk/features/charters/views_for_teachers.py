"""The charter as its teacher leads it: read suggestions, open and close, settle, print."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import typst
from flask import abort, flash, redirect, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kiosk.core.links import home_address_of
from kiosk.documents.pdf import make_pdf
from kiosk.features.charters import moving, queries, services
from kiosk.features.charters.blueprint import blueprint
from kiosk.features.charters.forms import Above, Wording, symbols_in, wording_in
from kiosk.features.charters.holding import MoveRefusedError, NotOpenError, TooManyError
from kiosk.features.charters.poster import PAPERS, poster_data
from kiosk.features.charters.rules import Refusal, is_settled, may_choose_symbols, may_suggest
from kiosk.features.charters.types import FEWEST_RULES, LONGEST_RULE, MOST_ALLOWED, MOST_RULES, Move
from kiosk.features.charters.wording import symbol_name, tokens_of, with_symbols
from kiosk.features.people.models import SchoolClass
from kiosk.features.people.queries import get_class_taught_by, pupils_of
from kiosk.features.people.session import staff_here
from kiosk.reading.lexicon import load_lexicon
from kiosk.web.access import Access, access
from kiosk.web.rendering import page

Answer = str | tuple[str, int] | Response


@blueprint.get("/staff/classes/<class_id>/charter")
@access(Access.TEACHER)
def manage(class_id: str) -> Answer:
    """Where the class is with its charter, what waits for the teacher, and the next step."""
    return _managing(_class(class_id))


@blueprint.get("/staff/classes/<class_id>/charter/suggestions/<suggestion_id>")
@access(Access.TEACHER)
def read_suggestion(class_id: str, suggestion_id: str) -> Answer:
    """A suggestion, to be reworded before the class reads it."""
    return _suggestion(_class(class_id), suggestion_id)


@blueprint.post("/staff/classes/<class_id>/charter/suggestions/<suggestion_id>/allow")
@access(Access.TEACHER)
def allow(class_id: str, suggestion_id: str) -> Answer:
    """Put a suggestion on the class's list, as it is or in other words."""
    school_class = _class(class_id)
    charter = queries.charter_of(class_id)
    suggestion = queries.find_suggestion(charter.id or "", suggestion_id) or abort(404)
    wording = wording_in(request.form, _first_names(class_id), otherwise=suggestion.plain)
    if not wording.is_ready:
        return _suggestion(school_class, suggestion_id, wording), 422
    try:
        rule = services.allow(school_class, suggestion_id, wording.words)
    except (NotOpenError, TooManyError) as refused:
        return _refused(school_class, refused)
    flash(_("On the list: %(words)s", words=rule.plain))
    return _to_manage(class_id)


@blueprint.post("/staff/classes/<class_id>/charter/suggestions/<suggestion_id>/not-now")
@access(Access.TEACHER)
def decline(class_id: str, suggestion_id: str) -> Answer:
    """Leave a suggestion for now; it is kept."""
    school_class = _class(class_id)
    try:
        services.decline(school_class, suggestion_id)
    except NotOpenError as refused:
        return _refused(school_class, refused)
    return _to_manage(class_id)


@blueprint.post("/staff/classes/<class_id>/charter/rules")
@access(Access.TEACHER)
def add_rule(class_id: str) -> Answer:
    """Put a rule of the teacher's own on the list."""
    school_class = _class(class_id)
    wording = wording_in(request.form, _first_names(class_id))
    if not wording.is_ready:
        return _managing(school_class, wording, status=422)
    try:
        services.add_rule(school_class, wording.words)
    except (NotOpenError, TooManyError) as refused:
        return _refused(school_class, refused)
    return _to_manage(class_id)


@blueprint.get("/staff/classes/<class_id>/charter/rules/<rule_id>")
@access(Access.TEACHER)
def read_rule(class_id: str, rule_id: str) -> Answer:
    """A rule with its words and its symbols, to be changed."""
    return _rule(_class(class_id), rule_id)


@blueprint.post("/staff/classes/<class_id>/charter/rules/<rule_id>")
@access(Access.TEACHER)
def reword(class_id: str, rule_id: str) -> Answer:
    """Give a rule other words."""
    school_class = _class(class_id)
    wording = wording_in(request.form, _first_names(class_id))
    if not wording.is_ready:
        return _rule(school_class, rule_id, wording), 422
    try:
        services.reword(school_class, rule_id, wording.words)
    except NotOpenError as refused:
        return _refused(school_class, refused)
    flash(_("Saved. This is how the class sees it."))
    return redirect(url_for("charters.read_rule", class_id=class_id, rule_id=rule_id), 303)


@blueprint.post("/staff/classes/<class_id>/charter/rules/<rule_id>/symbols")
@access(Access.TEACHER)
def choose_symbols(class_id: str, rule_id: str) -> Answer:
    """Show other symbols above a rule's words."""
    school_class = _class(class_id)
    rule = queries.find_rule(queries.charter_of(class_id).id or "", rule_id) or abort(404)
    lexicon = load_lexicon()
    above = symbols_in(request.form, len(tokens_of(rule.text, rule.language, lexicon)), rule.language)
    if any(one.error for one in above):
        return _rule(school_class, rule_id, above=above), 422
    chosen = [one.concept for one in above]
    try:
        services.choose_symbols(school_class, rule_id, with_symbols(rule.text, chosen, rule.language, lexicon))
    except NotOpenError as refused:
        return _refused(school_class, refused)
    except TooManyError:
        fewer = _(
            "Type a word to find its symbol, or leave the box empty for none. "
            "Key words alone: five in a sentence are enough."
        )
        return _rule(school_class, rule_id, above=[replace(above[0], error=fewer), *above[1:]]), 422
    flash(_("Saved. This is how the class sees it."))
    return redirect(url_for("charters.read_rule", class_id=class_id, rule_id=rule_id), 303)


@blueprint.post("/staff/classes/<class_id>/charter/rules/<rule_id>/remove")
@access(Access.TEACHER)
def remove_rule(class_id: str, rule_id: str) -> Answer:
    """Take a rule off the list."""
    school_class = _class(class_id)
    try:
        services.remove_rule(school_class, rule_id)
    except NotOpenError as refused:
        return _refused(school_class, refused)
    return _to_manage(class_id)


@blueprint.post("/staff/classes/<class_id>/charter/move")
@access(Access.TEACHER)
def take_on(class_id: str) -> Answer:
    """Take the charter on: open or close voting, settle, open signing, finish, change it again."""
    school_class = _class(class_id)
    how = request.form.get("move", "")
    if how not in set(Move):
        abort(400)
    try:
        moving.move(school_class, staff_here(), Move(how), request.form.getlist("rules"))
    except MoveRefusedError as refused:
        status = 409 if refused.reason is Refusal.NOT_IN_THIS_STATE else 422
        return _managing(school_class, problem=_why_not(refused.reason), status=status)
    return _to_manage(class_id)


@blueprint.get("/staff/classes/<class_id>/charter/poster.pdf")
@access(Access.TEACHER)
def poster(class_id: str) -> Answer:
    """The charter for the wall, on A4 or A3."""
    school_class = _class(class_id)
    paper = request.args.get("paper", "a4")
    charter = queries.find_printable_charter(class_id)
    if charter is None or paper not in PAPERS:
        abort(404)
    try:
        pdf = make_pdf("poster", poster_data(school_class, charter, paper))
    except typst.TypstError:
        # The rules were tried when they were written: what is left is a name of the class or the school.
        problem = _(
            "The poster could not be made: it would hold a letter that our typefaces lack. "
            "Look at the names of the class and the school, and ask the technician."
        )
        return _managing(school_class, problem=problem, status=422)
    name = f"class-charter-{paper}.pdf"
    response = send_file(BytesIO(pdf), mimetype="application/pdf", as_attachment=True, download_name=name)
    # Children's strokes are on it.
    response.headers["Cache-Control"] = "no-store"
    return response


def _class(class_id: str) -> SchoolClass:
    return get_class_taught_by(staff_here(), class_id)


def _first_names(class_id: str) -> list[str]:
    return [pupil.first_name for pupil in pupils_of(class_id)]


def _to_manage(class_id: str) -> Response:
    return redirect(url_for("charters.manage", class_id=class_id), 303)


def _why_not(reason: Refusal) -> str:
    sentences: dict[Refusal, str] = {
        Refusal.NOT_IN_THIS_STATE: _("The charter has gone on meanwhile, perhaps by a colleague. It is here now."),
        Refusal.TOO_FEW_RULES: _("Allow or add at least %(number)s rules, then open voting.", number=FEWEST_RULES),
        Refusal.DOTS_ARE_GIVEN: _(
            "Children have given dots already, so no more ideas can be collected. Close the voting, settle, "
            "and change the charter again later."
        ),
        Refusal.TOO_FEW_CHOSEN: _("Choose at least %(number)s rules.", number=FEWEST_RULES),
        Refusal.TOO_MANY_CHOSEN: _("Choose at most %(number)s rules: a short charter is kept.", number=MOST_RULES),
    }
    return sentences[reason]


def _refused(school_class: SchoolClass, refused: NotOpenError | TooManyError) -> Answer:
    if isinstance(refused, TooManyError):
        problem = _(
            "The list has %(number)s rules, as many as a class can read. Take one off first.", number=MOST_ALLOWED
        )
        return _managing(school_class, problem=problem, status=422)
    return _managing(school_class, problem=_why_not(Refusal.NOT_IN_THIS_STATE), status=409)


def _managing(
    school_class: SchoolClass, wording: Wording | None = None, *, problem: str = "", status: int = 200
) -> tuple[str, int]:
    charter = queries.charter_of(school_class.id)
    pupils = pupils_of(school_class.id)
    shown = page(
        "charters/manage.html",
        school_class=school_class,
        charter=charter,
        Move=Move,
        groups=queries.gathered(queries.suggestions_to(charter.id)) if charter.id else [],
        pupils=pupils,
        voted=queries.pupils_who_voted(charter.id) if charter.id else frozenset(),
        signed=queries.pupils_who_signed(charter.id) if charter.id else {},
        finished=queries.finished_charters(school_class.id),
        wording=wording or Wording(""),
        problem=problem,
        fewest=FEWEST_RULES,
        most=MOST_RULES,
        longest=LONGEST_RULE,
        may_print=is_settled(charter.state),
        has_home=home_address_of(school_class.id) is not None,
    )
    return shown, status


def _suggestion(school_class: SchoolClass, suggestion_id: str, wording: Wording | None = None) -> str:
    charter = queries.charter_of(school_class.id)
    groups = queries.gathered(queries.suggestions_to(charter.id)) if charter.id else []
    group = next((one for one in groups if suggestion_id in one.ids), None) or abort(404)
    wording = wording or wording_in({}, _first_names(school_class.id), otherwise=group.first.plain)
    return page(
        "charters/suggestion.html", school_class=school_class, charter=charter, group=group, wording=wording,
        suggestion_id=suggestion_id, longest=LONGEST_RULE, may_allow=may_suggest(charter.state),
    )  # fmt: skip


def _rule(
    school_class: SchoolClass, rule_id: str, wording: Wording | None = None, above: list[Above] | None = None
) -> str:
    charter = queries.charter_of(school_class.id)
    rule = next((one for one in charter.rules if one.id == rule_id), None) or abort(404)
    lexicon = load_lexicon()
    tokens = tokens_of(rule.text, rule.language, lexicon)
    shown = [
        Above(symbol_name(token.concept, rule.language, lexicon) if token.concept else "", token.concept)
        for token in tokens
    ]
    names = sorted({symbol_name(one.id, rule.language, lexicon) for one in lexicon if one.words})
    return page(
        "charters/rule.html", school_class=school_class, charter=charter, rule=rule,
        words=list(zip(tokens, above or shown, strict=True)), names=names,
        wording=wording or Wording(rule.plain), longest=LONGEST_RULE,
        may_reword=may_suggest(charter.state), may_choose=may_choose_symbols(charter.state),
    )  # fmt: skip
