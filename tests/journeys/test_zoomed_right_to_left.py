"""Each journey again on a small piece of a screen: at 400 per cent, from right to left, without motion, by touch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.features.lessons.playing import Player
from tests.journeys.conftest import Kiosk, axe_finds_nothing
from tests.journeys.people import Finger

pytestmark = pytest.mark.journey
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The second in which a tap does not count yet is shown as it passes: that says something, and stays.
MOVES = "document.getAnimations().filter((one) => !one.effect.target.closest('[data-guard]')).length"


@pytest.fixture
def child(browser: Browser, kiosk: Kiosk, pages_of_their_own: None) -> Iterator[Finger]:
    """A pupil of Willow who reads Urdu, on a tablet that shows everything four times as large."""
    context = browser.new_context(
        viewport={"width": 256, "height": 192}, device_scale_factor=4, has_touch=True, base_url=kiosk.address,
        reduced_motion="reduce",
    )  # fmt: skip
    finger = Finger(context.new_page())
    finger.sign_in("Willow", "Samir")
    context.add_cookies([{"name": "display", "value": "language=ur", "url": kiosk.address}])
    yield finger
    context.close()


def read(page: Page) -> None:
    """Find the page mirrored and still, and nothing of it beside the screen."""
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.evaluate(WIDE) <= 0, page.url
    assert page.evaluate(MOVES) == 0, page.url


def test_a_pupil_learns_agrees_suggests_and_tells(child: Finger) -> None:
    page = child.page
    page.goto("/home")
    read(page)
    child.tap(page.locator(".tile--big"))
    player = Player(page)
    player.ready()
    player.play(lambda _number: read(page))
    assert {"choose", "order"} <= set(player.seen)
    page.locator("[data-leave]").tap()
    page.wait_for_url("**/home")

    page.goto("/agreement")
    read(page)
    child.tap_next()
    page.wait_for_url("**/agreement/rule/1")
    read(page)
    child.tap(page.locator("main button[value=understand]"))
    page.locator(".bar__next a").wait_for()
    axe_finds_nothing(page)

    page.goto("/charter/board")
    read(page)
    child.tap(page.locator("main .choice").first)
    page.wait_for_url("**what=*")
    child.tap(page.locator("main .choice").first)
    page.wait_for_url("**when=*")
    read(page)
    child.tap_next()
    page.wait_for_url("**/charter?done=suggested")

    child.tap(page.locator("a.button--tell"))
    page.wait_for_url("**/tell")
    read(page)
    child.tap(page.locator(".tell-come"))
    page.locator("main button[name=go]").first.wait_for()
    read(page)
    child.tap_next()
    page.locator(".tell-readers").wait_for()
    read(page)
    axe_finds_nothing(page)
