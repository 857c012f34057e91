"""A child at *tell* without a script: reads the form as it came and presses one of its buttons."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.checked_client import CheckedClient


class FormReader(HTMLParser):
    """What a browser would send of the form with this id, and the buttons that submit it."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.fields: MultiDict[str, str] = MultiDict()
        self.buttons: list[str] = []
        self.guarded: list[str] = []
        self._inside = False
        self._textarea: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._inside = given.get("id") == self.form_id
        if not self._inside and given.get("form") != self.form_id:
            return
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "input" and name:
            if given.get("type") in {"radio", "checkbox"} and "checked" not in given:
                return
            self.fields.add(name, value)
        if tag == "textarea":
            self._textarea = name
            self.fields.add(name, "")
        if tag == "button" and name == "go":
            self.buttons.append(value)
            if "data-guard" in given:
                self.guarded.append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "textarea":
            self._textarea = None

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self.fields[self._textarea] += data.removeprefix("\n")


def text_of(html: str) -> str:
    """What a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


class Child:
    """A child in front of a tablet; `html` is the page they see."""

    def __init__(self, client: CheckedClient) -> None:
        self.client = client
        self.answer: TestResponse = client.get("/tell")
        self.keep()

    def keep(self) -> None:
        self.html = self.answer.get_data(as_text=True)
        self.form = FormReader("tell")
        self.form.feed(self.html)

    def press(self, choice: str, **typed: str | list[str]) -> Child:
        """Type, and press the button that sends this choice; follows the way to the receipt."""
        assert choice in self.form.buttons, f"no button {choice!r} among {self.form.buttons}"
        return self.send({"go": choice, **typed})

    def send(self, fields: dict[str, str | list[str]]) -> Child:
        """Send the form with these fields in the place of its own, whether or not a button would."""
        sent = self.form.fields.copy()
        for name, value in fields.items():
            sent.setlist(name, [value] if isinstance(value, str) else value)
        self.answer = self.client.post("/tell", data=sent, follow_redirects=False)
        if self.answer.status_code == 303:
            self.answer = self.client.get(self.answer.location)
        self.keep()
        return self

    @property
    def text(self) -> str:
        """What the page says, without its tags."""
        return text_of(self.html)

    @property
    def was_sent(self) -> bool:
        return self.answer.status_code == 200 and "/tell/sent/" in self.answer.request.path
