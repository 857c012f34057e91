"""Plays a lesson in a browser: what a child would tap on each screen, whatever kind it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

UNGUARDED = "() => !document.querySelector('.is-guarded')"
UNGUARD = "() => document.querySelectorAll('.is-guarded').forEach((one) => one.classList.remove('is-guarded'))"


def tap(what: Locator) -> None:
    """A finger."""
    what.tap()


def press(what: Locator) -> None:
    """A keyboard, or one switch that stands on the thing."""
    what.focus()
    what.press("Enter")


@dataclass
class Player:
    """Takes a lesson from its first screen to its last, and counts what it answered."""

    page: Page
    touch: Callable[[Locator], None] = tap
    waits: bool = True
    """Whether it waits until taps count again, as a child would notice; else it hurries."""
    answers: int = 0
    seen: list[str] = field(default_factory=list)

    def open(self, slug: str, **tried: str) -> None:
        """Open a lesson and wait until it is awake."""
        query = "&".join(f"{name}={value}" for name, value in tried.items())
        self.page.goto(f"/learn/{slug}?{query}")
        self.ready()

    def ready(self) -> None:
        """Wait until the activities work."""
        self.page.locator("[data-awake]").wait_for()

    @property
    def screen(self) -> Locator:
        """The one screen that is shown."""
        return self.page.locator(".step:not([hidden])")

    @property
    def kind(self) -> str:
        """What kind of screen is shown."""
        return self.screen.get_attribute("data-kind") or ""

    def next(self) -> None:
        """Turn to the next screen."""
        if self.waits:
            self.page.wait_for_function(UNGUARDED)
        else:
            self.page.evaluate(UNGUARD)
        self.touch(self.page.locator("[data-next]"))

    def play(self, before_each: Callable[[int], None] = lambda _number: None) -> None:
        """Play from here to the last screen."""
        number = 0
        while self.kind != "finish":
            before_each(number)
            self.seen.append(self.kind)
            self.answer()
            self.next()
            number += 1
        before_each(number)
        self.seen.append(self.kind)

    def answer(self) -> None:
        """Do what this screen asks, not right at first where there is a right."""
        play = {
            "before": self._any, "feel": self._any, "choose": self._choose, "after": self._choose,
            "sort": self._sort, "order": self._order, "spot": self._spot,
        }.get(self.kind)  # fmt: skip
        if play:
            play()

    def _do(self, what: Locator) -> None:
        self.touch(what)
        self.answers += 1

    def _any(self) -> None:
        self._do(self.screen.locator(".choice").first)

    def _choose(self) -> None:
        self._do(self.screen.locator("[data-right=no]").first)
        self._do(self.screen.locator("[data-right=yes]").first)

    def _sort(self) -> None:
        groups = self.screen.locator(".sort__groups .choice")
        for item in self.screen.locator(".sort__item").all():
            home = item.get_attribute("data-group")
            if item.get_attribute("data-item") == self.screen.locator(".sort__item").first.get_attribute("data-item"):
                self._do(groups.and_(self.page.locator(f':not([data-group="{home}"])')).first)
            self._do(groups.and_(self.page.locator(f'[data-group="{home}"]')))

    def _order(self) -> None:
        right = (self.screen.locator(".order").get_attribute("data-right") or "").split(",")
        for step in [*right[::-1], *right]:
            self.touch(self.screen.locator(f'[data-answer="{step}"]'))
        self.answers += 2

    def _spot(self) -> None:
        for part in self.screen.locator(".choice").all():
            self._do(part)
