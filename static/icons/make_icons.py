"""Draws the PNG icons of the home screen from kiosk.svg, in the browser that the tests drive: run after changing it."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
SAFE = 0.8
"""How much of a maskable icon is sure to be seen."""


def main() -> None:
    """Write the icons beside this file."""
    svg = (HERE / "kiosk.svg").read_text("utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, size, share, ground in (
            ("kiosk-192.png", 192, 1, "transparent"),
            ("kiosk-512.png", 512, 1, "transparent"),
            ("kiosk-maskable-512.png", 512, SAFE, "#fff8ea"),
        ):
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(
                f"<style>body{{margin:0;display:grid;place-items:center;height:100vh;background:{ground}}}"
                f"svg{{width:{share * 100}%;height:{share * 100}%}}</style>{svg}"
            )
            page.screenshot(path=HERE / name, omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
