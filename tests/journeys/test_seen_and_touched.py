"""Each pupil page in each setting of colour, size and symbols: for eyes that see little and hands that tremble."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Kiosk
from tests.journeys.people import READY, Finger

pytestmark = pytest.mark.journey
MEASURE = Path(__file__).with_name("measuring.js").read_text("utf-8")
OUTSIDE = ("/", "/display", "/tell", "/no-such-page")
INSIDE = ("/home", "/lessons", "/agreement", "/charter", "/for-home", "/learn/my-private-password")
COLOURS = ("theme=cream", "theme=dark", "theme=contrast", "colour=calm")
PAIRS = """() => [...document.querySelectorAll("main .with-symbol > .symbol")]
  .filter((one) => one.getBoundingClientRect().width)
  .map((one) => [one.getBoundingClientRect().width, parseFloat(getComputedStyle(one.parentElement).fontSize)])"""
RINGS = """() => {
  const style = getComputedStyle(document.activeElement);
  return [parseFloat(style.outlineWidth), style.outlineColor, style.boxShadow];
}"""

WAYS = ("spacing=widest&typeface=reading", "language=pl&hand=left", "language=ur")
SPILT = """() => {
  const buttons = [...document.querySelectorAll('.bar .button')];
  const boxes = buttons.map((one) => one.getBoundingClientRect());
  return buttons.filter((one, n) => one.scrollWidth > one.clientWidth + 1
    || boxes.some((box, m) => m > n && box.top < boxes[n].bottom && box.bottom > boxes[n].top
      && box.left < boxes[n].right + 4 && box.right > boxes[n].left - 4)).map((one) => one.innerText);
}"""


def short_of(page: Page, address: str, *, contrast: float = 7, target: int = 64, gap: int = 0) -> list[str]:
    """What falls short on a page, each with its address."""
    page.goto(address)
    page.wait_for_function(READY)
    told = page.evaluate(MEASURE, {"contrast": contrast, "target": target, "gap": gap})
    return [f"{address}: {one}" for one in told]


@pytest.fixture
def child(pages_of_their_own: None, tablet: Page, finger: Finger) -> Page:
    """The tablet of a signed-in pupil, where the pages have not been measured already."""
    finger.sign_in("Willow", "Ravi")
    return tablet


def test_every_pupils_page_can_be_read_and_hit_in_every_colour(child: Page) -> None:
    told = [
        short
        for path in (*OUTSIDE, *INSIDE)
        for colours in COLOURS
        for short in short_of(child, f"{path}?{colours}&symbols=off")
    ]
    assert not told, "\n".join(told)


def test_with_symbols_targets_are_larger_and_stand_apart(child: Page) -> None:
    told = [
        short
        for path in (*OUTSIDE, *INSIDE)
        for short in short_of(child, f"{path}?symbols=on&level=symbols", target=96, gap=16)
    ]
    assert not told, "\n".join(told)


def test_each_page_of_tell_with_symbols_too(child: Page, finger: Finger) -> None:
    told = []

    def measure(name: str) -> None:
        child.wait_for_function(READY)
        told.extend(f"{name}: {one}" for one in child.evaluate(MEASURE, {"contrast": 7, "target": 96, "gap": 16}))

    child.goto("/tell?symbols=on&level=symbols")
    child.evaluate("document.cookie = 'display=level=symbols; path=/'")
    finger.tap(child.locator(".tell-come"))
    child.get_by_role("heading", name="Is this you?").wait_for()
    measure("who")
    finger.tap_button("Ravi")
    child.locator("[data-tell-take-back]").wait_for()
    measure("symbols")
    finger.tap(child.locator("main button[value=words]"))
    child.locator("textarea").wait_for()
    measure("words")
    finger.tap(child.locator("main button[value=feelings]"))
    child.locator("input[type=checkbox]").first.wait_for()
    measure("feelings")
    assert not told, "\n".join(told)


@pytest.mark.parametrize("zoom", [2, 4])
def test_zoomed_in_nothing_must_be_scrolled_to_sideways(kiosk: Kiosk, browser: Browser, child: Page, zoom: int) -> None:
    state = child.context.storage_state()
    context = browser.new_context(
        viewport={"width": 1024 // zoom, "height": 768 // zoom}, device_scale_factor=zoom, has_touch=True,
        base_url=kiosk.address, storage_state=state, reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    told = [
        short
        for path in (*OUTSIDE, *INSIDE)
        for language in ("en", "ur")
        for short in short_of(page, f"{path}?language={language}", contrast=0, target=24)
    ]
    context.close()
    assert not told, "\n".join(told)


def test_no_label_of_the_bar_is_cut_off_and_no_button_touches_another(child: Page) -> None:
    told = []
    for size in ("size=l", "size=xl"):
        for way in WAYS:
            for symbols in ("symbols=on", "symbols=off"):
                child.goto(f"/agreement?{size}&{way}&{symbols}")
                child.wait_for_function(READY)
                told += [f"{child.url}: {label}" for label in child.evaluate(SPILT)]
    assert not told, "\n".join(told)
def test_whoever_reads_by_symbols_gets_large_ones_over_large_words(child: Page) -> None:
    child.context.add_cookies([{"name": "display", "value": "level=symbols", "url": child.url}])
    for path in ("/home", "/agreement/rule/1", "/charter", "/for-home", "/tell", "/learn/my-private-password"):
        child.goto(path)
        pairs = child.evaluate(PAIRS)
        assert pairs, path
        assert min(symbol for symbol, _letters in pairs) >= 72, path
        assert min(letters for _symbol, letters in pairs) >= 24, path


def test_a_finger_that_slides_off_presses_nothing_and_turns_no_page_back(child: Page) -> None:
    child.goto("/lessons")
    child.goto("/home")
    child.wait_for_function(READY)
    box = child.locator(".tile").first.bounding_box()
    assert box
    session = child.context.new_cdp_session(child)
    for number in range(9):
        at = {"x": box["x"] + 40 + 80 * number, "y": box["y"] + 50}
        kind = "touchMove" if number else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at]})
        child.evaluate("() => new Promise(requestAnimationFrame)")
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()
    child.wait_for_timeout(500)
    assert child.url.endswith("/home")


def test_what_has_the_focus_wears_a_wide_ring_of_two_colours(child: Page) -> None:
    for colours in COLOURS:
        child.goto(f"/home?{colours}")
        child.keyboard.press("Tab")
        child.keyboard.press("Tab")
        width, ring, gap = child.evaluate(RINGS)
        assert width >= 6
        assert ring not in gap, "the gap has a colour of its own"
