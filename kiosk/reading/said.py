"""What is said for each word that is written: a telephone number is said digit by digit, as a child will dial it."""

from __future__ import annotations

import re
import unicodedata

EMERGENCY = {"999", "112", "111", "101"}

_DIGITS = re.compile(r"^(\W*)(\d+)(\W*)$")


def said(text: str) -> list[str]:
    """What the engine is given, one entry for each of text.split(), with a stop after each line that has none."""
    entries = []
    for line in unicodedata.normalize("NFC", text).splitlines():
        words = line.split()
        if words and words[-1][-1].isalnum():
            words[-1] += "."
        entries += _dialled(words)
    return entries


def _dialled(words: list[str]) -> list[str]:
    """The words of a line, with telephone numbers apart: "0800 1111" would be eight hundred, one thousand and so on."""
    entries = []
    is_within_number = False
    for word in words:
        found = _DIGITS.match(word)
        if not found:
            is_within_number = False
            entries.append(word)
            continue
        before, digits, after = found.groups()
        begins = (digits.startswith("0") and len(digits) > 2) or digits in EMERGENCY
        is_within_number = begins or (is_within_number and len(digits) > 2)
        entries.append(f"{before}{' '.join(digits)}{after}" if is_within_number else word)
    return entries
