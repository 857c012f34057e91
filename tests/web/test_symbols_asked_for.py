"""Anybody may ask for any choice of symbols: what is kept of the answers has an end."""

from __future__ import annotations

from flask.testing import FlaskClient

from kiosk.reading.lexicon import load_lexicon
from kiosk.web import pages


def test_ever_new_choices_do_not_fill_the_memory(client: FlaskClient) -> None:
    kept = pages._sprite.cache_parameters()["maxsize"]
    assert kept is not None and kept <= 1_000
    first, *others = [one.id for one in load_lexicon()][:4]
    for other in others:
        answer = client.get(f"/symbols/x.svg?of={first}.{other}", headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200 and answer.headers["Content-Encoding"] == "gzip"
    assert pages._sprite.cache_info().currsize <= kept
