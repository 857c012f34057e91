"""What a page weighs and asks for in a real browser; needs the packages of the tests and Chromium."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Mapping

import click
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from kiosk.commands.bench_figure import KIB, Figure

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_arguments: object) -> None:
        """Say nothing."""


def in_browser(app: Flask, pages: Mapping[str, tuple[str, float | None, float]]) -> Iterator[Figure]:
    """Bytes over the wire and requests of each page, opened for the first time on a tablet.

    `pages`: by name, the address, and the budgets of requests and of KiB. What a script fetches later counts too.
    """
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if path is None:
        click.echo("bench: no browser here (make browser, and the packages of the tests): its figures are left out")
        return
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
            )
            for name, (address, most_requests, most_kib) in pages.items():
                context = browser.new_context(viewport={"width": 1024, "height": 768})
                page = context.new_page()
                session = context.new_cdp_session(page)
                sizes: list[int] = []
                session.send("Network.enable")
                session.on("Network.loadingFinished", lambda told, sizes=sizes: sizes.append(told["encodedDataLength"]))
                page.goto(f"http://127.0.0.1:{server.server_port}{address}", wait_until="networkidle")
                context.close()
                yield Figure(f"{name}, in the browser: requests", len(sizes), "", most_requests)
                yield Figure(f"{name}, in the browser: bytes over the wire", sum(sizes) / KIB, "KiB", most_kib)
            browser.close()
    finally:
        server.shutdown()
