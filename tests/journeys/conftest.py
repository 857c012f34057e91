"""A real demo school on each database, in Debian's Chromium, with a finger on a 1024 by 768 screen."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page

from kiosk import ROOT
from kiosk.commands.upgrade import upgrade_database
from kiosk.core.settings import Settings
from tests.databases import new_database
from tests.free_port import free_port
from tests.journeys.people import Finger


@dataclass(frozen=True)
class Kiosk:
    """A served demo school."""

    address: str
    mailbox: str
    data: Path

    def mail(self) -> str:
        """The page of its mailbox."""
        with urlopen(self.mailbox) as page:  # noqa: S310
            return str(page.read().decode())


@pytest.fixture(scope="session")
def voice_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sounds are the same on both databases: rendered once a run, whichever demo comes first."""
    base = tmp_path_factory.getbasetemp()
    # Under xdist each worker has a folder of its own below a common one.
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "voice"
    shared.mkdir(mode=0o700, exist_ok=True)
    return shared


@pytest.fixture(scope="session")
def kiosk(
    database: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, voice_folder: Path
) -> Iterator[Kiosk]:
    """`kiosk demo`, as `make demo` starts it."""
    data = tmp_path_factory.mktemp(f"demo-{database}")
    (data / "voice").symlink_to(voice_folder)
    # The plain voice: what the journeys prove is the same with either, and it leaves the machine to the browser.
    environment = {**os.environ, "KIOSK_DATA": str(data), "KIOSK_VOICE_EN": "rp"}
    if database == "postgresql":
        address = new_database(request.getfixturevalue("postgresql_server"), "kiosk_journeys")
        environment |= {"KIOSK_DATABASE_URL": address.app, "KIOSK_MIGRATION_URL": address.owner}
        upgrade_database(Settings(data=data, database_url=address.app, migration_url=address.owner))
    port = free_port()
    command = [sys.executable, "-m", "kiosk.cli", "demo", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        served = _wait(process, data)
        if database != "sqlite":
            SAME_PAGES.add(served.address)
        yield served
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _wait(process: subprocess.Popen[str], data: Path) -> Kiosk:
    told, mailbox = [], ""
    assert process.stdout is not None
    for line in process.stdout:
        told.append(line)
        if found := re.search(r"mailbox\s+(http\S+)", line):
            mailbox = found[1]
        if found := re.match(r"ready (http\S+?)/?$", line):
            return Kiosk(found[1], mailbox, data)
    raise AssertionError("the demo did not get ready:\n" + "".join(told))


@pytest.fixture
def pages_of_their_own(kiosk: Kiosk) -> None:
    """For tests of what a page does by itself: what it stores is stored by touch too, and that on both databases."""
    if kiosk.address in SAME_PAGES:
        pytest.skip("The pages are the same on both databases.")


@pytest.fixture
def tablet(browser: Browser, kiosk: Kiosk) -> Iterator[Page]:
    """A classroom tablet: 1024 by 768, touch alone."""
    context = browser.new_context(
        viewport={"width": 1024, "height": 768}, has_touch=True, base_url=kiosk.address, reduced_motion="reduce"
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert not faults, faults


@pytest.fixture
def desk_computer(browser: Browser, kiosk: Kiosk) -> Iterator[Page]:
    """A computer for an adult."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=kiosk.address)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A parent's phone."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, device_scale_factor=2
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def finger(tablet: Page) -> Finger:
    """A finger on the tablet."""
    return Finger(tablet)


SAME_PAGES: set[str] = set()
"""Kiosks whose pages are held to axe-core elsewhere: on the second database they are the same, and axe is slow."""
WITH_SYMBOLS = "on => { document.documentElement.dataset.symbols = on; }"


def axe_finds_nothing(page: Page) -> None:
    """Hold the page in hand to axe-core: a child's or a family's with symbols and without. Names each finding."""
    if any(page.url.startswith(address) for address in SAME_PAGES):
        return
    for _ in range(3):
        try:
            found = _findings(page)
            break
        except Error as moved:
            # The tap before was still leading to the next page.
            if "context was destroyed" not in str(moved):
                raise
    else:
        raise AssertionError(f"{page.url} does not stand still")
    assert not found, "\n".join(found)


def _findings(page: Page) -> list[str]:
    page.wait_for_load_state()
    shown = page.evaluate("document.documentElement.dataset.symbols") or "off"
    settings = ("on", "off") if page.locator("body.pupil, body.plain").count() else (shown,)
    told = []
    for symbols in settings:
        page.evaluate(WITH_SYMBOLS, symbols)
        for one in Axe().run(page).response["violations"]:
            where = [node["html"][:160] for node in one["nodes"][:3]]
            told.append(f"{page.url} (symbols {symbols}): {one['id']}: {one['help']}: {where}")
    page.evaluate(WITH_SYMBOLS, shown)
    return told
