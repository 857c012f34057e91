"""The recovery key on two sheets of paper.

A sheet, version 1, which the head's browser prints alike: sheet A is 32 random bytes, sheet B those
bytes XOR the private scalar, so either sheet alone says nothing. Each is four lines of 8 bytes; a line is its
8 bytes and a check code of 2 bytes (of SHA-256 over `e-safety-kiosk recovery sheet 1`, letter and number of
the line, and the 8 bytes), written as 16 characters of Crockford's base32 in groups of four.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from kiosk.features.concerns.keys import SCALAR_BYTES, private_key_of, scalar_of
from kiosk.features.concerns.sealing import PrivateKey, PublicKey

SHEET_LINES = 4

_LINE_BYTES = SCALAR_BYTES // SHEET_LINES
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class SheetError(ValueError):
    """The two recovery sheets, as typed, do not give the recovery key."""


class MistypedLines(SheetError):  # noqa: N818 (as above)
    """Some lines do not match their check codes; `lines` names them as (sheet letter, number from 1)."""

    def __init__(self, lines: Sequence[tuple[str, int]]) -> None:
        super().__init__(", ".join(f"sheet {letter} line {number}" for letter, number in lines))
        self.lines = tuple(lines)


class SheetsDoNotMatch(SheetError):  # noqa: N818 (as above)
    """Both sheets are well typed, but they are not the two halves of the one recovery key."""


@dataclass(frozen=True)
class Sheet:
    """One half of the recovery key, as printed or as typed again."""

    letter: str
    key_id: str
    lines: tuple[str, ...] = field(repr=False)

    def __post_init__(self) -> None:
        if self.letter not in ("A", "B") or len(self.lines) != SHEET_LINES:
            raise SheetError(f"A sheet is A or B and has {SHEET_LINES} lines.")


def split_recovery_key(private_key: PrivateKey) -> tuple[Sheet, Sheet]:
    """The recovery key on two sheets, A and B, each worth nothing without the other."""
    key_id = PublicKey.of(private_key, "recovery").key_id
    half = os.urandom(SCALAR_BYTES)
    halves = {"A": half, "B": _xor(half, scalar_of(private_key))}
    sheet_a, sheet_b = (Sheet(letter, key_id, _lines(letter, data)) for letter, data in halves.items())
    return sheet_a, sheet_b


def recovery_from_sheets(a: Sheet, b: Sheet) -> PrivateKey:
    """The recovery key from both sheets as typed, in either order; raises SheetError, of two kinds."""
    if a.letter == b.letter or a.key_id != b.key_id:
        raise SheetsDoNotMatch("These are not sheet A and sheet B of one key.")
    mistyped: list[tuple[str, int]] = []
    joined = bytes(SCALAR_BYTES)
    for sheet in sorted((a, b), key=lambda sheet: sheet.letter):
        parts = [_part(sheet.letter, number, line) for number, line in enumerate(sheet.lines, 1)]
        mistyped += [(sheet.letter, number) for number, part in enumerate(parts, 1) if part is None]
        joined = _xor(joined, b"".join(part or bytes(_LINE_BYTES) for part in parts))
    if mistyped:
        raise MistypedLines(mistyped)
    try:
        private_key = private_key_of(joined)
    except ValueError:
        raise SheetsDoNotMatch("The two sheets do not make a key.") from None
    if PublicKey.of(private_key, "recovery").key_id != a.key_id:
        raise SheetsDoNotMatch("The two sheets make another key than the one that they name.")
    return private_key


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(left ^ right for left, right in zip(one, other, strict=True))


def _check_code(letter: str, number: int, part: bytes) -> bytes:
    return hashlib.sha256(f"e-safety-kiosk recovery sheet 1{letter}{number}".encode() + part).digest()[:2]


def _lines(letter: str, half: bytes) -> tuple[str, ...]:
    parts = [half[start : start + _LINE_BYTES] for start in range(0, SCALAR_BYTES, _LINE_BYTES)]
    return tuple(_line(part + _check_code(letter, number, part)) for number, part in enumerate(parts, 1))


def _line(data: bytes) -> str:
    number = int.from_bytes(data, "big")
    text = "".join(_CROCKFORD[number >> shift & 31] for shift in range(75, -1, -5))
    return " ".join(text[start : start + 4] for start in range(0, 16, 4))


def _part(letter: str, number: int, typed: str) -> bytes | None:
    """The 8 bytes of a line as typed, or None if its check code does not match."""
    text = re.sub(r"[\s-]", "", typed.upper()).translate(str.maketrans("OIL", "011"))
    if len(text) != 16 or not set(text) <= set(_CROCKFORD):
        return None
    value = functools.reduce(lambda value, character: value << 5 | _CROCKFORD.index(character), text, 0)
    data = value.to_bytes(10, "big")
    part = data[:_LINE_BYTES]
    return part if secrets.compare_digest(data[_LINE_BYTES:], _check_code(letter, number, part)) else None
