"""Where a concern stands, what a receipt is worth, what is kept of the bytes: no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.features.concerns.rules import Event, digest_of, receipt_is_fresh, receipt_stamp, standing
from kiosk.features.concerns.types import EventKind, Liveness, State

NOW = datetime(2026, 11, 23, 10, 42, 30, tzinfo=UTC)
KEY = b"k" * 32


def events(*done: str) -> list[Event]:
    """`"opened dina"` and the like, a minute apart."""
    return [Event(EventKind(one.split()[0]), one.split()[1], NOW + timedelta(minutes=n)) for n, one in enumerate(done)]


@pytest.mark.parametrize(
    ("done", "state"),
    [
        ((), State.NEW),
        (("opened dev",), State.NEW),
        (("opened dina", "noted dina"), State.NEW),
        (("opened dina", "acknowledged dina"), State.MINE),
        (("opened dev", "acknowledged dev"), State.WITH_A_COLLEAGUE),
        (("acknowledged dev", "acknowledged dina"), State.MINE),
        (("acknowledged dina", "closed dina"), State.DONE),
        (("opened dev", "closed dev"), State.DONE),
        (("closed dina", "reopened dina", "acknowledged dina"), State.MINE),
        (("closed dina", "reopened dina", "acknowledged dina", "closed dev"), State.DONE),
    ],
)
def test_where_a_concern_stands_for_dina(done: tuple[str, ...], state: State) -> None:
    assert standing(events(*done), "dina").state is state


def test_the_first_to_open_it_stays_the_first() -> None:
    where = standing(events("opened dev", "opened dina", "acknowledged dina", "seen dina"), "dina")
    assert where.first_opened and where.first_opened.staff_id == "dev"
    assert where.has_it and where.has_it.staff_id == "dina"
    assert where.was_seen and where.closed is None


@pytest.mark.parametrize(
    ("minutes", "is_fresh"), [(0, True), (9, True), (10, True), (12, False), (60, False), (-5, False)]
)
def test_a_receipt_is_worth_ten_minutes(minutes: int, is_fresh: bool) -> None:
    stamp = receipt_stamp(KEY, "oak", NOW)
    assert receipt_is_fresh(KEY, "oak", stamp, NOW + timedelta(minutes=minutes)) is is_fresh


@pytest.mark.parametrize("stamp", ["", "x", "0" * 32, "ż", "a" * 10_000])
def test_a_receipt_cannot_be_made_up(stamp: str) -> None:
    assert not receipt_is_fresh(KEY, "oak", stamp, NOW)
    assert not receipt_is_fresh(KEY, "elm", receipt_stamp(KEY, "oak", NOW), NOW)
    assert not receipt_is_fresh(b"other" * 8, "oak", receipt_stamp(KEY, "oak", NOW), NOW)


def test_a_receipt_of_the_same_minute_is_the_same_whoever_told() -> None:
    assert receipt_stamp(KEY, "oak", NOW) == receipt_stamp(KEY, "oak", NOW + timedelta(seconds=20))


def test_what_is_kept_of_the_bytes_says_nothing_without_the_random_id() -> None:
    same = digest_of("A" * 32, "I want a grown-up to come")
    assert same == digest_of("A" * 32, "I want a grown-up to come")
    assert len({same, digest_of("B" * 32, "I want a grown-up to come"), digest_of("A" * 32, "something")}) == 3


@pytest.mark.parametrize(
    ("readers", "has_recovery_key", "missing"),
    [(0, False, ("readers", "recovery-key")), (1, True, ("readers",)), (2, False, ("recovery-key",)), (2, True, ())],
)
def test_tell_needs_two_readers_and_the_recovery_key(
    readers: int, has_recovery_key: bool, missing: tuple[str, ...]
) -> None:
    liveness = Liveness(readers, has_recovery_key)
    assert liveness.missing == missing and liveness.is_live is not bool(missing)
