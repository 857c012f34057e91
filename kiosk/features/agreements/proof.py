"""The hashes that a signature stands on; anybody can work them out again with sha256sum."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

GENESIS = "0" * 64


def canonical(value: Any) -> str:
    """JSON that is the same for the same value: keys in order, no spaces, letters as they are."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()
