"""Offline: a class goes on where the network ends, a child can still tell, and the tablet holds nothing of anybody."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.features.lessons.playing import Player
from tests.journeys.conftest import Kiosk
from tests.journeys.people import Finger, staff_sign_in

pytestmark = pytest.mark.journey
CANARY = "vermilion axolotl nine"
A_LESSON = 120
"""Files at least: a lesson with its sounds, and the pages without a network."""
ALLOWED = {"lesson", "offline", "static", "style", "font", "symbols", "lesson-symbols", "voice", "kept"}
EVERYTHING_KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      const isText = /text|json|svg|javascript/.test(answer.headers.get("Content-Type"));
      found.push([new URL(request.url).pathname, answer.headers.get("Set-Cookie"), isText ? await answer.text() : ""]);
    }
  }
  return found;
}"""


@pytest.fixture
def tablet(browser: Browser, kiosk: Kiosk) -> Iterator[Page]:
    """A classroom tablet with the kiosk's worker."""
    context = browser.new_context(
        viewport={"width": 1024, "height": 768}, has_touch=True, base_url=kiosk.address, reduced_motion="reduce",
        service_workers="allow",
    )  # fmt: skip
    yield context.new_page()
    context.close()


def everything_kept(page: Page) -> list[tuple[str, str | None, str]]:
    return [tuple(one) for one in page.evaluate(EVERYTHING_KEPT)]


def test_a_child_tells_through_the_worker_and_it_keeps_nothing_of_anybody(tablet: Page, finger: Finger) -> None:
    finger.sign_in("Willow", "Mei")
    tablet.wait_for_function("() => navigator.serviceWorker.controller")
    player = Player(tablet)
    player.open("my-private-password")
    until = time.monotonic() + 60
    while len(everything_kept(tablet)) <= A_LESSON:
        assert time.monotonic() < until, [path for path, *_ in everything_kept(tablet)]
        tablet.wait_for_timeout(200)
    for path in ("/home", "/agreement", "/charter", "/for-home", "/lessons", "/"):
        tablet.goto(path)
    finger.tap(tablet.locator("a.button--tell"))
    finger.tap_button("I want to tell something")
    finger.tap_button("Mei", exact=True)
    tablet.locator("textarea").fill(CANARY)
    finger.tap_button("Send now")
    tablet.get_by_role("heading", name="It was sent.").wait_for()
    staff_sign_in(tablet, "dilys@demo.example")
    tablet.goto("/desk")

    # Without a network the button leads to a person, not to an error of the browser's.
    tablet.context.set_offline(True)
    tablet.goto("/tell")
    shown = " ".join(tablet.locator("body").inner_text().split())
    for one in ("Find a grown-up now", "0800 1111", "999", "Try again"):
        assert one in shown

    kept = everything_kept(tablet)
    assert len(kept) > A_LESSON
    assert any(path.startswith("/lesson/my-private-password/") for path, *_ in kept)
    for path, cookie, text in kept:
        assert path.split("/")[1] in ALLOWED, path
        assert cookie is None
        for never in (CANARY, "Mei", "Willow", "Dilys", "csrf_token", "data-visit"):
            assert never not in text, f"{path} holds {never}"
    for store in ("localStorage", "sessionStorage"):
        assert CANARY not in tablet.evaluate(f"JSON.stringify({store})")
