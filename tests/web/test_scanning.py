"""Switches and slow presses, in a real browser whose clock goes only when the test says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from kiosk.core.clock import school_year, today
from kiosk.features.people import services
from kiosk.features.people.types import SignInBy
from tests.live import TABLET, LiveKiosk, live_kiosk

pytestmark = pytest.mark.journey

RINGED = """() => [...document.querySelectorAll('[data-scanned]')]
  .map((one) => `${one.dataset.scanned} ${one.innerText.trim().split(/\\s+/).slice(0, 3).join(' ')}`.trim())"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveKiosk]:
    with live_kiosk(tmp_path_factory.mktemp("scanning")) as kiosk:
        with kiosk.inside():
            for name in ("Elm", "Oak", "Yew"):
                services.add_class(name, "ks1", "class-willow", school_year(today()), SignInBy.FACE)
        yield kiosk


@pytest.fixture
def page(browser: Browser, served: LiveKiosk) -> Iterator[Page]:
    """A tablet whose time stands still."""
    context = browser.new_context(viewport=TABLET, has_touch=True, base_url=served.address)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.clock.install(time=0)
    page.clock.pause_at(1_000)
    yield page
    context.close()
    assert not faults, faults


def opened(page: Page, path: str, **display: str) -> None:
    """Open a page in that display, until its scanner is there."""
    page.goto(path + "?" + "&".join(f"{name}={value}" for name, value in display.items()))
    page.locator("html[data-scanner=ready]").wait_for(state="attached")


def ringed(page: Page) -> list[str]:
    """What the ring is round: `group Oak`, `item Tell a trusted`."""
    found: list[str] = page.evaluate(RINGED)
    return found


def test_nothing_of_the_scanner_is_fetched_where_nobody_needs_it(page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto("/about")
    page.wait_for_load_state("load")
    assert not [one for one in fetched if "/scan/" in one]
    page.goto("/about?hold=0.5")
    page.wait_for_load_state("load")
    assert any(one.endswith("/scan/scan.js") for one in fetched)
    assert not [one for one in fetched if "scanner.js" in one]


def test_one_switch_goes_round_by_groups_leaves_them_and_rests(page: Page) -> None:
    opened(page, "/", scan="one", pace="1.0")
    assert ringed(page) == ["group Elm", "group Oak", "group Yew"]
    page.clock.run_for(1_400)
    assert ringed(page)[0] == "group Elm", "the first has half as long again"
    seen = []
    for _ in range(4):
        page.clock.run_for(1_000)
        seen += ringed(page)[:1]
    assert seen[0].startswith("group"), "then the bar, which has more than one thing"
    assert seen[1:] == ["item Tell a trusted", "item For grown-ups", "group Elm"]

    page.keyboard.press("Space")
    assert ringed(page) == ["item Elm"]
    assert page.evaluate("document.activeElement.innerText.trim()") == "Elm", "the focus is really there"
    page.clock.run_for(600)
    inside = []
    for _ in range(3):
        page.clock.run_for(1_000)
        inside += ringed(page)
    assert inside == ["item Oak", "item Yew", "item Out"]
    page.keyboard.press("Space")
    assert ringed(page)[0] == seen[0], "out, and on with the group after"

    # Speech holds the ring where it is.
    page.evaluate("document.dispatchEvent(new CustomEvent('kiosk:sound', { detail: { playing: true } }))")
    page.clock.run_for(9_000)
    assert ringed(page)[0] == seen[0]
    page.evaluate("document.dispatchEvent(new CustomEvent('kiosk:sound', { detail: { playing: false } }))")
    page.clock.run_for(1_100)
    assert ringed(page) == ["item Tell a trusted"]

    page.clock.run_for(60_000)
    assert ringed(page) == []
    assert page.get_by_text("Resting.").is_visible()
    page.keyboard.press("Space")
    assert ringed(page)[0] == "group Elm"
    assert not page.get_by_text("Resting.").is_visible()

    # A press anywhere is the switch, and nothing else: what lies under it is not pressed.
    place = page.locator("a.button--tell").bounding_box()
    assert place
    page.touchscreen.tap(place["x"] + 20, place["y"] + 20)
    assert ringed(page) == ["item Elm"]
    page.mouse.click(place["x"] + 20, place["y"] + 20)
    page.wait_for_url("**/class/*")


def test_two_switches_step_and_take_any_keys_and_a_field_is_no_trap(page: Page) -> None:
    opened(page, "/staff", scan="two", select="KeyJ", step="KeyF")
    page.clock.run_for(30_000)
    first = ringed(page)
    assert first[0].startswith("group"), "two switches have all the time there is"
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") != "INPUT", "no keyboard opens as the ring passes"
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.name") == "email"
    page.keyboard.type("xy")
    assert page.locator("[name=email]").input_value() == "xy"
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.name") != "email"
    assert page.locator("[name=email]").input_value() == "xy"

    # Who brings the cursor there by hand writes: the keys of the switches are letters.
    page.locator("[name=email]").tap()
    page.keyboard.type("jf")
    assert page.locator("[name=email]").input_value() == "xyjf"


def test_a_press_is_held_to_be_accepted(page: Page) -> None:
    opened(page, "/patterns", hold="1.0")
    card = page.locator("label", has=page.locator("input[name=vote][value='2']"))
    box = card.locator("input")
    card.scroll_into_view_if_needed()
    place = card.bounding_box()
    assert place

    def hold(milliseconds: int, *, sliding: bool = False) -> None:
        page.mouse.move(place["x"] + 30, place["y"] + 30)
        page.mouse.down()
        page.clock.run_for(milliseconds)
        assert page.locator(".scan-fill:not([hidden])").count() == 1
        if sliding:
            page.mouse.move(5, 5)
        page.mouse.up()

    hold(900)
    assert not box.is_checked(), "let go too early"
    hold(1_100, sliding=True)
    assert not box.is_checked(), "slid off"
    hold(1_100)
    assert box.is_checked()
    assert page.locator(".scan-fill:not([hidden])").count() == 0

    tell = page.locator("a.button--tell")
    tell.focus()
    page.keyboard.down("Enter")
    page.clock.run_for(500)
    page.keyboard.up("Enter")
    assert page.url.endswith("hold=1.0")
    page.keyboard.down("Enter")
    page.clock.run_for(1_100)
    page.keyboard.up("Enter")
    page.wait_for_url("**/tell**")


def test_a_trembling_second_press_is_ignored(page: Page) -> None:
    opened(page, "/patterns", repeat="1.0")
    page.clock.run_for(1_100)
    box = page.locator("input[name=vote][value='2']")
    box.scroll_into_view_if_needed()
    place = box.bounding_box()
    assert place
    for _ in range(3):
        page.touchscreen.tap(place["x"] + 20, place["y"] + 20)
        page.clock.run_for(200)
    assert box.is_checked()
    page.clock.run_for(1_100)
    page.touchscreen.tap(place["x"] + 20, place["y"] + 20)
    assert not box.is_checked()
    page.clock.run_for(1_100)
    box.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    assert box.is_checked()
