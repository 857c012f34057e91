"""The chain of signatures: whoever changes a byte is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kiosk.core.database import db
from kiosk.features.agreements import queries, services
from kiosk.features.agreements.leaves import Edition
from kiosk.features.agreements.models import AgreementLeaf, AgreementVersion, RuleMark, Signature
from kiosk.features.agreements.proof import digest_of
from kiosk.features.agreements.types import Mark, Signing, Way
from kiosk.features.people import services as people
from kiosk.features.people.faces import FACES
from kiosk.features.people.models import Pupil, SchoolClass
from tests.features.agreements.conftest import LINE

Tamper = Callable[[Signature], None]


@pytest.fixture
def five_signed(willow: SchoolClass, edition: Edition) -> list[Signature]:
    ways = [Signing(Way.DRAWN, LINE), Signing(Way.TYPED, [], typed_name="Al"), Signing(Way.SYMBOL, [], symbol="star")]
    leaves = [edition.leaf_at(level, "en") for level in ("full", "simple", "symbols")]
    for number in range(5):
        pupil = people.add_pupil(willow, f"Pupil {number}", FACES[number])
        services.sign(pupil, edition, leaves[number % 3], ways[number % 3], with_class=False)
    db.session.expire_all()
    return list(db.session.scalars(select(Signature).order_by(Signature.number)))


def test_an_untouched_chain_is_whole(five_signed: list[Signature]) -> None:
    assert [one.number for one in five_signed] == [1, 2, 3, 4, 5]
    assert queries.first_broken_signature() is None


def test_no_signatures_are_whole_too(willow: SchoolClass) -> None:
    assert queries.first_broken_signature() is None


def change(name: str, value: Any) -> Tamper:
    return lambda signature: setattr(signature, name, value)


@pytest.mark.parametrize(
    "tamper",
    [
        change("strokes", [[[100, 200, 0], [300, 150, 40], [500, 261, 90]]]),
        change("way", "typed"),
        change("typed_name", "B"),
        change("symbol", "heart"),
        change("with_class", True),
        change("marks", {"ask": "understand"}),
        change("salt", "0" * 32),
        change("commitment", "0" * 64),
        change("level", "simple"),
        change("language", "pl"),
        change("version", "older"),
        change("leaf", "0" * 64),
        change("root", "0" * 64),
        change("previous", "0" * 64),
        change("digest", "0" * 64),
        lambda signature: setattr(signature, "signed_at", signature.signed_at + timedelta(microseconds=1)),
    ],
)
def test_one_change_in_one_row_names_that_row(five_signed: list[Signature], tamper: Tamper) -> None:
    tamper(five_signed[3])
    db.session.flush()
    assert queries.first_broken_signature() == 4


def test_one_byte_of_a_kept_text_names_the_first_who_signed_under_it(five_signed: list[Signature]) -> None:
    leaf = db.session.scalars(select(AgreementLeaf).where(AgreementLeaf.digest == five_signed[1].leaf)).one()
    leaf.body = leaf.body.replace("private", "privete", 1)
    db.session.flush()
    # The root goes over all leaves, so that no text of a version can be changed unseen.
    assert queries.first_broken_signature() == 1


def test_a_text_changed_together_with_its_hash_is_found_by_the_root(five_signed: list[Signature]) -> None:
    leaf = db.session.scalars(select(AgreementLeaf).where(AgreementLeaf.digest == five_signed[0].leaf)).one()
    leaf.body = leaf.body.replace("private", "privete", 1)
    leaf.digest = digest_of(leaf.body)
    db.session.flush()
    assert queries.first_broken_signature() == 1


def test_two_rows_that_change_places_are_found(five_signed: list[Signature]) -> None:
    second, fourth = five_signed[1], five_signed[3]
    second.number = 99
    db.session.flush()
    fourth.number = 2
    db.session.flush()
    second.number = 4
    db.session.flush()
    assert queries.first_broken_signature() == 2


@pytest.mark.parametrize("taken", [0, 2])
def test_a_row_taken_away_is_found(five_signed: list[Signature], taken: int) -> None:
    db.session.delete(five_signed[taken])
    db.session.flush()
    assert queries.first_broken_signature() == taken + 1


def test_the_database_holds_one_signature_and_one_mark_for_each(
    amina: Pupil, edition: Edition, five_signed: list[Signature]
) -> None:
    leaf = edition.leaf_at("full", "en")
    services.mark_rule(amina, edition, leaf, "ask", Mark.ASK)
    services.sign(amina, edition, leaf, Signing(Way.DRAWN, LINE), with_class=False)
    for model in (RuleMark, Signature, AgreementVersion):
        row = db.session.scalars(select(model).order_by(model.id)).first()
        copy = {name: getattr(row, name) for name in [one.key for one in model.__mapper__.column_attrs] if name != "id"}
        if model is Signature:
            copy["number"] = 1000
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.add(model(**copy))
            db.session.flush()


def test_a_pupil_who_signed_cannot_be_deleted_by_the_way(five_signed: list[Signature]) -> None:
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.delete(five_signed[0].pupil)
        db.session.flush()
