"""What a child with switches, or with a keyboard alone, does: wait until the ring is round it, and press."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

from tests.journeys.conftest import axe_finds_nothing

PACE = 0.5
LONGEST = 120
"""Steps: no thing on a page of the kiosk is further away than that."""
RING = """wanted => {
  if (!wanted.isConnected || document.querySelector('.is-guarded')) return null;
  if (document.querySelector('.scan-rest:not([hidden])')) return 'rest';
  if (document.querySelector('.scan-out[data-scanned]')) return 'out';
  return (wanted.closest('label') ?? wanted).dataset.scanned ?? null;
}"""


@dataclass
class Switch:
    """One switch, or two, pressed when the ring is round the group that holds a thing, and when it is round the thing.

    The page's clock stands still but for the time that the ring needs, so that no test waits for it.
    """

    page: Page
    two: bool = False
    presses: int = field(default=0, init=False)

    def use(self, path: str) -> None:
        """Open a page with this many switches, as the tablet keeps it."""
        origin = re.match(r"https?://[^/]+", self.page.url)
        assert origin, "the tablet is in the kiosk"
        chosen = f"scan={'two' if self.two else 'one'}&pace={PACE}"
        self.page.context.add_cookies([{"name": "display", "value": chosen, "url": origin[0]}])
        self.page.goto(path)

    def press(self) -> None:
        """The one switch, or the one that takes."""
        self.page.keyboard.press("Space")
        self.presses += 1

    def go_on(self) -> None:
        """Let the ring go on: by its time, or by the switch that steps."""
        if self.two:
            self.page.keyboard.press("Enter")
        self.page.clock.run_for(int(PACE * 500))

    def take(self, what: Locator) -> None:
        """Enter the group of this thing, and take it."""
        what.wait_for(state="attached")
        thing = what.element_handle()
        for _ in range(LONGEST):
            ring = thing.evaluate(RING)
            if ring:
                self.press()
            if ring == "item":
                return
            if not ring:
                self.go_on()
        raise AssertionError(f"the ring never comes to {what}")

    def hold_to_axe(self) -> None:
        """Hold the page to axe, ring and all; axe needs a clock that goes."""
        self.page.clock.resume()
        axe_finds_nothing(self.page)
        self.page.clock.pause_at(self.page.evaluate("Date.now() + 1000"))

    def take_button(self, name: str) -> None:
        """Take the button of that name."""
        self.take(self.page.get_by_role("button", name=name, exact=True).first)

    def take_link(self, name: str) -> None:
        """Take the link whose name has that in it."""
        self.take(self.page.get_by_role("link", name=name).first)

    def take_next(self) -> None:
        """Take the one thing to do next."""
        self.take(self.page.locator(".bar__next").locator("a, button").locator("visible=true").first)


@dataclass
class Keys:
    """A keyboard: Tab until it is there, then Enter or the space bar."""

    page: Page

    def take(self, what: Locator) -> None:
        """Go to this thing by Tab, and press it."""
        what.wait_for(state="attached")
        self.page.wait_for_function("() => !document.querySelector('.is-guarded')")
        thing = what.element_handle()
        for _ in range(LONGEST):
            if thing.evaluate("wanted => wanted === document.activeElement"):
                is_box = thing.evaluate("one => one.matches('input')")
                self.page.keyboard.press("Space" if is_box else "Enter")
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never comes to {what}")
