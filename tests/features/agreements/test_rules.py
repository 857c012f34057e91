"""Rules about agreements, as truth tables."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kiosk.content.types import Agreement, Source
from kiosk.features.agreements.rules import (
    agreement_for,
    first_unmarked,
    is_open_question,
    stage_of,
    stays_talked_about,
)
from kiosk.features.agreements.types import Mark, Stage
from tests.features.agreements.conftest import levelled, with_bands

THEN = datetime(2026, 9, 1, tzinfo=UTC)
RULES = ("ask", "private", "tell")


@pytest.fixture
def any_agreement() -> Agreement:
    text = levelled("Ask.")
    return Agreement("any", "1", "pupils", ("ks1",), text, text, (), text, Source(None, {}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("band", "chosen"),
    [("eyfs", None), ("ks1", "ks1"), ("lks2", "lks2-alone"), ("uks2", "ks2"), ("ks3", None)],
)
def test_a_band_has_the_agreement_written_for_the_fewest_bands(
    any_agreement: Agreement, band: str, chosen: str | None
) -> None:
    agreements = [
        with_bands(any_agreement, "ks2", "lks2", "uks2"),
        with_bands(any_agreement, "lks2-alone", "lks2"),
        with_bands(any_agreement, "ks1", "ks1"),
        with_bands(any_agreement, "another-ks1", "ks1", "eyfs", audience="parents"),
    ]
    found = agreement_for(band, agreements)
    assert (found.id if found else None) == chosen
    assert agreement_for(band, reversed(agreements)) == found


@pytest.mark.parametrize(
    ("marked", "number"),
    [((), 1), (("ask",), 2), (("private",), 1), (("ask", "tell"), 2), (RULES, None), (("gone",), 1)],
)
def test_the_first_rule_without_a_mark(marked: tuple[str, ...], number: int | None) -> None:
    assert first_unmarked(RULES, marked) == number


@pytest.mark.parametrize(
    ("marked", "is_signed", "stage"),
    [
        ((), False, Stage.START),
        (("gone",), False, Stage.START),
        (("private",), False, Stage.ON_THE_WAY),
        (RULES, False, Stage.READY),
        (RULES, True, Stage.SIGNED),
        ((), True, Stage.SIGNED),
    ],
)
def test_how_far_somebody_has_come(marked: tuple[str, ...], is_signed: bool, stage: Stage) -> None:
    assert stage_of(RULES, marked, is_signed=is_signed) is stage


@pytest.mark.parametrize(
    ("mark", "talked_at", "is_open"),
    [(Mark.ASK, None, True), (Mark.ASK, THEN, False), (Mark.UNDERSTAND, None, False), (Mark.UNDERSTAND, THEN, False)],
)
def test_a_question_is_open_until_it_was_talked_about(mark: Mark, talked_at: datetime | None, is_open: bool) -> None:
    assert is_open_question(mark, talked_at) is is_open


@pytest.mark.parametrize(("mark", "stays"), [(Mark.ASK, False), (Mark.UNDERSTAND, True)])
def test_asking_again_asks_to_be_talked_with_again(mark: Mark, stays: bool) -> None:
    assert stays_talked_about(mark) is stays
