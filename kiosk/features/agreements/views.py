"""The agreement: read rule by rule, marked, signed alone or with the class; and the teacher's register."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from kiosk.documents.strokes import strokes_svg
from kiosk.features.agreements import queries, services
from kiosk.features.agreements.drawing import thinned
from kiosk.features.agreements.forms import SYMBOLS, Filled, read_signing
from kiosk.features.agreements.leaves import Edition, Leaf
from kiosk.features.agreements.models import Signature
from kiosk.features.agreements.queries import MarksOf
from kiosk.features.agreements.rules import first_unmarked, stage_of
from kiosk.features.agreements.texts import (
    Reading,
    agreement_in_force,
    edition_of,
    leaf_here,
    reading_of,
)
from kiosk.features.agreements.types import Mark, Stage
from kiosk.features.people.models import Pupil, SchoolClass
from kiosk.features.people.queries import find_pupil, get_class_taught_by, pupils_of
from kiosk.features.people.session import class_here, pupil_here, staff_here
from kiosk.web.access import Access, access
from kiosk.web.passages import word
from kiosk.web.rendering import page

blueprint = Blueprint("agreements", __name__, template_folder="templates")
Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Here:
    """Who reads the agreement on this tablet, and which."""

    school_class: SchoolClass
    pupil: Pupil | None
    """None where the class signed in together."""
    edition: Edition

    @cached_property
    def reading(self) -> Reading:
        """The agreement in the display in hand."""
        return reading_of(leaf_here(self.edition))

    @cached_property
    def marks(self) -> MarksOf:
        """What the pupil has said so far; a class together says nothing."""
        return queries.marks_of(self.pupil.id, self.edition) if self.pupil else MarksOf()

    @cached_property
    def signature(self) -> Signature | None:
        """The pupil's own signature."""
        return queries.find_signature(self.pupil.id, self.edition) if self.pupil else None

    @property
    def stage(self) -> Stage:
        """How far they have come."""
        return stage_of(self.edition.rule_ids, self.marks.marked, is_signed=self.signature is not None)

    @property
    def waiting_rule(self) -> int | None:
        """The first rule that the pupil has not marked yet."""
        return first_unmarked(self.edition.rule_ids, self.marks.marked) if self.pupil else None

    def leaf_sent(self) -> Leaf | None:
        """The text that was on the page a form came from, if it is still in force."""
        return self.edition.find_leaf(request.form.get("leaf", ""))


def _find_here() -> Here | None:
    agreement = agreement_in_force(class_here().band)
    return Here(class_here(), pupil_here(), edition_of(agreement)) if agreement else None


def _here() -> Here:
    return _find_here() or abort(404)


@blueprint.get("/agreement")
@access(Access.PUPIL)
def read() -> str:
    """Where the agreement begins, goes on, or is looked at again."""
    here = _find_here()
    if here is None:
        return page("agreements/none.html")
    if here.signature:
        reading = reading_of(queries.get_leaf_signed(here.signature))
        return page("agreements/kept.html", here=here, reading=reading, signature=here.signature)
    is_new = here.pupil is not None and queries.has_signed_earlier(here.pupil.id, here.edition)
    return page("agreements/start.html", here=here, reading=here.reading, is_new=is_new)


@blueprint.get("/agreement/rule/<int:number>")
@access(Access.PUPIL)
def rule(number: int) -> str:
    """One rule, and what the pupil says of it."""
    return _rule_page(_here(), number)


@blueprint.post("/agreement/rule/<int:number>")
@access(Access.PUPIL)
def mark_rule(number: int) -> Answer:
    """Keep what the pupil says of a rule, at once."""
    here = _here()
    if here.pupil is None or not 1 <= number <= len(here.edition.rule_ids):
        abort(404)
    leaf = here.leaf_sent()
    if leaf is None:
        return _changed(here)
    try:
        mark = Mark(request.form.get("mark", ""))
    except ValueError:
        return _rule_page(here, number, problem="agree.tap-one"), 422
    services.mark_rule(here.pupil, here.edition, leaf, here.edition.rule_ids[number - 1], mark)
    return redirect(url_for("agreements.rule", number=number), 303)


def _rule_page(here: Here, number: int, problem: str = "") -> str:
    if not 1 <= number <= len(here.edition.rule_ids):
        abort(404)
    shown = here.reading.rules[number - 1]
    mark = here.marks.of(shown.id)
    return page("agreements/rule.html", here=here, number=number, rule=shown, mark=mark, problem=problem)


@blueprint.get("/agreement/closing")
@access(Access.PUPIL)
def closing() -> Answer:
    """What holds whatever happens: I can still tell."""
    here = _here()
    if here.waiting_rule:
        return redirect(url_for("agreements.rule", number=here.waiting_rule))
    return page("agreements/closing.html", here=here, reading=here.reading)


@blueprint.get("/agreement/sign")
@access(Access.PUPIL)
def sign() -> Answer:
    """Where a pupil signs."""
    here = _here()
    if here.pupil is None:
        return redirect(url_for("agreements.who_signs"))
    return _not_yet(here) or _sign_page(here, here.pupil)


@blueprint.post("/agreement/sign")
@access(Access.PUPIL)
def sign_now() -> Answer:
    """Sign; a second tap is shown the signature that there is."""
    here = _here()
    if here.pupil is None:
        abort(404)
    return _not_yet(here) or _signed_by(here, here.pupil, url_for("agreements.signed"))


@blueprint.get("/agreement/signed")
@access(Access.PUPIL)
def signed() -> Answer:
    """You signed."""
    here = _here()
    if here.pupil is None or here.signature is None:
        return redirect(url_for("agreements.read"))
    return page("agreements/signed.html", here=here, signer=here.pupil, signature=here.signature)


def _not_yet(here: Here) -> Response | None:
    """Where to go instead of signing: to the signature that there is, or to a rule not yet met."""
    if here.signature:
        return redirect(url_for("agreements.signed"), 303)
    if here.waiting_rule:
        return redirect(url_for("agreements.rule", number=here.waiting_rule), 303)
    return None


@blueprint.get("/agreement/together")
@access(Access.PUPIL)
def who_signs() -> Answer:
    """Who is signing? For a class that signed in together, one face after another."""
    here = _here()
    if here.pupil is not None:
        return redirect(url_for("agreements.read"))
    signatures = queries.signed_in_class(here.school_class.id, here.edition)
    pupils = pupils_of(here.school_class.id)
    return page("agreements/who_signs.html", here=here, pupils=pupils, signatures=signatures)


@blueprint.get("/agreement/together/<pupil_id>")
@access(Access.PUPIL)
def sign_with_class(pupil_id: str) -> Answer:
    """Where a pupil whose class signed in together signs, or looks at their signature."""
    here, pupil = _here(), _pupil_of_class_here(pupil_id)
    signature = queries.find_signature(pupil.id, here.edition)
    if signature:
        return page("agreements/signed.html", here=here, signer=pupil, signature=signature)
    return _sign_page(here, pupil)


@blueprint.post("/agreement/together/<pupil_id>")
@access(Access.PUPIL)
def sign_with_class_now(pupil_id: str) -> Answer:
    """Sign as this pupil of the class; then the next may tap their face."""
    here, pupil = _here(), _pupil_of_class_here(pupil_id)
    return _signed_by(here, pupil, url_for("agreements.sign_with_class", pupil_id=pupil.id))


def _pupil_of_class_here(pupil_id: str) -> Pupil:
    pupil = find_pupil(pupil_id)
    if pupil_here() is not None or pupil is None or pupil.class_id != class_here().id:
        abort(404)
    return pupil


def _sign_page(here: Here, signer: Pupil, filled: Filled | None = None) -> str:
    symbols = [(signer.face, signer.face, signer.first_name)]
    symbols += [(one, one, word(name)) for one, name in SYMBOLS.items() if one != signer.face]
    return page(
        "agreements/sign.html", here=here, reading=here.reading, signer=signer, symbols=symbols, filled=filled
    )


def _signed_by(here: Here, signer: Pupil, receipt: str) -> Answer:
    leaf = here.leaf_sent()
    if leaf is None:
        # A retry of what was signed already is answered with its receipt, whatever is in force now.
        if queries.find_signature(signer.id, here.edition):
            return redirect(receipt, 303)
        return _changed(here)
    filled = read_signing(request.form, {signer.face, *SYMBOLS})
    if filled.signing is None:
        return _sign_page(here, signer, filled), 422
    services.sign(signer, here.edition, leaf, filled.signing, with_class=here.pupil is None)
    return redirect(receipt, 303)


def _changed(here: Here) -> tuple[str, int]:
    return page("agreements/changed.html", here=here), 409


@blueprint.get("/staff/classes/<class_id>/agreement")
@access(Access.TEACHER)
def register(class_id: str) -> str:
    """Who of a class signed, who not yet, and who wants to ask about which rule."""
    school_class = get_class_taught_by(staff_here(), class_id)
    return page(
        "agreements/register.html",
        register=queries.register_of(school_class.id),
        questions=queries.questions_of(class_id),
    )


@blueprint.post("/staff/classes/<class_id>/agreement/questions/<mark_id>")
@access(Access.TEACHER)
def talk_about(class_id: str, mark_id: str) -> Response:
    """Note that a rule was talked about with the pupil who asked."""
    get_class_taught_by(staff_here(), class_id)
    question = queries.find_question(class_id, mark_id) or abort(404)
    services.talk_about(question, staff_here())
    flash(_("Noted: you talked about it with %(name)s.", name=question.pupil.first_name))
    return redirect(url_for("agreements.register", class_id=class_id), 303)


@blueprint.app_template_global()
def drawn_signature(signature: Signature) -> Markup:
    """The drawn signature as SVG, with no more points than can be seen."""
    return Markup(strokes_svg(thinned(signature.strokes)))  # noqa: S704  (numbers alone, checked when they came)
