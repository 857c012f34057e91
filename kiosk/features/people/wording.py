"""How a pupil likes it, in a teacher's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _

from kiosk.features.people.types import ConsentBy, Passport
from kiosk.web.display import CHOICES, KEYS, LANGUAGES, NUMBERS


@dataclass(frozen=True)
class Question:
    """One choice of the display: what it is called, and what its values are (none where it is a number or key)."""

    name: str
    label: Any
    texts: Mapping[str, Any]
    hint: Any = ""

    @property
    def values(self) -> list[tuple[str, Any]]:
        """Its values in order, each with its text."""
        return list(self.texts.items())

    @property
    def bounds(self) -> tuple[str, str]:
        """The least and the most that a number may be."""
        return CHOICES[self.name][0], CHOICES[self.name][-1]

    @property
    def kind(self) -> str:
        """`number`, `key` or `choice`."""
        return "number" if self.name in NUMBERS else "key" if self.name in KEYS else "choice"

    def told(self, value: str) -> str:
        """The value with its question, for a list."""
        return f"{self.label}: {self.texts.get(value, value)}"


YES_NO = {"on": _("yes"), "off": _("no")}
SECTIONS: tuple[tuple[Any, tuple[Question, ...]], ...] = (
    (
        _("Reading"),
        (
            Question("level", _("Reading level"), {
                "full": _("all the words"), "simple": _("short sentences"), "symbols": _("symbols and key words"),
            }),
            Question("symbols", _("Symbols above the words"), YES_NO),
            Question("words", _("Words under the symbols"), YES_NO, _("Words that have no symbol are always shown.")),
            Question("language", _("Language"), LANGUAGES),
        ),
    ),
    (
        _("Seeing"),
        (
            Question("theme", _("Colours"), {
                "cream": _("light"), "dark": _("dark"), "contrast": _("high contrast"),
            }),
            Question("colour", _("Look"), {"full": _("full of colour"), "calm": _("calm, for older pupils")}),
            Question("size", _("Size of everything"), {"m": _("usual"), "l": _("large"), "xl": _("very large")}),
            Question("typeface", _("Letters"), {
                "lexend": _("Lexend"), "reading": _("Atkinson Hyperlegible, for low vision"),
            }),
            Question("spacing", _("Space between letters, words and lines"), {
                "usual": _("usual"), "wide": _("wide"), "widest": _("widest"),
            }),
            Question("motion", _("Things may move"), YES_NO),
            Question("tone", _("Skin tone of symbols"), {
                "none": _("none assumed"), "1": _("light"), "2": _("medium light"), "3": _("medium"),
                "4": _("medium dark"), "5": _("dark"),
            }),
        ),
    ),
    (
        _("Hearing"),
        (
            Question("rate", _("Speed of the voice"), {"1": "1×", "0.75": "0.75×", "0.5": "0.5×"}),
            Question("listen", _("Reading aloud starts"), {
                "tap": _("when Listen is pressed"), "auto": _("by itself"),
            }, _("By itself only on a tablet that has headphones.")),
        ),
    ),
    (
        _("Pressing"),
        (
            Question("hand", _("Left-handed layout"), {"right": _("no"), "left": _("yes")}),
            Question("hold", _("Hold to press, in seconds"), {}, _("0 is a plain tap.")),
            Question("repeat", _("Ignore a second press for, in seconds"), {}, _("For a hand that trembles.")),
            Question("rest", _("Rest area for the eyes"), {"off": _("no"), "on": _("yes")},
                     _("A place that does nothing, for whoever chooses by looking. Not shown with one switch.")),
            Question("scan", _("Switches"), {
                "off": _("none"), "one": _("one: the kiosk steps, the switch chooses"),
                "two": _("two: one steps, one chooses"),
            }),
            Question("pace", _("Seconds on each thing, with one switch"), {}),
            Question("cue", _("Say each thing quietly while stepping"), YES_NO),
            Question("select", _("Key of the switch that chooses"), {},
                     _("As the keyboard calls it: Space, Enter, ArrowRight, F8, KeyA …")),
            Question("step", _("Key of the switch that steps"), {}),
        ),
    ),
)  # fmt: skip
QUESTIONS = {one.name: one for _title, questions in SECTIONS for one in questions}
LINES: tuple[tuple[str, Any, Any], ...] = (
    ("says_yes", _("How this child says yes"), _("For example: looks up and smiles.")),
    ("says_no", _("How this child says no"), _("For example: turns the head away.")),
    (
        "says_stop", _("How this child says “I want to stop”"),
        _("For example: pushes the tablet away, or signs “finished”."),
    ),
)

CONSENT_WAYS = {
    ConsentBy.PARENT: _("a parent"),
    ConsentBy.CARER: _("a carer with parental responsibility"),
    ConsentBy.AUTHORITY: _("the local authority, with parental responsibility"),
    ConsentBy.THEMSELF: _("the person in the picture, who understands what it is for"),
}
CROP_NAMES = {
    "middle": _("in the middle"),
    "first": _("at the top, or on the left"),
    "last": _("at the bottom, or on the right"),
}


def told_of(choices: Mapping[str, str] | None) -> list[str]:
    """What a pupil's profile says, question by question; English goes without saying."""
    given = choices or {}
    return [
        one.told(given[one.name])
        for one in QUESTIONS.values()
        if one.name in given and (one.name, given[one.name]) != ("language", "en")
    ]


def lines_of(passport: Passport) -> list[tuple[str, str]]:
    """The lines of a passport that say something, each with what it is about."""
    return [(str(label), said) for name, label, _hint in LINES if (said := getattr(passport, name))]
