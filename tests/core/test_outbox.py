"""What leaves the process: written with its cause, sent after it, tried until it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kiosk.core import clock, outbox
from kiosk.core.database import db, transaction
from kiosk.core.schools import School


@pytest.fixture
def sent() -> Iterator[list[dict[str, Any]]]:
    """What the test's channel was given; items with `fails` are refused."""
    taken: list[dict[str, Any]] = []

    @outbox.handles("test")
    def take(payload: dict[str, Any]) -> None:
        if payload.get("fails"):
            raise outbox.DeliveryError("no such mailbox")
        taken.append(payload)

    yield taken
    outbox._handlers.pop("test")


def test_an_item_is_sent_once(school: School, sent: list[dict[str, Any]]) -> None:
    with transaction():
        outbox.put("test", {"n": 1})
    assert outbox.deliver_due() == 1
    assert outbox.deliver_due() == 0
    assert sent == [{"n": 1}]


def test_one_bad_recipient_holds_nobody_up(school: School, sent: list[dict[str, Any]]) -> None:
    with transaction():
        outbox.put("test", {"fails": True})
        outbox.put("test", {"n": 2})
    outbox.deliver_due()
    assert sent == [{"n": 2}]


def test_an_item_is_tried_for_days_and_never_dropped(school: School, sent: list[dict[str, Any]]) -> None:
    with transaction():
        item = outbox.put("test", {"fails": True})
    for hour in range(72):
        with clock.later(hours=hour):
            outbox.deliver_due()
    told = outbox.health("test")
    assert (told.waiting, told.failing, told.last_error) == (1, 1, "no such mailbox")
    with transaction():
        db.session.merge(item).payload = {"n": 3}
    with clock.later(hours=80):
        outbox.deliver_due()
    assert sent == [{"n": 3}]


def test_what_a_killed_worker_had_in_hand_is_given_back(school: School, sent: list[dict[str, Any]]) -> None:
    with transaction():
        outbox.put("test", {"n": 1})
    outbox._claim(10)
    assert outbox.deliver_due() == 0
    with clock.later(minutes=3):
        assert outbox.deliver_due() == 1


def test_nothing_is_sent_of_a_transaction_that_was_undone(school: School, sent: list[dict[str, Any]]) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        outbox.put("test", {"n": 1})
        _ = 1 / 0
    assert outbox.deliver_due() == 0


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 5), (2, 10), (3, 20), (8, 600), (50, 600)])
def test_pauses_grow_to_ten_minutes(attempts: int, seconds: int) -> None:
    assert outbox.pause_after(attempts, 0.5).total_seconds() == seconds
