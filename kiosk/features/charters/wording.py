"""What the words of a rule may be, without a database or a request."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from kiosk.content.wording import avoided_words
from kiosk.core.identity import code_of
from kiosk.features.charters.types import LONGEST_RULE, Warned
from kiosk.reading.lexicon import Lexicon, phrase_form
from kiosk.reading.text import Token, plain, read

# Letters that join others in Urdu and in the scripts of India; every other invisible sign goes.
_JOINERS = "\u200c\u200d"
_MOST_MARKS = 2
_BRACKETS = str.maketrans("[]", "()")
_BETWEEN_WORDS = re.compile(r"[\s,.;:!?()/-]+")
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
_ENDINGS = "com|org|net|uk|co|info|io|tv|app|gg|me|edu|gov|eu|pl|pk|de|fr|games?|online|site|xyz"
_ADDRESS = re.compile(rf"https?:|\bwww\.|\w@\w|(?<!\w)@\w|\b[\w-]{{2,}}\.(?:{_ENDINGS})\b", re.IGNORECASE)


def tidy(text: str) -> str:
    """The text on one line, without invisible signs, towers of accents, or anything we would read as markup."""
    kept: list[str] = []
    marks = 0
    for letter in unicodedata.normalize("NFC", text).translate(_BRACKETS):
        category = unicodedata.category(letter)
        marks = marks + 1 if category == "Mn" else 0
        if letter.isspace():
            kept.append(" ")
        elif marks <= _MOST_MARKS and (category[0] != "C" or letter in _JOINERS):
            kept.append(letter)
    return " ".join("".join(kept).split())


def problem_of(text: str) -> str | None:
    """Why a tidied text is no rule: `empty`, `signs` (pictures instead of words) or `long`; None where it is one."""
    if not text:
        return "empty"
    shown = [letter for letter in text if not letter.isspace() and letter not in _JOINERS]
    letters = sum(unicodedata.category(letter)[0] in "LMN" for letter in shown)
    if letters < 2 or letters * 2 < len(shown):
        return "signs"
    return "long" if len(text) > LONGEST_RULE else None


def language_of(text: str, otherwise: str) -> str:
    """The language to read a text in: by its first letter's script, where that cannot be the class's own."""
    for letter in text:
        if letter.isalpha():
            is_arabic = unicodedata.bidirectional(letter) == "AL"
            if is_arabic:
                return "ur"
            return "en" if otherwise == "ur" and "LATIN" in unicodedata.name(letter, "") else otherwise
    return otherwise


def runs_right_to_left(text: str) -> bool:
    """Whether the text's first letter is of a script that runs from right to left."""
    return next((unicodedata.bidirectional(one) in {"R", "AL"} for one in text if one.isalpha()), False)


def warnings_of(text: str, first_names: Collection[str]) -> list[tuple[Warned, str]]:
    """What a teacher should look at again before a class reads this, each with the words that are meant."""
    found: list[tuple[Warned, str]] = []
    words = {code_of(word): word for word in (_POSSESSIVE.sub("", one) for one in _BETWEEN_WORDS.split(text))}
    for name in first_names:
        parts = [code_of(name), *(code_of(part) for part in re.split(r"[\s-]+", name) if len(part) > 2)]
        named = next((words[part] for part in parts if part and part in words), None)
        if named and (Warned.NAME, named) not in found:
            found.append((Warned.NAME, named))
    address = _ADDRESS.search(text)
    if address:
        whole = next(word for word in text.split() if address[0].split()[0] in word)
        found.append((Warned.ADDRESS, whole))
    found += [(Warned.TONE, said) for said, avoided in avoided_words(text, "rules") if avoided.severity == "error"]
    return found


def is_alike(one: str, other: str) -> bool:
    """Whether two rules say the same in the same words."""
    return code_of(one) == code_of(other)


def joined(what: str, when: str) -> str:
    """One sentence of what we do and when; each is a text with its symbol markup."""
    sentence = what.strip().rstrip(".")
    if when:
        sentence += ("" if when.startswith((",", "،")) else " ") + when.strip().rstrip(".")
    return f"{sentence}{'۔' if language_of(sentence, 'en') == 'ur' else '.'}"


def symbol_name(concept: str, language: str, lexicon: Lexicon) -> str:
    """What a teacher calls a concept's symbol: its first word in the language, or its id."""
    words = lexicon.get_concept(concept).words.get(language, ())
    return words[0] if words else concept


def find_concept(name: str, language: str, lexicon: Lexicon) -> str | None:
    """The concept that a teacher means by a word of the lexicon, or by the concept's id."""
    if name in lexicon:
        return name
    form = phrase_form(name)
    return lexicon.find_phrase(form, language) or lexicon.find_phrase(form, "en")


def tokens_of(text: str, language: str, lexicon: Lexicon) -> list[Token]:
    """The words of a rule with their symbols, in one list."""
    return [token for sentence in read(text, language, lexicon) for token in sentence.tokens]


def with_symbols(text: str, chosen: Sequence[str | None], language: str, lexicon: Lexicon) -> str:
    """The text with exactly these symbols, one or none for each token; without markup where none is needed."""
    words = plain(text)
    tokens = tokens_of(text, language, lexicon)
    found = {token.index: (token.text, token.concept) for token in tokens_of(words, language, lexicon)}
    wanted = {token.index: (token.text, concept) for token, concept in zip(tokens, chosen, strict=True)}
    if found == wanted:
        return words
    return " ".join(f"[{shown}]({concept or ''})" for shown, concept in wanted.values())
