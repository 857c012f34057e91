"""What can be done with an agreement: one verb a function; they flush and never commit."""

from __future__ import annotations

from secrets import token_hex

from sqlalchemy import select

from kiosk.core.audit import lock_chain
from kiosk.core.clock import now
from kiosk.core.database import db
from kiosk.core.tenancy import get_school_id
from kiosk.features.agreements import queries
from kiosk.features.agreements.leaves import Edition, Leaf
from kiosk.features.agreements.models import AgreementLeaf, AgreementVersion, RuleMark, Signature
from kiosk.features.agreements.proof import GENESIS
from kiosk.features.agreements.rules import stays_talked_about
from kiosk.features.agreements.types import Mark, Signing
from kiosk.features.people.models import Pupil, Staff


def mark_rule(pupil: Pupil, edition: Edition, leaf: Leaf, rule_id: str, mark: Mark) -> RuleMark:
    """Keep what a pupil says of a rule, in place of what they said before; a repeated tap keeps one."""
    # Two taps at once would both find nothing and both add.
    lock_chain(f"agreement marks of {pupil.id}")
    version = _keep_texts(edition)
    kept = queries.marks_of(pupil.id, edition).of(rule_id)
    if kept is None:
        kept = RuleMark(
            pupil_id=pupil.id, agreement_id=edition.agreement_id, version=edition.version, rule_id=rule_id
        )
    if not stays_talked_about(mark):
        kept.talked_at = kept.talked_by = None
    kept.version_id, kept.leaf = version.id, leaf.digest
    kept.mark, kept.marked_at = mark.value, now()
    db.session.add(kept)
    db.session.flush()
    return kept


def sign(pupil: Pupil, edition: Edition, leaf: Leaf, signing: Signing, *, with_class: bool) -> Signature:
    """Sign the text shown; where it was signed already, that signature stays and is given back."""
    lock_chain("agreement signatures")
    kept = queries.find_signature(pupil.id, edition)
    if kept is not None:
        return kept
    version = _keep_texts(edition)
    number, previous = _last_link()
    signature = Signature(
        school_id=get_school_id(),
        number=number + 1,
        version_id=version.id,
        agreement_id=edition.agreement_id,
        version=edition.version,
        root=edition.root,
        leaf=leaf.digest,
        level=leaf.level,
        language=leaf.language,
        signed_at=now(),
        pupil_id=pupil.id,
        way=signing.way.value,
        strokes=signing.strokes,
        typed_name=signing.typed_name,
        symbol=signing.symbol,
        with_class=with_class,
        marks={rule_id: one.mark for rule_id, one in queries.marks_of(pupil.id, edition).by_rule.items()},
        salt=token_hex(16),
        previous=previous,
    )
    signature.commitment = signature.computed_commitment()
    signature.digest = signature.computed_digest()
    db.session.add(signature)
    db.session.flush()
    return signature


def talk_about(question: RuleMark, staff: Staff) -> None:
    """Note that a question was talked about; the first who says so stays named."""
    if question.talked_at is None:
        question.talked_at = now()
        question.talked_by = staff.id
        db.session.flush()


def _last_link() -> tuple[int, str]:
    last = db.session.execute(
        select(Signature.number, Signature.digest).order_by(Signature.number.desc()).limit(1)
    ).first()
    return (last[0], last[1]) if last else (0, GENESIS)


def _keep_texts(edition: Edition) -> AgreementVersion:
    """Freeze the texts in force, once."""
    kept = queries.find_version(edition.root)
    if kept is not None:
        return kept
    lock_chain("agreement versions")
    kept = queries.find_version(edition.root)
    if kept is not None:
        return kept
    version = AgreementVersion(
        agreement_id=edition.agreement_id, version=edition.version, root=edition.root, frozen_at=now()
    )
    version.leaves = [
        AgreementLeaf(level=leaf.level, language=leaf.language, digest=leaf.digest, body=leaf.body)
        for leaf in edition.leaves
    ]
    db.session.add(version)
    db.session.flush()
    return version
