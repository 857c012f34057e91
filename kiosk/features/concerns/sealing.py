"""Seals what a child tells, so that nobody but the chosen readers and the recovery key opens it.

The envelope, version 1, which the tablet's own code builds byte for byte alike:

- context: `e-safety-kiosk envelope`, version, suite, school, concern, kind in UTF-8, joined by line feeds;
- plaintext: length of the JSON (4 bytes, big-endian), the JSON object in UTF-8, zeros up to a whole KiB;
- ciphertext: AES-256-GCM(data key, nonce of 12 bytes, plaintext, associated data = context), tag at the end;
- wrapped, one for each reader and one for the recovery key: RFC 9180 base mode, DHKEM(P-256, HKDF-SHA256),
  HKDF-SHA256, AES-256-GCM, of the data key (32 bytes), `info` = context, no aad: 65 bytes enc, 48 bytes ct;
- key id: the first 20 hexadecimal digits of SHA-256 over the public key as an uncompressed point;
- in JSON, every byte string is base64url without padding.

HPKE's base mode says who may open an envelope, never who made it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VERSION = 1
SUITE = "hpke-base.dhkem-p256-hkdf-sha256.hkdf-sha256.aes-256-gcm"
STEP = 1024
# The longest text of 16 KiB takes six times as much in JSON when each of its characters has to be escaped.
MOST_PAYLOAD_BYTES = 128 * STEP
MOST_WRAPS = 64
MOST_JSON_CHARACTERS = 256 * 1024
WRAPPED_BYTES = 65 + 32 + 16

_HPKE = hpke.Suite(hpke.KEM.P256, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_LENGTH_BYTES = 4
_NONCE_BYTES = 12
_TAG_BYTES = 16
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_KEY_ID = re.compile(r"[0-9a-f]{20}", re.ASCII)

PrivateKey = ec.EllipticCurvePrivateKey
Role = Literal["reader", "recovery"]


class CannotOpen(Exception):  # noqa: N818 (reads as a sentence where it is caught)
    """This key does not open this envelope here; why not is nobody's business."""


class CannotSeal(ValueError):  # noqa: N818 (as above)
    """The envelope would be one that the school could lose or that is too big."""


@dataclass(frozen=True)
class PublicKey:
    """A public key that a concern may be sealed to, as an uncompressed point of P-256 (65 bytes)."""

    raw: bytes
    role: Role = "reader"

    def __post_init__(self) -> None:
        if len(self.raw) != 65:
            raise ValueError("A public key is an uncompressed point of 65 bytes.")
        _point(self.raw)

    @classmethod
    def of(cls, private_key: PrivateKey, role: Role = "reader") -> PublicKey:
        """The public half of a private key."""
        return cls(private_key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint), role)

    @classmethod
    def from_text(cls, text: str, role: Role = "reader") -> PublicKey:
        """Read base64url, as a browser posts it; raises ValueError."""
        return cls(from_base64url(text), role)

    @property
    def text(self) -> str:
        """The key as base64url."""
        return to_base64url(self.raw)

    @property
    def key_id(self) -> str:
        """A short name of the key, to find its wrap by and to print."""
        return hashlib.sha256(self.raw).hexdigest()[:20]


@dataclass(frozen=True)
class Context:
    """Where an envelope belongs: it opens nowhere else."""

    school: str
    concern: str
    kind: str = "concern"

    def __post_init__(self) -> None:
        if not all(_ID.fullmatch(part) for part in (self.school, self.concern, self.kind)):
            raise ValueError("School, concern and kind are 1 to 64 of A-Z a-z 0-9 . _ - each.")

    def as_bytes(self, version: int = VERSION, suite: str = SUITE) -> bytes:
        """The one byte string that stands for this context."""
        # None of the parts can hold a line feed, so no two contexts give the same bytes.
        lines = ("e-safety-kiosk envelope", str(version), suite, self.school, self.concern, self.kind)
        return "\n".join(lines).encode()


@dataclass(frozen=True)
class Wrap:
    """The data key of one envelope, wrapped to one key."""

    key_id: str
    wrapped: bytes


@dataclass(frozen=True)
class Envelope:
    """A sealed payload and the wraps of its data key; safe to store and to send."""

    version: int
    suite: str
    nonce: bytes
    ciphertext: bytes
    wraps: tuple[Wrap, ...]

    @property
    def key_ids(self) -> frozenset[str]:
        """The ids of the keys that open it."""
        return frozenset(wrap.key_id for wrap in self.wraps)

    def to_json(self) -> str:
        """The envelope as JSON, the same text for the same envelope."""
        wraps = [{"key_id": wrap.key_id, "wrapped": to_base64url(wrap.wrapped)} for wrap in self.wraps]
        return json.dumps(
            {
                "version": self.version,
                "suite": self.suite,
                "nonce": to_base64url(self.nonce),
                "ciphertext": to_base64url(self.ciphertext),
                "wraps": wraps,
            },
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> Envelope:
        """Read what `to_json` or a tablet wrote; raises CannotOpen for anything of another shape or size."""
        try:
            return _read_envelope(text)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise CannotOpen from None


def seal(payload: Mapping[str, Any], *, context: Context, to: Sequence[PublicKey]) -> Envelope:
    """Seal a JSON object to at least one reader and the recovery key; raises CannotSeal."""
    roles = {key.role for key in to}
    if "recovery" not in roles:
        raise CannotSeal("The recovery key is missing: a lost passphrase would lose this for ever.")
    if "reader" not in roles:
        raise CannotSeal("No reader's key is given: nobody would read this.")
    if len({key.raw for key in to}) < len(to):
        raise CannotSeal("The same key is given twice.")
    if len(to) > MOST_WRAPS:
        raise CannotSeal(f"At most {MOST_WRAPS} keys can open one envelope.")
    padded = _pad(payload)
    data_key, nonce, bound = os.urandom(32), os.urandom(_NONCE_BYTES), context.as_bytes()
    ciphertext = AESGCM(data_key).encrypt(nonce, padded, bound)
    return Envelope(VERSION, SUITE, nonce, ciphertext, tuple(_wrap(data_key, key, bound) for key in to))


def open_with(private_key: PrivateKey, envelope: Envelope, context: Context) -> dict[str, Any]:
    """The payload, for a private key that the envelope was sealed to; raises CannotOpen."""
    opened = _opened(private_key, envelope, context)
    # Raised outside any except block, so that no chained exception carries decrypted text into a log.
    if opened is None:
        raise CannotOpen
    return opened[1]


def rewrap(envelope: Envelope, context: Context, *, by: PrivateKey, to: Sequence[PublicKey]) -> Envelope:
    """The same envelope with wraps for further keys, made by a reader who can open it; raises CannotOpen."""
    opened = _opened(by, envelope, context)
    if opened is None:
        raise CannotOpen
    further = {key.key_id: key for key in to if key.key_id not in envelope.key_ids}
    if len(envelope.wraps) + len(further) > MOST_WRAPS:
        raise CannotSeal(f"At most {MOST_WRAPS} keys can open one envelope.")
    bound = context.as_bytes()
    return replace(
        envelope, wraps=envelope.wraps + tuple(_wrap(opened[0], key, bound) for key in further.values())
    )


def to_base64url(data: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Bytes of base64url without padding, in its one canonical spelling; raises ValueError."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        data = b""
    if to_base64url(data) != text:
        raise ValueError("This is not base64url without padding.")
    return data


def _point(raw: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)


def _wrap(data_key: bytes, key: PublicKey, bound: bytes) -> Wrap:
    return Wrap(key.key_id, _HPKE.encrypt(data_key, _point(key.raw), info=bound))


def _opened(
    private_key: PrivateKey, envelope: Envelope, context: Context
) -> tuple[bytes, dict[str, Any]] | None:
    """Data key and payload, or None whatever the reason."""
    try:
        bound = context.as_bytes(envelope.version, envelope.suite)
        mine = PublicKey.of(private_key).key_id
        wrapped = next(wrap.wrapped for wrap in envelope.wraps if wrap.key_id == mine)
        data_key = _HPKE.decrypt(wrapped, private_key, info=bound)
        return data_key, _unpad(AESGCM(data_key).decrypt(envelope.nonce, envelope.ciphertext, bound))
    except (InvalidTag, ValueError, TypeError, StopIteration, RecursionError):
        return None


def _pad(payload: Mapping[str, Any]) -> bytes:
    text = json.dumps(dict(payload), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    body = _without_lone_surrogates(text).encode()
    if len(body) > MOST_PAYLOAD_BYTES - _LENGTH_BYTES:
        raise CannotSeal(f"At most {MOST_PAYLOAD_BYTES // STEP} KiB can be sealed at once.")
    exact = len(body).to_bytes(_LENGTH_BYTES, "big") + body
    return exact + bytes(-len(exact) % STEP)


def _unpad(padded: bytes) -> dict[str, Any]:
    end = _LENGTH_BYTES + int.from_bytes(padded[:_LENGTH_BYTES], "big")
    if len(padded) % STEP or not 0 <= len(padded) - end < STEP or any(padded[end:]):
        raise ValueError
    payload = json.loads(padded[_LENGTH_BYTES:end].decode(), parse_constant=_refuse)
    if not isinstance(payload, dict):
        raise ValueError
    # A tablet may have cut an emoji in two: nothing that is shown or stored later could hold half of one.
    whole: dict[str, Any] = json.loads(_without_lone_surrogates(json.dumps(payload, ensure_ascii=False)))
    return whole


def _without_lone_surrogates(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _read_envelope(text: str) -> Envelope:
    if len(text) > MOST_JSON_CHARACTERS:
        raise ValueError
    fields = json.loads(text)
    if fields.keys() != {"version", "suite", "nonce", "ciphertext", "wraps"}:
        raise ValueError
    if type(fields["version"]) is not int or fields["version"] != VERSION or fields["suite"] != SUITE:
        raise ValueError
    nonce, ciphertext = from_base64url(fields["nonce"]), from_base64url(fields["ciphertext"])
    steps, rest = divmod(len(ciphertext) - _TAG_BYTES, STEP)
    if len(nonce) != _NONCE_BYTES or rest or not 1 <= steps <= MOST_PAYLOAD_BYTES // STEP:
        raise ValueError
    wraps = tuple(_read_wrap(wrap) for wrap in fields["wraps"])
    if not 1 <= len(wraps) <= MOST_WRAPS or len({wrap.key_id for wrap in wraps}) < len(wraps):
        raise ValueError
    return Envelope(VERSION, SUITE, nonce, ciphertext, wraps)


def _read_wrap(fields: dict[str, str]) -> Wrap:
    if fields.keys() != {"key_id", "wrapped"} or not _KEY_ID.fullmatch(fields["key_id"]):
        raise ValueError
    wrapped = from_base64url(fields["wrapped"])
    if len(wrapped) != WRAPPED_BYTES:
        raise ValueError
    return Wrap(fields["key_id"], wrapped)
