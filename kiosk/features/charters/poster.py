"""The charter for the wall, as data for its template: rules, strokes and the way home, and no pupil's name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from kiosk.core.links import home_address_of
from kiosk.core.schools import get_school
from kiosk.documents.qr import qr_svg
from kiosk.documents.strokes import strokes_svg
from kiosk.features.charters.models import CharterSignature
from kiosk.features.charters.queries import signatures_under
from kiosk.features.charters.types import CharterView, RuleView
from kiosk.features.charters.wording import runs_right_to_left
from kiosk.features.people.models import SchoolClass
from kiosk.reading.lexicon import load_lexicon
from kiosk.reading.sets import SymbolSet, find_set
from kiosk.reading.symbols import attribution, drawing
from kiosk.reading.text import Sentence
from kiosk.web.passages import concepts_in, sets_folder

PAPERS = ("a4", "a3")


def poster_data(school_class: SchoolClass, charter: CharterView, paper: str) -> dict[str, Any]:
    """Everything that stands on the poster, in the charter's language. The charter is a settled one of that class."""
    address = home_address_of(school_class.id)
    signatures = signatures_under(charter.id) if charter.id else []
    with force_locale(charter.language):
        return {
            "title": _("The charter of %(name)s", name=school_class.name),
            "school": get_school().name,
            "year": f"{school_class.year}–{(school_class.year + 1) % 100:02}",
            "language": charter.language,
            "paper": paper,
            "rules": [_rule(number, rule) for number, rule in enumerate(charter.settled_rules, start=1)],
            "signatures": [{"svg": _signature(one, face), "alt": _("A signature")} for one, face in signatures],
            "signed_title": _("We signed"),
            "qr": qr_svg(address) if address else None,
            "qr_alt": _("A code that opens this charter at home"),
            "home_title": _("At home"),
            "home_text": _("Point a phone here."),
            "attribution": attribution(_symbol_set()),
        }


def _rule(number: int, rule: RuleView) -> dict[str, Any]:
    words = [word for sentence in rule.written.sentences for word in _words(sentence)]
    return {"number": number, "words": words, "rtl": runs_right_to_left(rule.plain)}


def _words(sentence: Sentence) -> Iterator[dict[str, Any]]:
    """The words of a sentence, its symbols all of the school's set or, where that lacks one, none."""
    lexicon, chosen, tone = load_lexicon(), _symbol_set(), get_school().symbol_tone
    of = chosen if chosen and chosen.has_all(concepts_in(sentence)) else None
    for token in sentence.tokens:
        known = token.concept is not None and token.concept in lexicon
        yield {"text": token.text, "svg": drawing(token.concept, of=of, tone=tone) if known else None}


def _symbol_set() -> SymbolSet | None:
    return find_set(sets_folder(), get_school().symbol_set)


def _signature(signature: CharterSignature, face: str) -> str:
    """The strokes; for who typed a name or chose a symbol, a symbol: no name hangs on the wall."""
    drawn = strokes_svg(signature.strokes) if signature.strokes else ""
    if drawn:
        return drawn
    lexicon = load_lexicon()
    return drawing(next(one for one in (signature.symbol, face, "child") if one and one in lexicon))
