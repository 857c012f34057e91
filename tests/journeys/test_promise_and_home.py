"""Promise and Home: a class writes its charter; the code on its poster opens the class at home."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Page

from tests.journeys.conftest import Kiosk, axe_finds_nothing
from tests.journeys.people import Finger, open_class, staff_sign_in

pytestmark = pytest.mark.journey
RULES = {
    "Abdul": "We ask before we share a photo.",
    "Aleks": "We tell a grown-up when it feels odd.",
    "Aoife": "We stop and think before we tap.",
}


def open_charter(page: Page) -> None:
    open_class(page, "Maple Class")
    page.get_by_role("link", name="Charter", exact=True).click()
    page.get_by_role("heading", level=1, name="Class charter").wait_for()


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def test_a_class_writes_its_charter_and_its_poster_opens_it_at_home(
    kiosk: Kiosk, tablet: Page, finger: Finger, desk_computer: Page, phone: Page, tmp_path: Path
) -> None:
    for name, rule in RULES.items():
        finger.sign_in("Maple", name)
        finger.tap_link("Our charter")
        axe_finds_nothing(tablet)
        finger.tap_link("Write a rule")
        tablet.locator("textarea").fill(rule)
        axe_finds_nothing(tablet)
        finger.tap_button("Send")
        tablet.wait_for_url("**/charter?done=suggested")
        finger.leave()

    staff_sign_in(desk_computer, "tom@demo.example")
    open_charter(desk_computer)
    axe_finds_nothing(desk_computer)
    for _ in RULES:
        press(desk_computer, "Allow")
    press(desk_computer, "Open voting")

    for name in ("Abdul", "Beth"):
        finger.sign_in("Maple", name)
        finger.tap_link("Our charter")
        axe_finds_nothing(tablet)
        for rule in RULES.values():
            finger.tap(tablet.locator(".poll label", has_text=rule.split()[1]).first)
        finger.tap_next()
        tablet.wait_for_url("**/charter?done=voted")
        finger.leave()

    open_charter(desk_computer)
    press(desk_computer, "Close voting")
    axe_finds_nothing(desk_computer)
    press(desk_computer, "Settle on these")
    press(desk_computer, "Open signing")

    for name in ("Aleks", "Beth"):
        finger.sign_in("Maple", name)
        finger.tap_link("Our charter")
        finger.tap_link("I want to sign")
        finger.tap(tablet.locator("label.sign__way", has_text="Draw"))
        finger.draw(tablet.locator("canvas"))
        axe_finds_nothing(tablet)
        finger.tap_button("Sign")
        tablet.wait_for_url("**/charter?done=signed")
        axe_finds_nothing(tablet)
        finger.leave()

    open_charter(desk_computer)
    press(desk_computer, "Finish the charter")
    with desk_computer.expect_download() as download:
        desk_computer.get_by_role("link", name=re.compile("A4")).click()
    poster = tmp_path / "poster.pdf"
    download.value.save_as(poster)

    document = pypdfium2.PdfDocument(poster)
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    for name in ("Abdul", "Aleks", "Beth"):
        assert name not in text
    picture = document[0].render(scale=150 / 72).to_pil()
    codes = zxingcpp.read_barcodes(picture)
    assert len(codes) == 1
    address = codes[0].text
    assert re.fullmatch(r"HTTP://127\.0\.0\.1:\d+/H/[A-Z2-7]{16}", address)

    phone.goto(address)
    for language, direction in (("en", "ltr"), ("pl", "ltr"), ("ur", "rtl")):
        phone.locator(f'.languages a[hreflang="{language}"]').click()
        phone.wait_for_url(f"**/H/*/{language}*")
        assert phone.locator("html").get_attribute("dir") == direction
        axe_finds_nothing(phone)
        for endpoint in ("agreement", "charter", "worried"):
            phone.goto(f"{phone.url.split('?')[0]}/{endpoint}")
            axe_finds_nothing(phone)
            shown = phone.locator("main").inner_text()
            assert not any(name in shown for name in ("Abdul", "Aleks", "Beth"))
            if endpoint == "charter":
                assert "share" in shown
            phone.go_back()
    phone.locator('.languages a[hreflang="en"]').click()
    phone.locator("a.tile").first.click()
    axe_finds_nothing(phone)
    with phone.expect_response(re.compile(r"/voice/\w+\.mp3")) as sound:
        phone.locator("button[data-listen]").tap()
    assert sound.value.status in {200, 206}


def test_an_unknown_code_says_to_ask_the_school(kiosk: Kiosk, phone: Page) -> None:
    phone.goto(f"{kiosk.address}/H/AAAAAAAAAAAAAAAA")
    assert "school" in phone.locator("main").inner_text()
    axe_finds_nothing(phone)


