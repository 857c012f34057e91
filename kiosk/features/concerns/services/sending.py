"""Sending: sealed, stored with its audit row and its alerts, all in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kiosk.core import audit, outbox, tenancy
from kiosk.core.clock import now
from kiosk.core.database import db, new_id
from kiosk.core.identity import hash_of
from kiosk.features.concerns import queries
from kiosk.features.concerns.models import Concern, ConcernWrap
from kiosk.features.concerns.rules import digest_of
from kiosk.features.concerns.sealing import Context, PublicKey, seal
from kiosk.features.concerns.told import Told
from kiosk.features.concerns.types import ALERT, CHAIN, Liveness


class TellIsNotLiveError(Exception):
    """There are too few readers, or no recovery key: nothing can be sealed."""


def send(told: Told, *, sent_id: str) -> None:
    """Seal what a child told and store it with its audit row and its alerts.

    The same id with the same content stores nothing more; with other content both are kept.
    Raises TellIsNotLiveError or CannotSeal.
    """
    payload = told.to_payload()
    sent_hash, digest = hash_of(sent_id), digest_of(sent_id, _content_of(payload))
    if queries.find_sent(sent_hash, digest):
        return
    route, recovery = queries.reader_keys_in_use(), queries.find_recovery_key()
    if recovery is None or not Liveness(len(route), has_recovery_key=True).is_live:
        raise TellIsNotLiveError
    to = [PublicKey.from_text(key.public) for key, _staff in route]
    context = Context(tenancy.get_school_id(), new_id())
    envelope = seal(payload, context=context, to=[*to, PublicKey.from_text(recovery.public, "recovery")])
    concern = Concern(
        id=context.concern,
        envelope=envelope.to_json(),
        received_at=now(),
        wants_somebody_to_come=told.wants_somebody_to_come,
        sent_hash=sent_hash,
        digest=digest,
    )
    db.session.add(concern)
    db.session.flush()
    db.session.add_all(ConcernWrap(concern_id=concern.id, key_id=key_id) for key_id in sorted(envelope.key_ids))
    audit.record(CHAIN, "received", actor="child", subject=concern.id)
    for _key, staff in route:
        outbox.put(ALERT, {"staff_id": staff.id})
    db.session.flush()


def _content_of(payload: Mapping[str, Any]) -> str:
    """The same for every try at sending the same: when it was sent is not part of it."""
    same = {name: value for name, value in payload.items() if name != "sent_at"}
    return json.dumps(same, sort_keys=True)
