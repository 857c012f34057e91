"""The recovery key, made and printed in the head's browser."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Browser, Page

from kiosk.features.concerns.keys import (
    Cost,
)
from kiosk.features.concerns.recovery_sheets import (
    Sheet,
    recovery_from_sheets,
)
from kiosk.features.concerns.sealing import Context, PublicKey, open_with, seal
from kiosk.web.headers import CSP

CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
PASSPHRASE = "otter piano window lemon"
COMPONENT = Path(__file__).parents[3] / "static/components/recovery"


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


# The head's browser makes the key: the real module, in a real browser, on the page that its own comment shows


class Desk:
    """A little server with the kiosk's CSP, which keeps what is posted to it."""

    def __init__(self) -> None:
        script = (COMPONENT / "recovery.js").read_text("utf-8")
        form = script[script.index("<form") : script.index("</form>") + len("</form>")]
        page = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Recovery key</title>'
            '<link rel="stylesheet" href="/base.css"><link rel="stylesheet" href="/recovery.css">'
            '<script type="module" src="/recovery.js"></script></head><body class="adult"><nav>Frame</nav>'
            f"<main><h1>Recovery key</h1>{form}</main></body></html>"
        )
        styles = COMPONENT.parents[1] / "base.css"
        self.answers = {
            "/": ("text/html; charset=utf-8", page),
            "/recovery.js": ("text/javascript", script),
            "/recovery.css": ("text/css", (COMPONENT / "recovery.css").read_text("utf-8")),
            "/base.css": ("text/css", styles.read_text("utf-8")),
            "/favicon.ico": ("image/x-icon", ""),
        }
        self.posted: list[str] = []
        self.asked_for: list[str] = []
        # 204 leaves the page as it was: what is still on it after the post can be looked at.
        self.status = 200

    def handler(self) -> type[BaseHTTPRequestHandler]:
        desk = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self, status: int, kind: str, text: str) -> None:
                self.send_response(status)
                self.send_header("Content-Security-Policy", CSP)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(text.encode() if status != 204 else b"")

            def do_GET(self) -> None:
                desk.asked_for.append(self.path)
                self.answer(200, *desk.answers[self.path])

            def do_POST(self) -> None:
                desk.asked_for.append(self.path)
                desk.posted.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.answer(desk.status, "text/plain", "thank you")

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its name in the base class)
                pass

        return Handler


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), desk.handler()) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def page(desk: Desk, browser: Browser) -> Iterator[Page]:
    """The recovery page, loaded; a script error or a breach of the CSP fails the test."""
    complaints: list[str] = []
    with served(desk) as address:
        page = browser.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(address)
        yield page
        page.close()
    assert complaints == []


def sheets_on(page: Page) -> tuple[Sheet, Sheet]:
    def read(letter: str) -> Sheet:
        sheet = page.locator(f'[data-recovery-sheet="{letter}"]')
        key_id = sheet.locator("[data-recovery-key]").inner_text().replace(" ", "")
        return Sheet(letter, key_id, tuple(sheet.locator("li").all_inner_texts()))

    return read("A"), read("B")


def type_back(page: Page, *sheets: Sheet) -> None:
    for sheet in sheets:
        number = int(page.locator(f'[data-recovery-asked="{sheet.letter}"]').inner_text())
        page.locator(f'[data-recovery-typed="{sheet.letter}"]').fill(sheet.lines[number - 1].lower())


@pytest.mark.journey
def test_a_concern_sealed_to_the_posted_key_opens_with_the_printed_sheets(desk: Desk, page: Page) -> None:
    page.get_by_role("button", name="Make the key").click()
    a, b = sheets_on(page)
    page.get_by_role("button", name="Both sheets are on paper").click()
    type_back(page, a, b)
    page.get_by_role("button", name="Use this key").click()
    page.get_by_text("thank you").wait_for()

    (posted,) = desk.posted
    fields = parse_qs(posted)
    recovery = PublicKey.from_text(fields["public_key"][0], "recovery")
    context = Context("oakfield", "c-1")
    envelope = seal({"words": "hello"}, context=context, to=[PublicKey.of(new_key()), recovery])

    rebuilt = recovery_from_sheets(a, b)
    assert open_with(rebuilt, envelope, context) == {"words": "hello"}
    assert recovery.key_id == a.key_id == b.key_id

    # Nothing but the public key left the page.
    assert fields.keys() == {"public_key"}
    assert set(desk.asked_for) <= {
        "/",
        "/recovery.js",
        "/recovery.css",
        "/base.css",
        "/favicon.ico",
        "/recovery",
    }


@pytest.mark.journey
def test_nothing_is_posted_before_one_line_of_each_sheet_is_typed_back(desk: Desk, page: Page) -> None:
    page.locator("form").evaluate("form => form.requestSubmit()")
    page.get_by_role("button", name="Make the key").click()
    page.locator("form").evaluate("form => form.requestSubmit()")
    a, b = sheets_on(page)
    page.get_by_role("button", name="Both sheets are on paper").click()
    assert not page.locator("[data-recovery-sheet]").first.is_visible()

    use = page.get_by_role("button", name="Use this key")
    use.click()
    assert page.get_by_text("This is not that line of sheet A").is_visible()
    assert page.get_by_text("This is not that line of sheet B").is_visible()
    assert page.locator(":focus").get_attribute("data-recovery-typed") == "A"
    type_back(page, a)
    use.click()
    assert not page.get_by_text("This is not that line of sheet A").is_visible()
    assert page.get_by_text("This is not that line of sheet B").is_visible()
    assert page.locator(":focus").get_attribute("data-recovery-typed") == "B"

    page.get_by_role("button", name="Show the sheets again").click()
    assert sheets_on(page) == (a, b)
    assert desk.posted == []


@pytest.mark.journey
def test_the_private_parts_are_wiped_from_the_page_and_it_posts_once(desk: Desk, page: Page) -> None:
    desk.status = 204
    page.get_by_role("button", name="Make the key").click()
    a, b = sheets_on(page)
    page.get_by_role("button", name="Both sheets are on paper").click()
    type_back(page, a, b)
    with page.expect_response("**/recovery"):
        page.get_by_role("button", name="Use this key").click()
    page.get_by_role("button", name="Use this key").click()

    left = page.content() + json.dumps(
        page.evaluate("""() => [...document.querySelectorAll("input")].map((field) => field.value)""")
    )
    groups = {group for line in a.lines + b.lines for group in (line, line.replace(" ", ""))}
    assert not [group for group in groups if group.casefold() in left.casefold()]
    assert len(desk.posted) == 1
    assert page.evaluate("() => localStorage.length + sessionStorage.length") == 0


@pytest.mark.journey
def test_each_sheet_is_printed_alone_on_its_page(page: Page) -> None:
    page.get_by_role("button", name="Make the key").click()
    page.emulate_media(media="print")
    visible = page.evaluate(
        """() => [...document.querySelectorAll("body :not(:has(*), [data-recovery-sheet] *)")]
             .filter((one) => one.checkVisibility()).map((one) => one.textContent)"""
    )
    assert visible == []
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 2


@pytest.mark.journey
def test_leaving_the_page_leaves_no_sheet_behind_for_the_back_button(desk: Desk, page: Page) -> None:
    page.get_by_role("button", name="Make the key").click()
    page.evaluate("() => dispatchEvent(new Event('pagehide'))")
    assert page.locator("[data-recovery-lines] li").count() == 0
    assert page.get_by_role("button", name="Make the key").is_visible()
    assert desk.posted == []
