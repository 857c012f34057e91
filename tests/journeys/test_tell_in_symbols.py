"""A child who does not speak tells in symbols alone, where on them too; the desk shows it word for word."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.conftest import axe_finds_nothing
from tests.journeys.people import Finger, staff_sign_in, unlock_desk


def by_symbols(tablet: Page) -> None:
    """This tablet reads by symbols, as a child's own settings would have it."""
    tablet.goto("/")
    tablet.context.add_cookies([{"name": "display", "value": "level=symbols&symbols=on", "url": tablet.url}])


def open_group(tablet: Page, finger: Finger, name: str) -> None:
    finger.tap(tablet.locator("label.tell-group", has_text=name))


def test_a_child_tells_by_symbols_alone_where_on_them(tablet: Page, finger: Finger, desk_computer: Page) -> None:
    asked: list[str] = []
    tablet.on("request", lambda request: asked.append(request.url))
    by_symbols(tablet)
    tablet.goto("/tell")
    finger.tap_button("I want to tell")
    finger.tap_button("I am not saying")
    tablet.get_by_role("button", name="Take one back").wait_for()
    open_group(tablet, finger, "People")
    finger.tap_button("carer", exact=True)
    open_group(tablet, finger, "Doing")
    finger.tap_button("touch", exact=True)
    axe_finds_nothing(tablet)

    open_group(tablet, finger, "My body")
    finger.tap_button("Where on me", exact=True)
    tablet.get_by_role("heading", name="Where on me").wait_for()
    axe_finds_nothing(tablet)
    finger.tap(tablet.locator(".body [data-at='tummy']"))
    tablet.get_by_role("button", name="Take one back").wait_for()
    assert tablet.locator("input[value='body']").is_checked(), "the group that was left is open again"

    # The drawing is a help: every place is a button, also for a keyboard or a switch.
    finger.tap_button("Where on me", exact=True)
    place = tablet.get_by_role("button", name="the parts my underwear covers")
    place.wait_for()
    tablet.wait_for_function("() => !document.querySelector('.is-guarded')")
    place.focus()
    lit = tablet.locator(".body [data-at='underwear']").evaluate("one => getComputedStyle(one).fill")
    assert lit == "rgb(97, 178, 228)"
    tablet.keyboard.press("Enter")
    tablet.get_by_role("heading", name="The parts my underwear covers").wait_for()
    axe_finds_nothing(tablet)
    finger.tap_button("My words")
    open_group(tablet, finger, "Small words")
    finger.tap_button("again", exact=True)
    finger.tap_button("no symbol for it")
    finger.tap_button("Send now")
    tablet.get_by_role("heading", name="It is sent.").wait_for()
    chosen = ("tell-carer", "tell-touch", "tell-at-")
    assert [url for url in asked if any(one in url for one in chosen)] == [], "no address says what was chosen"

    staff_sign_in(desk_computer, "dilys@demo.example")
    unlock_desk(desk_computer)
    # Another journey of the same school may not have said who either, but wanted a grown-up to come.
    concern = desk_computer.locator("li.concern", has_text="Is not saying who", has_not_text="wants a grown-up")
    concern.get_by_role("button", name="Open").click()
    told = desk_computer.locator(".told-symbols").first
    expect(told.locator("li")).to_have_text(
        ["carer", "touch", "my tummy", "the parts my underwear covers", "again", "no symbol for it"]
    )
    expect(told.locator("svg")).to_have_count(6)
    axe_finds_nothing(desk_computer)
    desk_computer.get_by_role("link", name="Words for telling").click()
    desk_computer.get_by_role("heading", level=1, name="Words for telling").wait_for()
    axe_finds_nothing(desk_computer)
