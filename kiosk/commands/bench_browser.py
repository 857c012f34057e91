"""What a page weighs, asks for and takes to sound in a real browser; needs the packages of the tests and Chromium."""

from __future__ import annotations

import shutil
import statistics
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from kiosk.commands.bench_figure import KIB, Figure

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--autoplay-policy=no-user-gesture-required"]
TAPS = 12
TABLET: ViewportSize = {"width": 1024, "height": 768}

# From each tap to the moment the one audio element plays.
_TIMED = """
window.waits = [];
let tapped = 0;
addEventListener("click", () => { tapped = performance.now(); }, true);
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  this.addEventListener("playing", () => window.waits.push(performance.now() - tapped), { once: true });
  return play.call(this);
};
"""


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_arguments: object) -> None:
        """Say nothing."""


def in_browser(
    app: Flask, pages: Mapping[str, tuple[str, float | None, float]], heard: Mapping[str, tuple[str, float]]
) -> Iterator[Figure]:
    """Bytes over the wire and requests of each page, opened for the first time on a tablet; and how soon it sounds.

    `pages`: by name, the address, and the budgets of requests and of KiB. What a script fetches later counts too.
    `heard`: by name, the address of a page whose first text has its sound, and the budget in milliseconds.
    """
    with _browser_at(app) as found:
        if found is None:
            return
        browser, address = found
        for name, (path, most_requests, most_kib) in pages.items():
            sizes = _sizes(browser, address + path)
            yield Figure(f"{name}, in the browser: requests", len(sizes), "", most_requests)
            yield Figure(f"{name}, in the browser: bytes over the wire", sum(sizes) / KIB, "KiB", most_kib)
        for name, (path, most) in heard.items():
            waits = _waits(browser, address + path)
            yield Figure(f"{name}: tap to sound, cached, p95", statistics.quantiles(waits[1:], n=20)[-1], "ms", most)


@contextmanager
def _browser_at(app: Flask) -> Iterator[tuple[Browser, str] | None]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if path is None:
        click.echo("bench: no browser here (make browser, and the packages of the tests): its figures are left out")
        yield None
        return
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            yield browser, f"http://127.0.0.1:{server.server_port}"
            browser.close()
    finally:
        server.shutdown()


def _sizes(browser: Browser, address: str) -> list[int]:
    """The bytes of everything that a new tablet fetches."""
    context = browser.new_context(viewport=TABLET)
    page = context.new_page()
    session = context.new_cdp_session(page)
    sizes: list[int] = []
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    context.close()
    return sizes


def _waits(browser: Browser, address: str) -> list[float]:
    """Milliseconds from each tap on *listen* to its sound; the first fetches it."""
    context = browser.new_context(viewport=TABLET, has_touch=True)
    context.add_init_script(_TIMED)
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    for _ in range(TAPS):
        page.locator("button[data-listen][data-state='rest']").tap()
        page.locator("button[data-listen][data-state='play']").tap()
    waits = [float(one) for one in page.evaluate("() => window.waits")]
    context.close()
    return waits
