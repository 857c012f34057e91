"""`kiosk bench`: the budgets of design §5 that this kiosk has so far, as ratios within one run."""

from __future__ import annotations

import gzip
import json
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from kiosk.commands.bench_browser import in_browser
from kiosk.commands.bench_figure import KIB, Figure
from kiosk.commands.bench_voice import voice_figures
from kiosk.commands.demo.school import make_demo_school
from kiosk.commands.upgrade import upgrade_database
from kiosk.core.database import db, transaction
from kiosk.core.mail import settings_in_use
from kiosk.core.schools import School
from kiosk.core.settings import Settings
from kiosk.core.tenancy import in_school
from kiosk.factory import create_app
from kiosk.features.people.models import Pupil, SchoolClass
from kiosk.reading.voice import VoiceJob, VoiceStore
from kiosk.web.passages import get_phrase, passage_of

ROUNDS = 300


def run_bench(settings: Settings, *, as_json: bool, only: str | None = None) -> int:
    """Measure what is wanted, `only` "pages" or "voice"; 1 where a budget is broken."""
    figures: list[Figure] = []
    if only != "voice":
        figures += _pages()
    if only != "pages":
        figures += voice_figures(settings)
    if as_json:
        click.echo(json.dumps([{**asdict(one), "holds": one.holds} for one in figures], indent=2))
    else:
        for one in figures:
            budget = f"budget {one.budget:g}" if one.budget is not None else ""
            state = {True: "ok", False: "BROKEN", None: ""}[one.holds]
            click.echo(f"{one.what:<64} {one.value:>8.2f} {one.unit:<8} {budget:<12} {state}")
    return 1 if any(one.holds is False for one in figures) else 0


def _pages() -> list[Figure]:
    """Measure a demo school of its own in a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        upgrade_database(settings)
        app = create_app(settings)
        with app.app_context(), transaction():
            make_demo_school(settings)
        return list(_measure(app))


def _measure(app: Flask) -> Iterator[Figure]:
    pupil = _pupil(app)
    client = _signed_in(app, f"/class/{pupil[0]}", f"/class/{pupil[0]}/pupils/{pupil[1]}")
    lesson = _follow(client, "/learn/my-private-password")
    pages = {
        "start": "/",
        "faces": f"/class/{pupil[0]}",
        "home": "/home",
        "lessons": "/lessons",
        "agreement": "/agreement",
        "charter": "/charter",
        "tell": "/tell",
        "for home": "/for-home",
    }
    yield Figure("lesson document: time against a bare Flask view", _ratio(client, lesson), "×", 2)
    for name, path in pages.items():
        yield Figure(f"{name}: queries", _queries(app, client, path), "", 6)
    for name, path in pages.items():
        yield Figure(f"{name}: time against a bare Flask view", _ratio(client, path), "×", None)
    yield from _weights(client, lesson)
    _speak(app, "people.which-class")
    yield from in_browser(
        app,
        {"first screen": ("/", 8, 60), "a whole lesson, all it fetches": (lesson, None, 300)},
        {"first screen": ("/", 300)},
    )


def _speak(app: Flask, phrase_id: str) -> None:
    """Render the sound of a phrase, so that it can be heard on its page."""
    with app.test_request_context():
        jobs = [VoiceJob(passage_of(get_phrase(phrase_id)).plain, "en")]
    with app.app_context():
        VoiceStore(settings_in_use().data / "voice").render(jobs)


def _pupil(app: Flask) -> tuple[str, str]:
    with app.app_context():
        school = db.session.scalars(select(School)).one()
        with in_school(school.id):
            willow = db.session.scalars(select(SchoolClass).where(SchoolClass.band == "ks1")).one()
            pupil = db.session.scalars(select(Pupil).where(Pupil.class_id == willow.id).order_by(Pupil.id)).first()
            assert pupil is not None  # noqa: S101
            return willow.id, pupil.id


def _signed_in(app: Flask, page: str, action: str) -> FlaskClient:
    client = app.test_client()
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).get_data(as_text=True))
    assert found  # noqa: S101
    assert client.post(action, data={"csrf_token": found[1]}).status_code == 303  # noqa: S101
    return client


def _follow(client: FlaskClient, path: str) -> str:
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 200, path  # noqa: S101
    return answer.request.path


def _ratio(client: FlaskClient, path: str) -> float:
    """The median over pairs of the page's time by that of a bare Flask view with the same bytes."""
    # As every browser asks.
    asked = {"Accept-Encoding": "gzip"}
    body = client.get(path, headers=asked).get_data()
    bare = Flask("bare")
    bare.add_url_rule("/", view_func=lambda: body)
    other = bare.test_client()
    for _ in range(10):
        client.get(path, headers=asked)
        other.get("/", headers=asked)
    return statistics.median(
        _seconds(lambda: client.get(path, headers=asked)) / _seconds(lambda: other.get("/", headers=asked))
        for _ in range(ROUNDS)
    )


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements that are sent to the database within the block, BEGIN and settings left out."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")) and "set_config" not in statement:
            statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _queries(app: Flask, client: FlaskClient, path: str) -> int:
    with counted(app) as statements:
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code == 200, path  # noqa: S101
    return len(statements)


def _weights(client: FlaskClient, lesson: str) -> Iterator[Figure]:
    screens = (("first screen", "/", 60), ("pupil's home", "/home", 60), ("a whole lesson", lesson, 300))
    for name, path, budget in screens:
        page = client.get(path).get_data()
        parts = {path: len(gzip.compress(page, 6))}
        html = page.decode()
        for address in sorted(set(re.findall(r'(?:href|src)="(/(?:style|static|symbols)/[^"#]+)', html))):
            answer = client.get(address.replace("&amp;", "&"), headers={"Accept-Encoding": "gzip"})
            assert answer.status_code == 200, address  # noqa: S101
            parts[address] = len(answer.get_data())
        font = re.search(r"/font/\w+/lexend\.woff2", _stylesheet(client, html))
        if font:
            parts[font[0]] = len(client.get(font[0]).get_data())
        if name == "first screen":
            yield Figure("first screen: HTML compressed", parts[path] / KIB, "KiB", 20)
            yield Figure("first screen: requests", len(parts), "", 8)
        yield Figure(f"{name}: compressed, without sound", sum(parts.values()) / KIB, "KiB", budget)


def _stylesheet(client: FlaskClient, html: str) -> str:
    found = re.search(r'rel="stylesheet" href="([^"]+)"', html)
    return client.get(found[1]).get_data(as_text=True) if found else ""
