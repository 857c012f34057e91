"""A test client that checks every page it fetches, and finds its way in forms (habit 15)."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk.core.database import db, set_writing


class PageReader(HTMLParser):
    """Reads what the house asks of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.language: str | None = None
        self.titles = 0
        self.h1 = 0
        self.ids: list[str] = []
        self.labels_for: list[str] = []
        self.faults: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "html":
            self.language = given.get("lang")
        self.titles += tag == "title"
        self.h1 += tag == "h1"
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "label" and given.get("for"):
            self.labels_for.append(str(given["for"]))
        if tag == "style" or "style" in given:
            self.faults.append(f"inline style on <{tag}>")
        if tag == "script" and not given.get("src"):
            self.faults.append("inline script")
        if any(name.startswith("on") for name in given):
            self.faults.append(f"inline handler on <{tag}>")
        if tag == "img" and "alt" not in given:
            self.faults.append("an image without alt")
        for name in ("src", "href", "action"):
            if str(given.get(name, "")).startswith(("http:", "https:", "//")) and tag != "a":
                self.faults.append(f"<{tag}> asks a third party: {given[name]}")


def faults_of(html: str) -> list[str]:
    """What is wrong with a page by the house rules."""
    reader = PageReader()
    reader.feed(html)
    faults = list(reader.faults)
    if reader.titles != 1:
        faults.append(f"{reader.titles} titles")
    if reader.h1 != 1:
        faults.append(f"{reader.h1} h1")
    if not reader.language:
        faults.append("no language")
    twice = {one for one in reader.ids if reader.ids.count(one) > 1}
    if twice:
        faults.append(f"ids used twice: {sorted(twice)}")
    lost = set(reader.labels_for) - set(reader.ids)
    if lost:
        faults.append(f"labels for nothing: {sorted(lost)}")
    if "@sprite@" in html:
        faults.append("a symbol without its sprite")
    return faults


class CheckedClient(FlaskClient):
    """Checks each page; writes are allowed again after each request, as the test itself may write."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        # What the test wrote is there for the request, which has a session and a `g` of its own.
        db.session.commit()
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        set_writing(True)
        db.session.expire_all()
        if response.mimetype == "text/html" and response.data:
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
            faults = faults_of(response.get_data(as_text=True))
            assert not faults, f"{response.request.path}: {'; '.join(faults)}"
        return response

    def send(self, path: str, **fields: Any) -> TestResponse:
        """Post a form as a browser would that has just been given it."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get("/staff").get_data(as_text=True))
        assert token
        return self.post(path, data={"csrf_token": token[1], **fields})
