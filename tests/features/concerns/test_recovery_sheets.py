"""The recovery key on its two sheets."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.features.concerns import recovery_sheets
from kiosk.features.concerns.keys import (
    Cost,
)
from kiosk.features.concerns.recovery_sheets import (
    MistypedLines,
    Sheet,
    SheetError,
    SheetsDoNotMatch,
    recovery_from_sheets,
    split_recovery_key,
)

CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
PASSPHRASE = "otter piano window lemon"
COMPONENT = Path(__file__).parents[3] / "static/components/recovery"


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


# The recovery key on two sheets


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 2**256 - 2**224))
def test_any_recovery_key_comes_back_from_its_sheets_in_either_order(scalar: int) -> None:
    a, b = split_recovery_key(ec.derive_private_key(scalar, ec.SECP256R1()))
    assert recovery_from_sheets(a, b).private_numbers().private_value == scalar
    assert recovery_from_sheets(b, a).private_numbers().private_value == scalar


def test_a_sheet_is_four_lines_of_four_groups() -> None:
    a, b = split_recovery_key(new_key())
    assert (a.letter, b.letter) == ("A", "B") and a.key_id == b.key_id
    for line in a.lines + b.lines:
        assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}( [0-9A-HJKMNP-TV-Z]{4}){3}", line)
    assert all(line not in repr(a) for line in a.lines)


def test_each_split_is_another_so_that_a_lost_sheet_is_worth_nothing_beside_a_new_pair() -> None:
    private_key = new_key()
    old_a, _ = split_recovery_key(private_key)
    _, new_b = split_recovery_key(private_key)
    with pytest.raises(SheetsDoNotMatch):
        recovery_from_sheets(old_a, new_b)


def test_a_sheet_may_be_typed_as_people_type() -> None:
    private_key = new_key()
    a, b = split_recovery_key(private_key)
    typed = tuple(line.lower().replace("0", "o").replace("1", "l").replace(" ", "-") for line in a.lines)
    assert recovery_from_sheets(dataclasses.replace(a, lines=typed), b).private_numbers() == (
        private_key.private_numbers()
    )


def mistyped(sheet: Sheet, number: int, line: str) -> Sheet:
    return dataclasses.replace(sheet, lines=(*sheet.lines[: number - 1], line, *sheet.lines[number:]))


def test_every_single_mistyped_character_is_found_in_its_line() -> None:
    a, b = split_recovery_key(new_key())
    for number, line in enumerate(a.lines, 1):
        for at in range(len(line)):
            wrong = line[:at] + ("Z" if line[at] != "Z" else "Y") + line[at + 1 :]
            with pytest.raises(MistypedLines) as error:
                recovery_from_sheets(mistyped(a, number, wrong), b)
            assert error.value.lines == (("A", number),)


def test_every_mistyped_line_is_named_at_once() -> None:
    a, b = split_recovery_key(new_key())
    wrong_a = mistyped(mistyped(a, 2, a.lines[2]), 4, "")
    wrong_b = mistyped(b, 1, b.lines[0][:-1])
    with pytest.raises(MistypedLines, match="sheet A line 2, sheet A line 4, sheet B line 1") as error:
        recovery_from_sheets(wrong_b, wrong_a)
    assert error.value.lines == (("A", 2), ("A", 4), ("B", 1))


@pytest.mark.parametrize("line", ["UUUU UUUU UUUU UUUU", "ÄÖÜß" * 4, "٣" * 16, "0" * 17, "0" * 15, "!" * 16])
def test_a_line_of_other_characters_is_mistyped(line: str) -> None:
    a, b = split_recovery_key(new_key())
    with pytest.raises(MistypedLines):
        recovery_from_sheets(mistyped(a, 1, line), b)


def test_sheets_of_two_keys_do_not_match() -> None:
    a, _ = split_recovery_key(new_key())
    _, b = split_recovery_key(new_key())
    for other in (b, dataclasses.replace(b, key_id=a.key_id), a):
        with pytest.raises(SheetsDoNotMatch):
            recovery_from_sheets(a, other)


def test_sheets_that_make_no_key_do_not_match() -> None:
    nothing = {letter: Sheet(letter, "0" * 20, recovery_sheets._lines(letter, bytes(32))) for letter in "AB"}
    with pytest.raises(SheetsDoNotMatch):
        recovery_from_sheets(nothing["A"], nothing["B"])


@pytest.mark.parametrize(("letter", "lines"), [("C", 4), ("", 4), ("A", 3), ("A", 5), ("B", 0)])
def test_a_sheet_is_a_or_b_and_has_four_lines(letter: str, lines: int) -> None:
    with pytest.raises(SheetError):
        Sheet(letter, "0" * 20, ("",) * lines)
