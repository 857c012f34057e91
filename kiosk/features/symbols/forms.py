"""What the head chooses; a choice that is not one is answered with what to do."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask_babel import gettext as _

from kiosk.features.symbols.types import Choice
from kiosk.reading.sets import DEFAULT_SET
from kiosk.web.display import CHOICES


def read_choice(sent: Mapping[str, str], sets: Collection[str]) -> tuple[Choice, dict[str, str]]:
    """The choice as it was sent, and beside each part that is none the sentence that says what to do."""
    choice = Choice(sent.get("set", ""), sent.get("tone", ""), sent.get("words", ""))
    problems = {}
    if choice.symbol_set not in {DEFAULT_SET, *sets}:
        problems["set"] = _("This set of symbols is not here any more. Choose one of those below.")
    if choice.tone not in CHOICES["tone"]:
        problems["tone"] = _("Choose one of the skin tones below.")
    if choice.words not in CHOICES["words"]:
        problems["words"] = _("Choose whether words stand under the symbols.")
    return choice, problems
