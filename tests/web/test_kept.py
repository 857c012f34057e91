"""What is the same for everybody: served without a cookie, kept for ever."""

from __future__ import annotations

import gzip

from flask import Flask

from kiosk.features.people.models import Pupil
from kiosk.web.assets import bundle
from kiosk.web.kept import addresses_without_school
from tests.features.conftest import SignInAs, amina, sign_in, willow

__all__ = ["amina", "sign_in", "willow"]


def test_files_and_lesson_documents_are_known_by_how_their_address_begins(app: Flask) -> None:
    begins = addresses_without_school(app)
    files = {"/static/", "/style/", "/font/", "/voice/", "/symbols/", "/lesson/", "/lesson-symbols/", "/health"}
    assert files | {"/sw.js", "/offline/", "/manifest.webmanifest", "/icons/"} == {*begins}
    # Its page without scripts, /learn/<slug>/done, holds a form.
    assert "/learn/" not in begins


def test_a_file_neither_reads_nor_writes_a_cookie(sign_in: SignInAs, amina: Pupil) -> None:
    client = sign_in(amina)
    for path in ("/symbols/x.svg?of=tell.ask", bundle("pupil"), "/lesson/my-private-password/x/en/full"):
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code == 200
        assert answer.headers.get("Vary") == "Accept-Encoding"
        assert "Set-Cookie" not in answer.headers
        assert "immutable" in answer.headers["Cache-Control"] or path.startswith("/symbols")


def test_zipped_and_plain_bytes_are_the_same(app: Flask, school: object) -> None:
    client = app.test_client()
    plain = client.get("/style/x/pupil.css").get_data()
    zipped = client.get("/style/x/pupil.css", headers={"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.get_data()) == plain
