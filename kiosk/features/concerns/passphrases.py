"""Which passphrases a desk may have, one that is suggested, and one spelling whatever the keyboard."""

from __future__ import annotations

import functools
import importlib.resources
import re
import secrets
import unicodedata
from collections.abc import Iterable

MOST_PASSPHRASE_CHARACTERS = 200

_WORD = re.compile(r"[^\W\d_]{3,}")
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl")
_RUNS = {row[at : at + 4] for line in _ROWS for row in (line, line[::-1]) for at in range(len(row) - 3)}
_REPEATS = re.compile(r"(.{2,}?)(?:[\W_]*\1)+|(.)\2{2,}")
_LOOKALIKES = str.maketrans({"@": "a", "$": "s", "0": "o", "3": "e"})
_OBVIOUS = """password, passphrase, passwort, hasło, let me in, welcome, administrator, admin, login,
one two three, open sesame, i love you, monkey, dragon, sunshine, princess, football, superman, batman,
liverpool, arsenal, chelsea, manchester united, safeguarding, teacher, academy, school, primary, secret,
correct horse, battery staple, the quick brown fox, jumps over, the lazy dog, may the force be with you,
to be or not to be, that is the question, keep calm, and carry on, once upon a time, happy birthday,
twinkle twinkle, little star, mary had a, little lamb, humpty dumpty, sat on a wall, incy wincy spider,
row row row, your boat, the wheels on the bus, go round and round, old macdonald, had a farm, baa baa,
black sheep, jack and jill, went up the hill, heads shoulders, knees and toes, if you are happy"""
_OBVIOUS_PHRASES = re.compile(
    "|".join(r"[\W_]*".join(map(re.escape, phrase.split())) for phrase in _OBVIOUS.split(","))
)


def passphrase_problem(text: str, *, names: Iterable[str] = ()) -> str | None:
    """Why this may not be a desk passphrase: `too-short`, `too-long`, `common`, `name`, or None.

    It needs four words (of three letters or more) or 16 characters, and still so without the words of `names`
    (the person's, the school's) and without what everybody would guess.
    """
    if len(text) > MOST_PASSPHRASE_CHARACTERS:
        return "too-long"
    phrase = as_typed(text).casefold()
    if not _is_long_enough(phrase):
        return "too-short"
    for word in {word for name in names for word in _WORD.findall(as_typed(name).casefold())}:
        phrase = phrase.replace(word, "")
    if not _is_long_enough(phrase):
        return "name"
    return None if _is_long_enough(_without_the_obvious(phrase)) else "common"


def suggest_passphrase() -> str:
    """Five plain words by chance, some 50 bits: enough behind Argon2id."""
    return " ".join(secrets.SystemRandom().sample(_suggested_words(), 5))


def _is_long_enough(phrase: str) -> bool:
    return len(" ".join(phrase.split())) >= 16 or len(set(_WORD.findall(phrase))) >= 4


def _without_the_obvious(phrase: str) -> str:
    in_runs = {at + step for at in range(len(phrase)) if phrase[at : at + 4] in _RUNS for step in range(4)}
    rest = "".join(character for at, character in enumerate(phrase) if at not in in_runs)
    rest = _OBVIOUS_PHRASES.sub("", rest.translate(_LOOKALIKES))
    return _REPEATS.sub(lambda repeat: repeat[1] or repeat[2], rest)


def as_typed(text: str) -> str:
    """One spelling whatever the keyboard: composed letters, single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


@functools.cache
def _suggested_words() -> tuple[str, ...]:
    words = importlib.resources.files(__package__).joinpath("passphrase_words.txt")
    return tuple(words.read_text(encoding="ascii").split())
