"""One app on each database; each test inside a transaction that is undone."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright

from kiosk.commands.upgrade import upgrade_database
from kiosk.core import tenancy
from kiosk.core.database import db, set_writing
from kiosk.core.schools import School
from kiosk.core.settings import Settings
from kiosk.factory import create_app
from tests.checked_client import CheckedClient
from tests.databases import new_database, postgresql

DATABASES = ("sqlite", "postgresql")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--autoplay-policy=no-user-gesture-required"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys on one database share one served demo, so they stay together on one worker."""
    for item in items:
        if "kiosk" in getattr(item, "fixturenames", ()):
            database = item.callspec.params.get("database", "")  # type: ignore[attr-defined]
            item.add_marker(pytest.mark.xdist_group(f"journeys on {database}"))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    with postgresql() as address:
        yield address


@pytest.fixture(scope="session", params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def settings(database: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    data: Path = tmp_path_factory.mktemp(f"data-{database}")
    settings = Settings(data=data)
    if database == "postgresql":
        address = new_database(request.getfixturevalue("postgresql_server"), "kiosk_tests")
        settings = dataclasses.replace(settings, database_url=address.app, migration_url=address.owner)
    return settings


@pytest.fixture
def named_by_environment(
    database: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new database that commands and served processes find by the environment, as a service would give it to them."""
    if database == "postgresql":
        address = new_database(request.getfixturevalue("postgresql_server"), "kiosk_by_environment")
        monkeypatch.setenv("KIOSK_DATABASE_URL", address.app)
        monkeypatch.setenv("KIOSK_MIGRATION_URL", address.owner)


@pytest.fixture(scope="session")
def whole_app(settings: Settings) -> Flask:
    upgrade_database(settings)
    app = create_app(settings)
    app.testing = True
    app.test_client_class = CheckedClient
    return app


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; one driver a process, since two would not live together."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "make browser installs the browser that the tests drive"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        # The worker fetches whole lessons behind a test's back, and hides requests from it: tests about it allow it.
        browser.new_context = partial(browser.new_context, service_workers="block")  # type: ignore[method-assign]
        yield browser
        browser.close()


@pytest.fixture
def app(whole_app: Flask) -> Iterator[Flask]:
    """The app, its database inside a transaction that is undone after the test."""
    with whole_app.app_context():
        engine = db.engines[None]
    set_writing(True)
    connection = engine.connect()
    outer = connection.begin()
    engines = db._app_engines[whole_app]
    engines[None] = connection
    try:
        with whole_app.app_context():
            yield whole_app
            db.session.remove()
    finally:
        engines[None] = engine
        outer.rollback()
        connection.close()
        set_writing(False)


@pytest.fixture
def school(app: Flask) -> Iterator[School]:
    """Oak Lane School, in hand."""
    set_writing(True)
    school = School(name="Oak Lane School")
    db.session.add(school)
    db.session.commit()
    with tenancy.in_school(school.id):
        yield school


@pytest.fixture
def client(app: Flask, school: School) -> FlaskClient:
    """A browser that checks every page it is given."""
    return app.test_client()
