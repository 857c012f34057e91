"""Learn: a pupil takes a whole lesson by touch, hears it, tries again, and finds it ticked when they come back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.features.lessons.playing import Player
from tests.journeys.conftest import Kiosk, axe_finds_nothing
from tests.journeys.people import Finger, open_class, staff_sign_in

pytestmark = pytest.mark.journey


def test_a_pupil_of_willow_hears_answers_tries_again_finishes_and_finds_it_ticked(
    kiosk: Kiosk, tablet: Page, finger: Finger, desk_computer: Page
) -> None:
    tablet.goto("/")
    axe_finds_nothing(tablet)
    finger.tap_link("Willow")
    tablet.get_by_role("heading", name="Who are you?").wait_for()
    axe_finds_nothing(tablet)
    finger.tap_button("Isla", exact=True)
    tablet.wait_for_url("**/home")
    axe_finds_nothing(tablet)
    finger.tap(tablet.locator(".tile--big"))
    player = Player(tablet)
    player.ready()

    with tablet.expect_response(re.compile(r"/voice/\w+\.mp3")) as sound:
        tablet.locator(".bar__listen [data-listen]").tap()
    assert sound.value.status in {200, 206}
    tablet.locator(".is-said").first.wait_for()
    tablet.locator(".bar__listen [data-listen]").tap()
    assert tablet.locator(".step:not([hidden]) .with-symbol .symbol").first.is_visible()

    with tablet.expect_response("**/lesson-events"):
        player.play(lambda _number: axe_finds_nothing(tablet))
    assert {"story", "choose", "sort", "order", "spot", "feel", "talk"} <= set(player.seen)
    tablet.locator("[data-leave]").tap()
    tablet.wait_for_url("**/home")
    expect(tablet.locator(".tile__done")).to_have_count(1)
    finger.leave()
    finger.sign_in("Willow", "Isla")
    expect(tablet.locator(".tile__done")).to_have_count(1)

    staff_sign_in(desk_computer, "rosa@demo.example")
    open_class(desk_computer, "Willow Class")
    row = desk_computer.locator("tr", has_text="Isla")
    expect(row).to_contain_text("1")


def test_the_same_lesson_in_symbols(tablet: Page, finger: Finger) -> None:
    finger.sign_in("Willow", "Kai")
    player = Player(tablet)
    player.open("my-private-password", level="symbols", symbols="on")
    player.play(lambda _number: axe_finds_nothing(tablet))
    assert player.kind == "finish"


def test_oak_class_starts_together(tablet: Page, finger: Finger) -> None:
    tablet.goto("/")
    finger.tap_link("Oak")
    finger.tap_button("We start together")
    tablet.wait_for_url("**/home")
    axe_finds_nothing(tablet)
    assert "Ask before you tap" in " ".join(tablet.locator("main").inner_text().split())
