"""How much of the pupil's text there is: by band and strand, by level, with symbols, sound, languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass

from kiosk.content import markup
from kiosk.content.catalogue import Catalogues
from kiosk.content.checking import MOST_SYMBOLS, LexiconLike, has_symbol_beside
from kiosk.content.levelled import Levelled
from kiosk.content.types import Content
from kiosk.content.vocabulary import BANDS, LEVELS, STRANDS
from kiosk.content.walking import concepts_of, texts_of


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of files, and shares from 0 to 1."""

    lessons: int
    agreements: int
    by_band: Mapping[str, int]
    by_strand: Mapping[str, int]
    levels: float
    symbols: float
    voice: float
    languages: Mapping[str, float]

    def as_dict(self) -> dict[str, object]:
        """The report as JSON has it."""
        return asdict(self)


def coverage(
    content: Content,
    lexicon: LexiconLike,
    has_voice: Callable[[str, str], bool],
    catalogues: Catalogues,
    reviewed: LexiconLike | None = None,
) -> Report:
    """Measure the content.

    `has_voice` says of a plain text and a language whether its sound is there; `reviewed` is the part of the
    lexicon that somebody has reviewed, without which all of it counts as reviewed.
    """
    lessons = content.lessons.values()
    texts = tuple(texts_of(content))
    return Report(
        lessons=len(content.lessons),
        agreements=len(content.agreements),
        by_band={band: sum(lesson.band == band for lesson in lessons) for band in BANDS},
        by_strand={strand: sum(lesson.strand == strand for lesson in lessons) for strand in STRANDS},
        levels=_share(content.tally.written, content.tally.wanted),
        symbols=_part(_symbols(content, texts, lexicon, reviewed or lexicon)),
        voice=_part(_voice(texts, has_voice, catalogues)),
        languages={
            language: _part(
                catalogues.find_translation(levelled, level, language) is not None
                for levelled, _path in texts
                for level in LEVELS
            )
            for language in catalogues.languages
        },
    )


def _symbols(
    content: Content,
    texts: tuple[tuple[Levelled, str], ...],
    lexicon: LexiconLike,
    reviewed: LexiconLike,
) -> Iterator[bool]:
    """Whether each sentence at symbols level shows reviewed symbols only, and each concept named is reviewed."""
    for levelled, path in texts:
        for sentence in markup.sentences(levelled.symbols):
            shown = lexicon.symbols_in(sentence.text)
            yield (
                all(reviewed.knows(concept) for concept in markup.named_concepts(sentence.text))
                and reviewed.symbols_in(sentence.text) == shown
                and (has_symbol_beside(path) or 1 <= shown <= MOST_SYMBOLS)
            )
    for concept, _path in concepts_of(content):
        yield reviewed.knows(concept)


def _voice(
    texts: tuple[tuple[Levelled, str], ...], has_voice: Callable[[str, str], bool], catalogues: Catalogues
) -> Iterator[bool]:
    """Whether each text, in each language that has it, can be heard."""
    for language in catalogues.languages:
        for levelled, _path in texts:
            for level in LEVELS:
                text = catalogues.find_translation(levelled, level, language)
                if text is not None:
                    yield has_voice(markup.plain(text), language)


def _part(each: Iterator[bool]) -> float:
    answers = list(each)
    return _share(sum(answers), len(answers))


def _share(part: int, whole: int) -> float:
    """Rounded down, so that 1 means all of it; of nothing, there is nothing."""
    return part * 10_000 // whole / 10_000 if whole else 0.0


