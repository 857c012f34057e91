"""A roster file: every row that cannot be used says why and what to write."""

from __future__ import annotations

import pytest

from kiosk.features.people.roster import read_rows

FACES = ("face-fox", "face-cat")
HEAD = "class,band,first_name,face,sign_in\n"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"name\nAda", "There is no column class, band, first_name"),
        ((HEAD + "Oak,year1,Ada,,").encode(), "is not a band"),
        ((HEAD + ",ks1,Ada,,").encode(), "are needed"),
        ((HEAD + "Oak,ks1,Ada,face-dragon,").encode(), "no face card"),
        ((HEAD + "Oak,ks1,Ada,,password").encode(), "not a way to sign in"),
        ((HEAD + "Oak,ks1,Ada,,\nOak,ks1,Ada,,").encode(), "has two Adas"),
        ((HEAD + "Oak,ks1,Ada,face-fox,\nOak,ks1,Ben,face-fox,").encode(), "twice"),
        ((HEAD + "Oak,ks1,Ada,,\nOak,lks2,Ben,,").encode(), "in an earlier row"),
        ((HEAD + f"Oak,ks1,{'A' * 61},,").encode(), "longer than 60"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(written: bytes, said: str) -> None:
    _, errors = read_rows(written, FACES)
    assert said in errors[-1].what


def test_a_good_file_gives_its_rows_with_their_line_numbers() -> None:
    rows, errors = read_rows(("﻿Class,Band,First name\nOak,ks1,Ada\nOak,ks1,Zoë\n").encode(), FACES)
    assert not errors
    assert [(row.number, row.first_name) for row in rows] == [(2, "Ada"), (3, "Zoë")]
