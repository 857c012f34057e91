"""The page on which somebody looks at every symbol before it is called reviewed."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from kiosk.reading.lexicon import load_lexicon
from kiosk.web.contact_sheet import sheet_of


def shown(html: str) -> list[str]:
    return re.findall(r'<li class="card contact-sheet__one" id="([a-z0-9-]+)">', html)


def test_every_symbol_is_on_the_sheet_at_both_sizes_and_in_its_sprite(client: FlaskClient) -> None:
    html = client.get("/symbols").get_data(as_text=True)
    ids = {one.id for one in load_lexicon()}
    assert set(shown(html)) == ids
    assert len(html) < 1_000 * len(ids)
    for size in ("l", "small"):
        assert len(re.findall(rf'<svg class="symbol symbol--{size}"', html)) == len(ids)
    address = re.findall(r'href="(/symbols/\w+\.svg\?[^#"]+)#', html)[0].replace("&amp;", "&")
    sprite = client.get(address).get_data(as_text=True)
    assert {symbol.strip('"') for symbol in re.findall(r'<symbol id=("[^"]+")', sprite)} == ids


def test_it_can_be_looked_through_by_letter_and_by_a_word_in_any_language(client: FlaskClient) -> None:
    assert shown(client.get("/symbols?letter=d").get_data(as_text=True))[0].startswith("d")
    assert all(one.startswith("d") for one in shown(client.get("/symbols?letter=d").get_data(as_text=True)))
    found = client.get("/symbols?find=Plotka!").get_data(as_text=True)
    assert "rumour" in shown(found) and '<p lang="ur" dir="auto">افواہ · افواہیں</p>' in found
    assert [one.id for one in sheet_of(load_lexicon(), find="فلٹر").concepts] == ["filter"]
    assert "No symbol is called so" in client.get("/symbols?find=unicycle").get_data(as_text=True)
