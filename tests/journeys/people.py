"""What people do in a browser: tap, draw, sign in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as NoClick

from kiosk.commands.demo.school import DESK_PASSPHRASE, PASSWORD

Name = str | re.Pattern[str]
READY = "() => document.readyState === 'complete' && !document.querySelector('.is-guarded')"
# Seen at the window, before anything on the page may stop it; another document knows of no awaited tap.
WATCH = """() => {
  window.isTapAwaited = true;
  addEventListener("click", () => { window.isTapAwaited = false; }, { capture: true, once: true });
}"""


@dataclass(frozen=True)
class Finger:
    """A child's finger on a tablet: it taps and draws, and waits while a page does not let taps count."""

    page: Page

    def tap(self, what: Locator) -> None:
        """Tap a thing, and once more where the browser took the tap for half of a double one."""
        for _ in range(3):
            what.wait_for()
            # The guard is put up in the same task that makes a document complete.
            self.page.wait_for_function(READY)
            self.page.evaluate(WATCH)
            what.tap()
            try:
                self.page.wait_for_function("() => !window.isTapAwaited", timeout=3_000)
            except NoClick:
                continue
            return
        raise AssertionError(f"{what} is tapped and gets no click")

    def tap_button(self, name: Name, *, exact: bool = False) -> None:
        """Tap the button of that name."""
        self.tap(self.page.get_by_role("button", name=name, exact=exact).first)

    def tap_link(self, name: Name) -> None:
        """Tap the link of that name."""
        self.tap(self.page.get_by_role("link", name=name).first)

    def tap_choice(self, text: str) -> None:
        """Tap the card with that text."""
        self.tap(self.page.locator("label.choice", has_text=text).first)

    def tap_next(self) -> None:
        """Tap the one thing to do next."""
        self.tap(self.page.locator(".bar__next").locator("a, button").locator("visible=true").first)

    def draw(self, pad: Locator) -> None:
        """Draw a signature of two strokes, by touch."""
        box = pad.bounding_box()
        assert box
        session = self.page.context.new_cdp_session(self.page)
        for stroke in (0, 1):
            points = [
                (box["x"] + 60 + 10 * n, box["y"] + 40 + 50 * stroke + (n * 7) % 30) for n in range(25)
            ]
            for number, (x, y) in enumerate(points):
                kind = "touchStart" if number == 0 else "touchMove"
                session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
            session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        session.detach()
        # A finger takes its time from the pad to the next button; closer taps count as a double tap.
        self.page.wait_for_timeout(500)

    def sign_in(self, school_class: str, first_name: str) -> None:
        """Tap the class, then the face card."""
        self.page.goto("/")
        self.tap_link(school_class)
        self.tap_button(first_name, exact=True)
        self.page.wait_for_url("**/home")

    def leave(self) -> None:
        """Tap "not me" on the start page."""
        self.page.goto("/home")
        self.tap_button("Not me")
        self.page.wait_for_url(re.compile(r"/$"))


def staff_sign_in(page: Page, email: str) -> None:
    """Sign a member of the demo school's staff in."""
    page.goto("/staff")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"/(staff/classes|desk)"))


def open_class(page: Page, name: str) -> None:
    """From a teacher's start to one of their classes."""
    page.goto("/staff/classes")
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("heading", level=1, name=name).wait_for()


def unlock_desk(page: Page) -> None:
    """Unlock the desk with the demo's passphrase."""
    page.goto("/desk")
    page.get_by_label("Desk passphrase").fill(DESK_PASSPHRASE)
    page.get_by_role("button", name="Unlock").click()
    page.get_by_role("heading", level=1, name="Open concerns").wait_for()
