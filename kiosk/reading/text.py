"""Cuts a text into sentences and words, and finds which words stand under which symbol."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.reading.lexicon import Lexicon, matched_form

NEGATION = "not"

_MARKUP = re.compile(r"\[([^\[\]]*[^\[\]\s][^\[\]]*)\]\(([a-z0-9-]*)\)")
# ۔ and ؟ end a sentence in Urdu; a closing quote or bracket may follow the stop.
_SENTENCE_END = re.compile(r"[.?!۔؟][\"'”’»)\]]*$")


@dataclass(frozen=True)
class Token:
    """One word with its punctuation, or several words that share one symbol."""

    text: str
    concept: str | None
    index: int  # of its first word, counted through the whole text

    @property
    def words(self) -> tuple[str, ...]:
        """Its words, as they are spoken one after the other."""
        return tuple(self.text.split())

    @property
    def first(self) -> int:
        """The index of its first word."""
        return self.index

    @property
    def last(self) -> int:
        """The index of its last word."""
        return self.index + len(self.words) - 1


@dataclass(frozen=True)
class Sentence:
    """The words of one sentence, in reading order."""

    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """The sentence as it is written, without markup."""
        return " ".join(token.text for token in self.tokens)


@dataclass(frozen=True)
class _Word:
    text: str
    line: int
    mark: int | None  # which markup covers it
    chosen: str | None  # that markup's concept; "" forbids a symbol


def plain(text: str) -> str:
    """The text without markup, one space between words: what is spoken and hashed."""
    lines = (" ".join(_MARKUP.sub(r"\1", line).split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def named_concepts(text: str) -> tuple[str, ...]:
    """The concepts that the text's own markup names, in order."""
    marks = (mark for line in text.splitlines() for mark in _MARKUP.findall(line))
    return tuple(concept for _words, concept in marks if concept)


def read(text: str, language: str, lexicon: Lexicon, *, most: int = 5) -> tuple[Sentence, ...]:
    """Sentences with at most `most` symbols each, save that markup and negations always keep theirs."""
    tokens = list(_tokens(_words(text), language, lexicon))
    return tuple(Sentence(_within(most, sentence)) for sentence in _sentences(tokens))


def _words(text: str) -> list[_Word]:
    """Every word of the text that `plain` gives, with the markup that covers any part of it."""
    words: list[_Word] = []
    marks = 0
    for line_number, line in enumerate(text.splitlines()):
        spoken, spans, end = "", [], 0
        for found in _MARKUP.finditer(line):
            spoken += line[end : found.start()]
            spans.append((len(spoken), len(spoken) + len(found[1]), marks, found[2]))
            spoken, end, marks = spoken + found[1], found.end(), marks + 1
        spoken += line[end:]
        for word in re.finditer(r"\S+", spoken):
            over = (span for span in spans if span[0] < word.end() and word.start() < span[1])
            mark, chosen = next(((number, concept) for _, _, number, concept in over), (None, None))
            words.append(_Word(word[0], line_number, mark, chosen))
    return words


def _tokens(words: list[_Word], language: str, lexicon: Lexicon) -> Iterator[tuple[Token, _Word]]:
    """Each token, with its last word, which says whether markup chose it and where its line ends."""
    at = 0
    while at < len(words):
        word = words[at]
        count, concept = 1, None
        if word.mark is None:
            count, concept = _phrase(words, at, language, lexicon)
        elif word.chosen in lexicon:
            concept = word.chosen
            while at + count < len(words) and words[at + count].mark == word.mark:
                count += 1
        together = words[at : at + count]
        if concept:
            yield Token(" ".join(each.text for each in together), concept, at), together[-1]
        else:
            yield from ((Token(each.text, None, at + n), each) for n, each in enumerate(together))
        at += count


def _phrase(words: list[_Word], at: int, language: str, lexicon: Lexicon) -> tuple[int, str | None]:
    """The longest phrase that starts here, as its number of words and its concept."""
    forms = [matched_form(words[at].text)]
    longest = lexicon.longest_phrase(forms[0], language)
    for before, after in zip(words[at:], words[at + 1 : at + longest], strict=False):
        # Punctuation or a new line between two words means that they are not one phrase.
        parted = _is_punctuation(before.text[-1]) or _is_punctuation(after.text[0])
        if after.line != before.line or after.mark is not None or parted:
            break
        forms.append(matched_form(after.text))
    for count in range(len(forms), 0, -1):
        concept = lexicon.find_phrase(tuple(forms[:count]), language)
        if concept is not None:
            return count, concept
    if language == "en" and forms[0].endswith("'s"):
        return 1, lexicon.find_phrase((forms[0].removesuffix("'s"),), language)
    return 1, None


def _is_punctuation(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PS"


def _sentences(tokens: list[tuple[Token, _Word]]) -> Iterator[list[tuple[Token, _Word]]]:
    sentence: list[tuple[Token, _Word]] = []
    for number, (token, word) in enumerate(tokens):
        sentence.append((token, word))
        is_last = number + 1 == len(tokens)
        if is_last or tokens[number + 1][1].line != word.line or _SENTENCE_END.search(token.text):
            yield sentence
            sentence = []


def _within(most: int, sentence: list[tuple[Token, _Word]]) -> tuple[Token, ...]:
    """The sentence with no more symbols than `most`; dropping a “not” would turn its meaning round."""
    left = most - sum(1 for token, word in sentence if _is_kept(token, word))
    tokens = []
    for token, word in sentence:
        if token.concept is None or _is_kept(token, word):
            tokens.append(token)
        elif left > 0:
            left -= 1
            tokens.append(token)
        else:
            tokens += [Token(text, None, token.index + n) for n, text in enumerate(token.words)]
    return tuple(tokens)


def _is_kept(token: Token, word: _Word) -> bool:
    return token.concept is not None and (word.mark is not None or token.concept == NEGATION)
