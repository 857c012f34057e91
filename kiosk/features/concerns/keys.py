"""Readers' keys under a passphrase, and the desk's unlocked key."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import asdict, dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.features.concerns.passphrases import as_typed
from kiosk.features.concerns.sealing import PrivateKey, PublicKey, from_base64url, to_base64url

SCALAR_BYTES = 32

_CURVE = ec.SECP256R1()
_NONCE_BYTES = 12

# Each run takes 64 MiB: a rush at the desk must not take the memory that children's concerns need.
_at_most_two = threading.BoundedSemaphore(2)


class WrongPassphrase(Exception):  # noqa: N818 (reads as a sentence where it is caught)
    """The passphrase does not open this reader's key."""


class DeskLocked(Exception):  # noqa: N818 (as above)
    """The unlocked key that was kept for a session cannot be opened with this cookie."""


@dataclass(frozen=True)
class Cost:
    """How hard each guess at a passphrase is; by default the second recommendation of RFC 9106."""

    passes: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4

    def __post_init__(self) -> None:
        # Stored beside the key: whoever could change the row must not be able to take the server's memory.
        if not (1 <= self.passes <= 32 and 1 <= self.lanes <= 16):
            raise ValueError("Argon2 takes 1 to 32 passes in 1 to 16 lanes here.")
        if not 8 * self.lanes <= self.memory_kib <= 1024 * 1024:
            raise ValueError("Argon2 takes 8 KiB a lane to 1 GiB here.")


@dataclass(frozen=True)
class SealedReaderKey:
    """A reader's key pair as it is stored: the private half opens with the passphrase alone."""

    public: PublicKey
    salt: bytes
    params: Cost
    wrapped: bytes

    def to_json(self) -> str:
        """The sealed key as JSON."""
        texts = {"public": self.public.text, "salt": to_base64url(self.salt)}
        return json.dumps({**texts, "params": asdict(self.params), "wrapped": to_base64url(self.wrapped)})

    @classmethod
    def from_json(cls, text: str) -> SealedReaderKey:
        """Read what `to_json` wrote; raises ValueError."""
        fields = json.loads(text)
        try:
            return cls(
                PublicKey.from_text(fields["public"]),
                from_base64url(fields["salt"]),
                Cost(**fields["params"]),
                from_base64url(fields["wrapped"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError("This is not a sealed reader's key.") from error


def make_reader_key(passphrase: str, cost: Cost | None = None) -> SealedReaderKey:
    """A new key pair for a reader, under their passphrase."""
    return seal_reader_key(ec.generate_private_key(_CURVE), passphrase, cost)


def seal_reader_key(private_key: PrivateKey, passphrase: str, cost: Cost | None = None) -> SealedReaderKey:
    """The same key pair under a new passphrase."""
    public, salt, params, nonce = PublicKey.of(private_key), os.urandom(16), cost or Cost(), os.urandom(12)
    cipher = AESGCM(_key_from(passphrase, salt, params))
    wrapped = nonce + cipher.encrypt(nonce, scalar_of(private_key), _bound_to(public))
    return SealedReaderKey(public, salt, params, wrapped)


def unlock(sealed: SealedReaderKey, passphrase: str) -> PrivateKey:
    """The reader's private key; raises WrongPassphrase."""
    cipher = AESGCM(_key_from(passphrase, sealed.salt, sealed.params))
    nonce, ciphertext = sealed.wrapped[:_NONCE_BYTES], sealed.wrapped[_NONCE_BYTES:]
    try:
        scalar = cipher.decrypt(nonce, ciphertext, _bound_to(sealed.public))
    except (InvalidTag, ValueError):
        raise WrongPassphrase from None
    return private_key_of(scalar)


def lock_for_session(private_key: PrivateKey) -> tuple[bytes, str]:
    """An unlocked key for the server to keep, and the cookie's key without which that is noise."""
    cookie_key, nonce = AESGCM.generate_key(256), os.urandom(_NONCE_BYTES)
    blob = nonce + AESGCM(cookie_key).encrypt(nonce, scalar_of(private_key), b"e-safety-kiosk desk 1")
    return blob, to_base64url(cookie_key)


def open_from_session(blob: bytes, cookie_key: str) -> PrivateKey:
    """The unlocked key again; raises DeskLocked."""
    try:
        cipher = AESGCM(from_base64url(cookie_key))
        scalar = cipher.decrypt(blob[:_NONCE_BYTES], blob[_NONCE_BYTES:], b"e-safety-kiosk desk 1")
    except (InvalidTag, ValueError):
        raise DeskLocked from None
    return private_key_of(scalar)


def _key_from(passphrase: str, salt: bytes, params: Cost) -> bytes:
    typed = as_typed(passphrase).encode("utf-8", "surrogatepass")
    with _at_most_two:
        return hash_secret_raw(typed, salt, params.passes, params.memory_kib, params.lanes, 32, Type.ID)


def _bound_to(public: PublicKey) -> bytes:
    return b"e-safety-kiosk reader 1" + public.raw


def scalar_of(private_key: PrivateKey) -> bytes:
    """The 32 bytes of a private key."""
    return private_key.private_numbers().private_value.to_bytes(SCALAR_BYTES, "big")


def private_key_of(scalar: bytes) -> PrivateKey:
    """The private key of those bytes; raises ValueError where they make none."""
    return ec.derive_private_key(int.from_bytes(scalar, "big"), _CURVE)


