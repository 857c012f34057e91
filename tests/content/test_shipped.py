"""The content that comes with the kiosk."""

from __future__ import annotations

from pathlib import Path

from kiosk.content.loading import load_content

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = load_content([ROOT], sorted((ROOT / "kiosk").rglob("phrases.yaml")))


def test_every_shipped_file_is_read() -> None:
    assert [str(problem) for problem in SHIPPED.problems] == []
    assert SHIPPED.lessons and SHIPPED.agreements and SHIPPED.phrases


def test_every_fact_says_where_it_comes_from() -> None:
    facts = SHIPPED.facts
    assert facts["immediate-danger"].value == "999"
    assert facts["childline-number"].value == "0800 1111"
    assert all(fact.source and fact.reviewed for fact in facts.values())
    assert not facts["safer-internet-day-2027"].confirmed


def test_pupils_are_only_told_what_is_meant_for_them() -> None:
    for_pupils = {fact.id for fact in SHIPPED.facts.values() if "pupils" in fact.audience}
    assert {"immediate-danger", "childline-number"} <= for_pupils
    assert for_pupils.isdisjoint({"retention", "allegation-about-staff", "statutory-guidance"})
