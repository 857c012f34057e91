"""Reads about agreements: what a pupil said and signed, the register of a class, and whether the chain is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from kiosk.content.types import Agreement
from kiosk.core.database import db
from kiosk.features.agreements.leaves import Edition, Leaf, thaw
from kiosk.features.agreements.models import AgreementLeaf, AgreementVersion, RuleMark, Signature
from kiosk.features.agreements.proof import GENESIS, digest_of
from kiosk.features.agreements.rules import is_open_question
from kiosk.features.agreements.texts import agreement_in_force
from kiosk.features.agreements.types import Mark
from kiosk.features.people.models import Pupil, SchoolClass
from kiosk.features.people.queries import get_class_or_404, pupils_of


@dataclass(frozen=True)
class Entry:
    """One pupil in the register of a class."""

    pupil: Pupil
    signature: Signature | None
    """Of the agreement in force."""
    earlier: Signature | None
    """The latest of a version that is no longer in force, where the one in force is not signed."""
    marked: int
    """How many rules of the agreement in force they have marked."""


@dataclass(frozen=True)
class Register:
    """Who of a class has signed and who has not yet."""

    school_class: SchoolClass
    agreement: Agreement | None
    """None where there is no agreement for the band."""
    entries: tuple[Entry, ...] = ()

    @property
    def signed(self) -> int:
        """How many have signed what is in force."""
        return sum(one.signature is not None for one in self.entries)


@dataclass(frozen=True)
class Question:
    """A rule that a pupil wants to ask about."""

    mark: RuleMark
    rule: str
    """The rule in plain words, as it stood when they asked."""
    picture: str


@dataclass
class MarksOf:
    """What one pupil has said of the rules in force."""

    by_rule: dict[str, RuleMark] = field(default_factory=dict)

    def of(self, rule_id: str) -> RuleMark | None:
        """What they said of a rule."""
        return self.by_rule.get(rule_id)

    @property
    def marked(self) -> frozenset[str]:
        """The rules that they have said something of."""
        return frozenset(self.by_rule)

    @property
    def open_questions(self) -> tuple[str, ...]:
        """The rules that they still wait to be talked with about."""
        return tuple(
            rule for rule, one in self.by_rule.items() if is_open_question(Mark(one.mark), one.talked_at)
        )


def marks_of(pupil_id: str, edition: Edition) -> MarksOf:
    """What a pupil has said of each rule in force."""
    marks = db.session.scalars(
        select(RuleMark)
        .where(
            RuleMark.pupil_id == pupil_id,
            RuleMark.agreement_id == edition.agreement_id,
            RuleMark.version == edition.version,
        )
        .order_by(RuleMark.rule_id)
    )
    return MarksOf({mark.rule_id: mark for mark in marks})


def find_signature(pupil_id: str, edition: Edition) -> Signature | None:
    """A pupil's signature of the agreement in force."""
    return db.session.scalars(
        select(Signature).where(
            Signature.pupil_id == pupil_id,
            Signature.agreement_id == edition.agreement_id,
            Signature.version == edition.version,
        )
    ).first()


def has_signed_earlier(pupil_id: str, edition: Edition) -> bool:
    """Whether a pupil signed another version of this agreement."""
    found = db.session.scalar(
        select(func.count())
        .select_from(Signature)
        .where(Signature.pupil_id == pupil_id, Signature.agreement_id == edition.agreement_id)
    )
    return bool(found)


def signed_in_class(class_id: str, edition: Edition) -> dict[str, Signature]:
    """The signatures of a class under the agreement in force, by pupil."""
    signatures = db.session.scalars(
        select(Signature)
        .join(Signature.pupil)
        .where(
            Pupil.class_id == class_id,
            Signature.agreement_id == edition.agreement_id,
            Signature.version == edition.version,
        )
        .order_by(Signature.number)
    )
    return {one.pupil_id: one for one in signatures}


def register_of(class_id: str) -> Register:
    """Who of a class has signed the agreement in force, who not yet; at most four queries."""
    school_class = get_class_or_404(class_id)
    agreement = agreement_in_force(school_class.band)
    if agreement is None:
        return Register(school_class, None)
    pupils = pupils_of(class_id)
    latest: dict[str, Signature] = {}
    in_force: dict[str, Signature] = {}
    signatures = db.session.scalars(
        select(Signature)
        .join(Signature.pupil)
        .where(Pupil.class_id == class_id, Signature.agreement_id == agreement.id)
        .order_by(Signature.number)
    )
    for one in signatures:
        latest[one.pupil_id] = one
        if one.version == agreement.version:
            in_force[one.pupil_id] = one
    marked = _how_many_marked(class_id, agreement)
    entries = tuple(
        Entry(
            pupil,
            in_force.get(pupil.id),
            None if pupil.id in in_force else latest.get(pupil.id),
            marked.get(pupil.id, 0),
        )
        for pupil in pupils
    )
    return Register(school_class, agreement, entries)


def _how_many_marked(class_id: str, agreement: Agreement) -> dict[str, int]:
    counts = db.session.execute(
        select(RuleMark.pupil_id, func.count())
        .join(RuleMark.pupil)
        .where(
            Pupil.class_id == class_id,
            RuleMark.agreement_id == agreement.id,
            RuleMark.version == agreement.version,
        )
        .group_by(RuleMark.pupil_id)
        .order_by(RuleMark.pupil_id)
    )
    return {pupil_id: count for pupil_id, count in counts}  # noqa: C416  (a row is no pair to the type checker)


def questions_of(class_id: str) -> list[Question]:
    """Every rule that pupils of a class asked about, waiting ones first; two queries."""
    marks = db.session.scalars(
        select(RuleMark)
        .join(RuleMark.pupil)
        .where(Pupil.class_id == class_id, Pupil.left_at.is_(None), RuleMark.mark == Mark.ASK)
        .options(contains_eager(RuleMark.pupil), joinedload(RuleMark.talker))
        .order_by(RuleMark.talked_at.is_not(None), RuleMark.marked_at, RuleMark.id)
    ).all()
    leaves = _leaves_for_adults({mark.version_id for mark in marks})
    found = []
    for mark in marks:
        text = leaves[mark.version_id].by_key[f"rules.{mark.rule_id}.text"]
        found.append(Question(mark, " ".join(text.text.split()), text.picture))
    return found


def find_question(class_id: str, mark_id: str) -> RuleMark | None:
    """A rule that a pupil of this class asked about."""
    return db.session.scalars(
        select(RuleMark)
        .join(RuleMark.pupil)
        .where(RuleMark.id == mark_id, Pupil.class_id == class_id, RuleMark.mark == Mark.ASK)
        .options(contains_eager(RuleMark.pupil))
    ).first()


def find_version(root: str) -> AgreementVersion | None:
    """The frozen texts under a root hash."""
    return db.session.scalars(select(AgreementVersion).where(AgreementVersion.root == root)).first()


def get_leaf_signed(signature: Signature) -> Leaf:
    """The very text that was signed; raises LookupError where it was taken away."""
    body = db.session.scalars(
        select(AgreementLeaf.body).where(
            AgreementLeaf.version_id == signature.version_id, AgreementLeaf.digest == signature.leaf
        )
    ).first()
    if body is None:
        raise LookupError("The text of a signature is not kept any more.")
    return thaw(body)


def first_broken_signature() -> int | None:
    """The number of the first signature that does not fit its text or its chain; None when all is whole."""
    whole = _whole_leaves()
    previous, expected = GENESIS, 1
    for one in db.session.scalars(select(Signature).order_by(Signature.number)):
        fits = (
            one.number == expected
            and one.previous == previous
            and one.commitment == one.computed_commitment()
            and one.digest == one.computed_digest()
            and (one.root, one.level, one.language, one.leaf) in whole
        )
        if not fits:
            return expected
        previous, expected = one.digest, expected + 1
    return None


def _whole_leaves() -> set[tuple[str, str, str, str]]:
    """Root, level, language and digest of each kept text that is still what was hashed."""
    versions = db.session.scalars(
        select(AgreementVersion).options(selectinload(AgreementVersion.leaves)).order_by(AgreementVersion.id)
    )
    return {
        (version.root, leaf.level, leaf.language, digest_of(leaf.body))
        for version in versions
        if version.computed_root() == version.root
        for leaf in version.leaves
    }


def _leaves_for_adults(version_ids: set[str]) -> dict[str, Leaf]:
    """The full English text of those versions."""
    leaves: Sequence[AgreementLeaf] = db.session.scalars(
        select(AgreementLeaf).where(
            AgreementLeaf.version_id.in_(version_ids), AgreementLeaf.level == "full", AgreementLeaf.language == "en"
        )
    ).all()
    return {leaf.version_id: thaw(leaf.body) for leaf in leaves}
