"""How a home link's token is made, and how long a link lives."""

from __future__ import annotations

import base64
import re
from datetime import UTC, date, datetime

from kiosk.core.clock import school_year
from kiosk.core.identity import keyed_hash

PURPOSE = "home"
LETTERS = 16
"""Of base32: 80 bits, which nobody guesses, in a code that stays coarse."""


def home_token(key: bytes, school_id: str, class_id: str, serial: int) -> str:
    """The token of a link: the same each time it is computed, so that a lost poster can be printed again."""
    digest = keyed_hash(key, PURPOSE, school_id, class_id, str(serial))
    return base64.b32encode(digest).decode()[:LETTERS]


def is_token(text: str) -> bool:
    """Whether this could be a token at all; a phone may hand it on in small letters."""
    return re.fullmatch(r"[A-Z2-7]{16}", text.upper()) is not None


def end_of_school_year(day: date) -> datetime:
    """A link made on that day lives until the September after next summer has begun."""
    return datetime(school_year(day) + 1, 10, 1, tzinfo=UTC)


def home_address(base: str, token: str) -> str:
    """What the QR code says: capitals and digits alone."""
    return f"{base}/H/{token}".upper()
