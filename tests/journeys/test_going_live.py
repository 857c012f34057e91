"""A school from nothing: set up by a technician, made live by its head and two readers, each with their own link."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk import ROOT
from kiosk.features.concerns.recovery_sheets import Sheet, recovery_from_sheets
from tests.faults.test_generations import SETUP, Served
from tests.free_port import free_port
from tests.journeys.conftest import axe_finds_nothing

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("named_by_environment")]
PASSWORD = "seven green kites fly"
PASSPHRASES = ("kettle lemon harbour violin", "maple otter window seven")


def set_up(data: Path, port: int, *more: str) -> dict[str, list[str]]:
    """Run `kiosk setup`; the links it prints, by who they are for."""
    command = [sys.executable, "-m", "kiosk.cli", "setup", "--data", str(data), *more]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    links: dict[str, list[str]] = {}
    for line in told.splitlines():
        if found := re.match(r"(\w[^<]*) <", line):
            links[found[1]] = []
        elif found := re.search(r"http://[^/]+(/\S+)", line):
            [*_, last] = links
            links[last].append(f"http://127.0.0.1:{port}{found[1]}")
    return links


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    yield context.new_page()
    context.close()


def make_recovery_key(page: Page, link: str) -> tuple[Sheet, Sheet]:
    """The head makes the key, reads both sheets, and types a line of each back."""
    page.goto(link)
    axe_finds_nothing(page)
    page.get_by_role("button", name="Make the key").click()
    sheets = []
    for letter in "AB":
        shown = page.locator(f'[data-recovery-sheet="{letter}"]')
        shown.locator("li").first.wait_for()
        key_id = shown.locator("[data-recovery-key]").inner_text().replace(" ", "")
        sheets.append(Sheet(letter, key_id, tuple(shown.locator("li").all_inner_texts())))
    axe_finds_nothing(page)
    page.get_by_role("button", name="Both sheets are on paper").click()
    for sheet in sheets:
        asked = int(page.locator(f'[data-recovery-asked="{sheet.letter}"]').inner_text())
        page.locator(f'[data-recovery-typed="{sheet.letter}"]').fill(sheet.lines[asked - 1])
    with page.expect_navigation():
        page.get_by_role("button", name="Use this key").click()
    return sheets[0], sheets[1]


def tell_says(page: Page, address: str) -> str:
    page.goto(f"{address}/tell")
    axe_finds_nothing(page)
    return " ".join(page.locator("main").inner_text().split())


def test_tell_goes_live_when_the_head_and_two_readers_have_used_their_links(tmp_path: Path, page: Page) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    links = set_up(tmp_path / "data", port, *SETUP)
    assert {name: len(them) for name, them in links.items()} == {"Hana Head": 2, "Dina Dsl": 2, "Dev Deputy": 2}
    served = Served(tmp_path / "data", port)
    try:
        shown = tell_says(page, address)
        assert "I want a grown-up to come" not in shown
        assert "999" in page.locator("body").inner_text()

        sheets = make_recovery_key(page, links["Hana Head"][1])
        assert recovery_from_sheets(*sheets)
        for name, passphrase in zip(("Dina Dsl", "Dev Deputy"), PASSPHRASES, strict=True):
            assert "I want a grown-up to come" not in tell_says(page, address)
            page.goto(links[name][1])
            axe_finds_nothing(page)
            for field in page.locator("input[type=password]").all():
                field.fill(passphrase)
            with page.expect_navigation():
                page.locator("main form button.button--next").click()
        assert "I want a grown-up to come" in tell_says(page, address)

        page.goto(links["Dina Dsl"][1])
        assert page.evaluate("fetch(location.href).then(answer => answer.status)") == 410
        page.goto(links["Dina Dsl"][0])
        for field in page.locator("input[type=password]").all():
            field.fill(PASSWORD)
        with page.expect_navigation():
            page.get_by_role("button", name="Keep this password").click()
        page.get_by_label("E-mail address").fill("dina@oak.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_label("Desk passphrase").fill(PASSPHRASES[0])
        page.get_by_role("button", name="Unlock").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Open concerns")
    finally:
        served.end()
