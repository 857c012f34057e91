"""Photographs of pupils and staff: kept with their consent, and gone with it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from kiosk.core import audit, outbox
from kiosk.core.clock import LONDON
from kiosk.core.database import db, transaction
from kiosk.features.people import queries
from kiosk.features.people.models import Photograph, Pupil, Staff
from kiosk.features.people.types import Consent

CHAIN = "school"
END = "photograph-end"


class NoPictureError(Exception):
    """There is neither a new picture nor one that is kept already."""


def keep(person: Pupil | Staff, consent: Consent, picture: bytes | None, *, by: Staff) -> Photograph:
    """Keep a photograph in the place of an earlier one; without a new picture, the consent alone is renewed."""
    photograph = queries.find_photograph_of(person)
    if picture is None and photograph is None:
        raise NoPictureError
    rests_on = {
        "given_by": consent.given_by, "given_as": consent.given_as.value, "given_on": consent.given_on,
        "until": consent.until, "added_by": by.id,
    }  # fmt: skip
    if picture is None:
        for name, value in rests_on.items():
            setattr(photograph, name, value)
    else:
        if photograph is not None:
            db.session.delete(photograph)
            db.session.flush()
        # With another id, so that what a tablet has under the old address is never shown for it.
        photograph = Photograph(picture=picture, **_of(person), **rests_on)
        db.session.add(photograph)
    db.session.flush()
    assert photograph is not None  # noqa: S101
    audit.record(CHAIN, "photograph-kept", actor=by.id, subject=person.id)
    ends = datetime.combine(consent.until + timedelta(days=1), time.min, LONDON)
    outbox.put(END, {"photograph": photograph.id}, due_at=ends)
    return photograph


def _of(person: Pupil | Staff) -> dict[str, str]:
    return {"pupil_id" if isinstance(person, Pupil) else "staff_id": person.id}


def remove(person: Pupil | Staff, *, by: Staff | None) -> None:
    """Remove a photograph and what it rested on; the record says that it was, and by whom."""
    photograph = queries.find_photograph_of(person)
    if photograph is not None:
        _remove(photograph, by.id if by else "system")


def _remove(photograph: Photograph, actor: str) -> None:
    subject = photograph.pupil_id or photograph.staff_id or ""
    db.session.delete(photograph)
    db.session.flush()
    audit.record(CHAIN, "photograph-removed", actor=actor, subject=subject)


@outbox.handles(END)
def remove_if_ended(payload: dict[str, Any]) -> None:
    """Remove a photograph whose consent has ended; one that was renewed meanwhile stays."""
    with transaction():
        photograph = queries.find_photograph(payload["photograph"])
        if photograph is not None and not photograph.is_in_force:
            _remove(photograph, "system")
