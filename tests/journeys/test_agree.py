"""Agree: a pupil hears and reads each rule, says so or asks, signs with a finger; the teacher sees it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Kiosk, axe_finds_nothing
from tests.journeys.people import Finger, open_class, staff_sign_in

pytestmark = pytest.mark.journey


def test_a_pupil_reads_asks_and_signs_and_the_teacher_sees_it(
    kiosk: Kiosk, tablet: Page, finger: Finger, desk_computer: Page
) -> None:
    finger.sign_in("Willow", "Freya")
    finger.tap_link("Our rules")
    axe_finds_nothing(tablet)
    finger.tap_next()
    for number in range(1, 6):
        tablet.wait_for_url(f"**/agreement/rule/{number}")
        finger.tap_button("I want to ask" if number == 2 else "I understand")
        tablet.locator(".bar__next a").wait_for()
        axe_finds_nothing(tablet)
        finger.tap_next()
    tablet.wait_for_url("**/agreement/closing")
    axe_finds_nothing(tablet)
    finger.tap_next()
    tablet.wait_for_url("**/agreement/sign")
    axe_finds_nothing(tablet)
    finger.tap(tablet.locator("label.sign__way", has_text="Draw"))
    finger.draw(tablet.locator("canvas"))
    finger.tap_next()
    tablet.wait_for_url("**/agreement/signed")
    axe_finds_nothing(tablet)

    staff_sign_in(desk_computer, "rosa@demo.example")
    open_class(desk_computer, "Willow Class")
    desk_computer.get_by_role("link", name="Agreement", exact=True).click()
    axe_finds_nothing(desk_computer)
    row = desk_computer.locator("tr, li, article", has_text="Freya").first
    assert row.locator("svg path").count(), "the signature is drawn"
    assert "Freya" in desk_computer.locator("main").inner_text()
    assert desk_computer.get_by_role("button", name="We talked about it").count() == 1
