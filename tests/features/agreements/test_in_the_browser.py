"""The signing pad in a real browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kiosk.core.clock import school_year, today
from kiosk.features.people import services
from kiosk.features.people.types import SignInBy
from tests.live import TABLET, live_kiosk

pytestmark = pytest.mark.journey


def draw(page: Page, down: int) -> None:
    """One line across the pad, that far below its top."""
    box = page.locator("canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + down)
    page.mouse.down()
    page.mouse.move(box["x"] + 260, box["y"] + down, steps=5)
    page.mouse.up()


def strokes(page: Page) -> list[list[list[int]]]:
    found: list[list[list[int]]] = json.loads(page.locator("[name=strokes]").input_value() or "[]")
    return found


def test_what_was_drawn_before_something_was_missing_is_drawn_on(browser: Browser, tmp_path: Path) -> None:
    with live_kiosk(tmp_path) as kiosk:
        with kiosk.inside():
            oak = services.add_class("Oak", "eyfs", "class-oak", school_year(today()), SignInBy.TOGETHER)
            class_id, pupil_id = oak.id, services.add_pupil(oak, "Zoe", "face-bee").id
        page = browser.new_context(viewport=TABLET, base_url=kiosk.address).new_page()
        page.goto(f"/class/{class_id}")
        # The guard lets nothing through in a page's first second.
        page.wait_for_timeout(1_200)
        page.locator(f"form[action='/class/{class_id}/together'] button").click()
        page.wait_for_url("**/home")
        page.goto(f"/agreement/together/{pupil_id}")
        draw(page, 40)
        drawn = strokes(page)
        assert len(drawn) == 1
        # They choose to type their name, and do not.
        page.locator("[name=way][value=name]").check(force=True)
        page.locator("form#sign").evaluate("form => form.submit()")
        page.wait_for_selector("[data-sign-kept]")
        assert page.locator("[name=way]:checked").get_attribute("value") == "name"
        assert strokes(page) == drawn

        page.locator("[name=way][value=draw]").check(force=True)
        draw(page, 120)
        first, second = strokes(page)
        assert [first] == drawn
        assert second[0][2] >= first[-1][2]
        page.locator("[data-sign-clear]").click()
        assert strokes(page) == []
        draw(page, 80)
        assert len(strokes(page)) == 1
        page.context.close()
