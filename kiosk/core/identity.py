"""Tokens, their hashes, and words made comparable."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata


def new_token() -> str:
    """A secret of 160 random bits, in base32 without padding."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def hash_of(token: str) -> str:
    """What is kept of a token: its SHA-256, which is enough for 160 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_hash(key: bytes, *parts: str) -> bytes:
    """HMAC-SHA256 over parts that cannot run into each other."""
    message = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
    return hmac.new(key, message, hashlib.sha256).digest()


def code_of(text: str) -> str:
    """Letters and digits alone, folded, so that 'Élise Oak' and 'elise-oak' compare alike."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
