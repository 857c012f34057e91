"""The worker, the pages that stand in, and the home screen: the same for everybody, and nothing of anybody."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.features.people.models import Pupil
from kiosk.web import assets
from kiosk.web.display import LANGUAGES
from kiosk.web.headers import FOR_EVER
from kiosk.web.offline import worker_source
from tests.features.conftest import SignInAs, amina, sign_in, willow

__all__ = ["amina", "sign_in", "willow"]
SCRIPTS = sorted(assets.STATIC.rglob("*.js"))


@pytest.fixture
def nobody(app: Flask) -> FlaskClient:
    """A tablet that is no school's: these files need none."""
    return app.test_client()


def addresses(client: FlaskClient) -> list[str]:
    return sorted(set(re.findall(r"/offline/\w+/\w{12}/\w+/\w+", client.get("/sw.js").get_data(as_text=True))))


def test_the_worker_is_one_script_from_the_root_that_may_ask_the_kiosk_alone(nobody: FlaskClient) -> None:
    answer = nobody.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; connect-src 'self'"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert not re.search(r"^(import|export) ", worker_source(), re.MULTILINE)
    # Files that are joined share their names.
    names = re.findall(r"^(?:async )?(?:const|let|function|class) (\w+)", worker_source(), re.MULTILINE)
    assert sorted(names) == sorted(set(names))


def test_the_worker_is_told_of_every_page_in_every_language_and_level(nobody: FlaskClient) -> None:
    found = addresses(nobody)
    assert len(found) == len(LANGUAGES) * (2 * 3 + 1)
    for address in found:
        answer = nobody.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"] == FOR_EVER
        assert "Set-Cookie" not in answer.headers
        assert "csrf" not in answer.get_data(as_text=True)


def test_a_page_is_the_same_bytes_whoever_asks(sign_in: SignInAs, amina: Pupil, nobody: FlaskClient) -> None:
    address = next(one for one in addresses(nobody) if "/away/" in one)
    assert sign_in(amina).get(address).data == nobody.get(address).data


def test_an_old_address_leads_to_the_page_of_today_and_an_unknown_one_nowhere(nobody: FlaskClient) -> None:
    assert nobody.get("/offline/tell/0123456789ab/en/full").headers["Location"] in addresses(nobody)
    unknown = [("tell", "xx", "full"), ("tell", "en", "loud"), ("adult", "en", "simple"), ("x", "en", "full")]
    for name, language, level in unknown:
        assert nobody.get(f"/offline/{name}/0123456789ab/{language}/{level}").status_code == 404


def test_a_file_asked_for_by_an_old_name_is_not_to_be_kept_under_it(nobody: FlaskClient) -> None:
    for today in (assets.static("components/lesson/lesson.js"), assets.bundle("pupil")):
        assert nobody.get(today).headers["Cache-Control"] == FOR_EVER
        old = re.sub(r"^/(\w+)/\w+/", r"/\1/0123456789/", today)
        assert nobody.get(old).headers["Cache-Control"] == "no-cache"


def test_the_home_screen_has_a_name_and_icons_that_are_there(nobody: FlaskClient) -> None:
    answer = nobody.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    manifest = json.loads(answer.data)
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    assert {"any", "192x192", "512x512"} <= {one["sizes"] for one in manifest["icons"]}
    for one in manifest["icons"]:
        icon = nobody.get(one["src"])
        assert (icon.status_code, icon.mimetype) == (200, one["type"])
    page = nobody.get(addresses(nobody)[0]).get_data(as_text=True)
    assert 'rel="manifest" href="/manifest.webmanifest"' in page
    assert nobody.get("/icons/unknown.png").status_code == 404


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_what_a_script_imports_can_be_read_off_it(path: Path) -> None:
    """The worker fetches ahead what a lesson's scripts import, so no import may be put together while it runs."""
    script = path.read_text("utf-8")
    imported = re.findall(r"\bimport\s*\(([^)]*)\)", script)
    assert all(re.fullmatch(r'"\.{1,2}/[^"]+\.js"', one) for one in imported), imported
