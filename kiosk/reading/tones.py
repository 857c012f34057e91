"""Skin tones: none assumed, five to choose. Pictures name them by CSS variables, so a tone needs no file of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping

NO_TONE = "none"
TONES: Mapping[str, Mapping[str, str]] = {
    NO_TONE: {},
    "1": {"skin": "#fadcbc", "skin-shadow": "#debb90", "hair": "#a57939"},
    "2": {"skin": "#debb90", "skin-shadow": "#c19a65", "hair": "#fcea2b"},
    "3": {"skin": "#c19a65", "skin-shadow": "#a57939", "hair": "#6a462f"},
    "4": {"skin": "#a57939", "skin-shadow": "#6a462f", "hair": "#000"},
    "5": {"skin": "#6a462f", "skin-shadow": "#352318", "hair": "#000"},
}
"""OpenMoji's own colours for its five tones, as its toned pictures have them."""

OF_A_LAYER = {
    ("skin", "#fcea2b"): "var(--skin,#fcea2b)",
    ("skin", "#f1b31c"): "var(--skin-shadow,#f1b31c)",
    ("skin-shadow", "#f1b31c"): "var(--skin-shadow,#f1b31c)",
    ("hair", "#f1b31c"): "var(--hair,#f1b31c)",
}
"""What stands for a colour in one of OpenMoji's layers. Smileys are drawn in another layer, and stay yellow."""
SKIN = OF_A_LAYER["skin", "#fcea2b"]

_VARIABLE = re.compile(r"var\(--([a-z-]+),(#[0-9a-f]+)\)")


def in_tone(svg: str, tone: str) -> str:
    """The same picture with that tone's colours written out, for paper."""
    colours = TONES.get(tone, {})
    return _VARIABLE.sub(lambda found: colours.get(found[1], found[2]), svg)


def tone_sheet() -> str:
    """The style sheet of the tones: whatever stands in an element with `data-tone` is seen in that tone."""
    names = sorted({name for colours in TONES.values() for name in colours})
    sheet = []
    for tone, colours in TONES.items():
        stated = ";".join(f"--{name}:{colours.get(name, 'initial')}" for name in names)
        sheet.append(f'[data-tone="{tone}"]{{{stated}}}')
    return "\n".join(sheet)
