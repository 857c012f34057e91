"""Each journey again, by one switch alone, by two, and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.features.lessons.playing import Player
from tests.journeys.people import open_class, staff_sign_in
from tests.journeys.switching import Keys, Switch

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("pages_of_their_own")]
RULES = ("We stop and think before we tap.", "We tell a grown-up when it feels odd.")


@pytest.fixture
def switch(tablet: Page) -> Switch:
    """One switch; the clock of its tablet goes only when the ring does."""
    tablet.clock.install(time=0)
    tablet.clock.pause_at(1_000)
    tablet.goto("/")
    return Switch(tablet)


@pytest.fixture
def two(switch: Switch) -> Switch:
    """Two switches."""
    switch.two = True
    return switch


def sign_in(switch: Switch, school_class: str, first_name: str) -> None:
    switch.use("/")
    switch.take_link(school_class)
    switch.take_button(first_name)
    switch.page.wait_for_url("**/home")
    # What the pupil's own way of using it is, is not what is asked here.
    switch.use("/home")


def test_a_pupil_learns_by_one_switch(tablet: Page, switch: Switch) -> None:
    sign_in(switch, "Willow", "Leo")
    switch.take(tablet.locator(".tile--big"))
    player = Player(tablet, touch=switch.take, waits=False)
    player.ready()
    player.play()
    assert {"choose", "sort", "order", "spot", "feel", "after"} <= set(player.seen)
    switch.take(tablet.locator("[data-leave]"))
    tablet.wait_for_url("**/home")
    # Answers travel by themselves: the tick is there on the first look after they have arrived.
    for _ in range(10):
        if tablet.locator(".tile__done").count():
            break
        tablet.reload()
    expect(tablet.locator(".tile__done")).to_have_count(1)


def test_a_pupil_agrees_by_one_switch(tablet: Page, switch: Switch) -> None:
    sign_in(switch, "Willow", "Mei")
    switch.take_link("Our rules")
    tablet.wait_for_url("**/agreement")
    switch.take_next()
    for number in range(1, 6):
        tablet.wait_for_url(f"**/agreement/rule/{number}")
        switch.take_button("I want to ask" if number == 2 else "I understand")
        tablet.locator(".bar__next a").wait_for()
        switch.take_next()
    tablet.wait_for_url("**/agreement/closing")
    switch.take_next()
    tablet.wait_for_url("**/agreement/sign")
    switch.take(tablet.locator("input[name=way][value=symbol]"))
    switch.take(tablet.locator("input[name=chosen_symbol]").first)
    switch.hold_to_axe()
    switch.take_next()
    tablet.wait_for_url("**/agreement/signed")


def tell(switch: Switch) -> None:
    tablet = switch.page
    sign_in(switch, "Willow", "Ravi")
    before = switch.presses
    switch.take(tablet.locator("a.button--tell"))
    assert switch.presses == before + 1
    switch.take(tablet.locator(".tell-come"))
    switch.take_button("Ravi")
    switch.take_button("Use symbols")
    rubber = tablet.locator("[data-tell-take-back]")
    expect(rubber, "the ring passes by what has nothing to rub out").to_have_attribute("aria-disabled", "true")
    switch.take(tablet.locator("input[name=group][value=people]"))
    switch.take(tablet.locator("[data-tell-group=people] .tell-symbol").nth(1))
    expect(tablet.locator("[data-tell-sentence] > li")).to_have_count(1)
    expect(rubber).to_have_attribute("aria-disabled", "false")
    switch.take_button("How I feel")
    switch.take(tablet.locator("input[name=feeling][value=worried]"))
    expect(tablet.locator("input[name=feeling][value=worried]")).to_be_checked()
    send = tablet.locator(".bar__next button")
    switch.take(send)
    switch.hold_to_axe()
    switch.take_button("Not yet")
    expect(tablet.locator("dialog[open]")).to_have_count(0)
    switch.take(send)
    switch.take_button("Yes, send it")
    tablet.get_by_role("heading", name="It was sent.").wait_for()
    switch.take_next()
    tablet.wait_for_url(re.compile(r"/$|/home$"))


def test_a_child_tells_by_one_switch_and_is_asked_before_it_is_sent(switch: Switch) -> None:
    tell(switch)


def test_a_child_tells_by_two_switches(two: Switch) -> None:
    tell(two)


def test_a_pupil_suggests_a_rule_and_votes_by_two_switches(
    tablet: Page, two: Switch, desk_computer: Page
) -> None:
    sign_in(two, "Hazel", "Arlo")
    two.take_link("Our charter")
    two.take_link("Build a rule")
    two.take(tablet.locator("main .choice").first)
    tablet.wait_for_url("**what=*")
    two.take(tablet.locator("main .choice").first)
    tablet.wait_for_url("**when=*")
    two.take_next()
    tablet.wait_for_url("**/charter?done=suggested")

    staff_sign_in(desk_computer, "tom@demo.example")
    open_class(desk_computer, "Hazel Class")
    desk_computer.get_by_role("link", name="Charter", exact=True).click()
    for name, rule in (("Allow", ""), *(("Add to the list", rule) for rule in RULES), ("Open voting", "")):
        if rule:
            desk_computer.get_by_label("A rule of your own").fill(rule)
        with desk_computer.expect_navigation():
            desk_computer.get_by_role("button", name=name, exact=True).first.click()

    two.use("/home")
    two.take_link("Our charter")
    dots = tablet.locator(".poll input")
    for n in (0, 1):
        two.take(dots.nth(n))
        expect(dots.nth(n)).to_be_checked()
    two.take_next()
    tablet.wait_for_url("**/charter?done=voted")


def test_tell_is_two_presses_away_from_inside_any_group(tablet: Page, two: Switch) -> None:
    sign_in(two, "Willow", "Theo")
    for path in ("/", "/home", "/lessons", "/learn/spot-the-advert", "/agreement", "/charter", "/for-home", "/display"):
        # Where a child chooses how they like it, what they have chosen counts, and this one has chosen nothing yet.
        tablet.goto(f"{path}?scan=two" if path == "/display" else path)
        tell_button = tablet.locator("a.button--tell").last
        tell_button.wait_for()
        first = tablet.locator("[data-scanned]").first
        first.wait_for()
        assert tell_button.get_attribute("data-scanned") is None, f"{path}: never the first"
        tablet.clock.run_for(1_100)
        before = two.presses
        if first.get_attribute("data-scanned") == "group":
            two.press()
            before = two.presses
            while not tablet.locator(".scan-out[data-scanned]").count():
                assert tablet.locator("[data-scanned=item]").count(), f"{path}: the way out comes"
                two.go_on()
            two.press()
        tell_button.evaluate("one => one.addEventListener('click', (event) => { event.preventDefault(); })")
        two.take(tell_button)
        assert two.presses - before <= 2, path


def test_a_pupil_agrees_suggests_and_tells_by_keyboard_alone(tablet: Page) -> None:
    keys = Keys(tablet)
    tablet.goto("/")
    keys.take(tablet.get_by_role("link", name="Willow"))
    keys.take(tablet.get_by_role("button", name="Zainab", exact=True))
    tablet.wait_for_url("**/home")

    keys.take(tablet.get_by_role("link", name="Our rules"))
    keys.take(tablet.locator(".bar__next a"))
    tablet.wait_for_url("**/agreement/rule/1")
    keys.take(tablet.get_by_role("button", name="I understand"))
    tablet.locator(".bar__next a").wait_for()

    tablet.goto("/charter/board")
    keys.take(tablet.locator("main .choice").first)
    tablet.wait_for_url("**what=*")
    keys.take(tablet.locator("main .choice").first)
    tablet.wait_for_url("**when=*")
    keys.take(tablet.locator(".bar__next button"))
    tablet.wait_for_url("**/charter?done=suggested")

    keys.take(tablet.locator("a.button--tell"))
    keys.take(tablet.locator(".tell-come"))
    keys.take(tablet.get_by_role("button", name="I am not saying"))
    tablet.get_by_role("button", name="How I feel").wait_for()
    keys.take(tablet.locator(".bar__next button"))
    tablet.get_by_role("heading", name="It was sent.").wait_for()
