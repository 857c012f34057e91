"""What may be a desk passphrase, and what is suggested."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.features.concerns.keys import (
    Cost,
)
from kiosk.features.concerns.passphrases import passphrase_problem, suggest_passphrase

CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
PASSPHRASE = "otter piano window lemon"
COMPONENT = Path(__file__).parents[3] / "static/components/recovery"


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())

NAMES = ["Amina Hussain", "St Mary's Primary School"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "too-short"),
        ("otter piano window", None),
        ("otter piano win", "too-short"),
        ("a b c d e f", "too-short"),
        ("cat dog cat dog", "too-short"),
        ("cat dog fox owl", None),
        ("hK3$9vQz!pL2wX8r", None),
        ("hK3$9vQz!pL2wX8", "too-short"),
        ("my gran makes plum jam", None),
        ("moja babcia lubi kwiaty", None),
        ("میری نانی باغ میں", None),
        ("x" * 201, "too-long"),
        ("a" * 16, "common"),
        ("passwordpassword1", "common"),
        ("P@ssw0rd P@ssw0rd", "common"),
        ("Password12345678", "common"),
        ("1234567890123456", "common"),
        ("qwertyuiopasdfgh", "common"),
        ("zyxwvutsrqponmlk", "common"),
        ("correct horse battery staple", "common"),
        ("Twinkle twinkle little star", "common"),
        ("safeguarding2024!", "common"),
        ("password otter piano window lemon", None),
        ("Amina Hussain 2019", "name"),
        ("ST MARYS PRIMARY SCHOOL", "name"),
        ("aminahussainamina", "name"),
        ("amina likes otter piano window lemon", None),
    ],
)
def test_what_may_be_a_passphrase(text: str, problem: str | None) -> None:
    assert passphrase_problem(text, names=NAMES) == problem


@settings(deadline=None)
@given(st.text(max_size=250), st.lists(st.text(max_size=30), max_size=3))
def test_any_text_gets_an_answer(text: str, names: list[str]) -> None:
    assert passphrase_problem(text, names=names) in {None, "too-short", "too-long", "common", "name"}


def test_the_suggested_words_are_many_plain_and_different() -> None:
    words = files("kiosk.features.concerns").joinpath("passphrase_words.txt").read_text("ascii").splitlines()
    assert len(words) >= 1024 and words == sorted(set(words))
    assert all(re.fullmatch(r"[a-z]{3,7}", word) for word in words)


def test_a_suggested_passphrase_may_be_used() -> None:
    suggested = [suggest_passphrase() for _ in range(500)]
    assert all(len(set(phrase.split())) == 5 and passphrase_problem(phrase) is None for phrase in suggested)
    assert len(set(suggested)) == 500
