"""Readers' keys and the recovery key: made, changed, and unlocked at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core import audit
from kiosk.core.clock import now
from kiosk.core.database import db
from kiosk.core.identity import hash_of, new_token
from kiosk.features.concerns import keys, queries
from kiosk.features.concerns.models import DeskSession, ReaderKey, RecoveryKey
from kiosk.features.concerns.sealing import PrivateKey, PublicKey
from kiosk.features.concerns.types import CHAIN
from kiosk.features.people.models import SignIn, Staff
from kiosk.features.people.rules import pause_after_failures
from kiosk.features.people.services import when_signed_out


class NotAReaderError(Exception):
    """Only a DSL or a deputy has a key of their own."""


class HasNoKeyError(Exception):
    """This reader has not chosen a desk passphrase yet."""


class WaitError(Exception):
    """Too many wrong passphrases. `minutes` is how long to wait, rounded up."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"wait {minutes} minutes")
        self.minutes = minutes


def enrol_reader(staff: Staff, passphrase: str, *, cost: keys.Cost | None = None) -> ReaderKey:
    """Make a reader's key pair under their desk passphrase; an earlier one of theirs is retired."""
    if not staff.is_a(*queries.READERS):
        raise NotAReaderError
    sealed = keys.make_reader_key(passphrase, cost)
    before = queries.find_reader_key(staff)
    if before is not None:
        before.retired_at = now()
        # One key in use a reader: the database must see this first.
        db.session.flush()
    public = sealed.public
    key = ReaderKey(staff_id=staff.id, key_id=public.key_id, public=public.text, sealed=sealed.to_json())
    db.session.add(key)
    db.session.flush()
    audit.record(CHAIN, "reader-enrolled", actor=staff.id, subject=key.key_id)
    return key


def set_recovery_key(public: PublicKey, *, by: Staff | None = None) -> RecoveryKey:
    """Put the public half of the recovery key in place; an earlier one is retired."""
    before = queries.find_recovery_key()
    if before is not None:
        if before.key_id == public.key_id:
            return before
        before.retired_at = now()
        db.session.flush()
    key = RecoveryKey(key_id=public.key_id, public=public.text)
    db.session.add(key)
    db.session.flush()
    audit.record(CHAIN, "recovery-key-set", actor=by.id if by else "system", subject=key.key_id)
    return key


def get_sealed_key(staff: Staff) -> keys.SealedReaderKey:
    """The reader's key as it is stored; raises HasNoKeyError, or WaitError after too many wrong passphrases."""
    key = queries.find_reader_key(staff)
    if key is None:
        raise HasNoKeyError
    if key.not_before and key.not_before > now():
        seconds = (key.not_before - now()).total_seconds()
        raise WaitError(max(1, -(-int(seconds) // 60)))
    return keys.SealedReaderKey.from_json(key.sealed)


def note_wrong_passphrase(staff: Staff) -> None:
    """Count a wrong passphrase; after five the next has to wait."""
    key = queries.find_reader_key(staff)
    if key is not None:
        key.failures += 1
        key.not_before = now() + pause_after_failures(key.failures)
        audit.record(CHAIN, "wrong-passphrase", actor=staff.id, subject=key.key_id)


@dataclass(frozen=True)
class DeskOpened:
    """What the reader's cookie holds: without it the server's half is noise."""

    token: str
    cookie_key: str


def open_desk(staff: Staff, sign_in: SignIn, private_key: PrivateKey) -> DeskOpened:
    """Keep an unlocked key for this sign-in, in place of what it had open."""
    key = queries.find_reader_key(staff)
    if key is None or key.key_id != PublicKey.of(private_key).key_id:
        raise HasNoKeyError
    key.failures, key.not_before = 0, None
    lock_desk(sign_in)
    blob, cookie_key = keys.lock_for_session(private_key)
    token = new_token()
    db.session.add(
        DeskSession(
            token_hash=hash_of(token),
            staff_id=staff.id,
            sign_in_id=sign_in.id,
            reader_key_id=key.id,
            blob=blob,
            opened_at=now(),
        )
    )
    db.session.flush()
    audit.record(CHAIN, "desk-unlocked", actor=staff.id, subject=key.key_id)
    return DeskOpened(token, cookie_key)


def lock_desk(sign_in: SignIn) -> None:
    """Lock the desk of a sign-in: the unlocked key is gone from the server."""
    for session in queries.desk_sessions_of(sign_in):
        db.session.delete(session)
    db.session.flush()


# Whoever signs out leaves no unlocked key behind.
when_signed_out(lock_desk)
