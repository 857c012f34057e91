"""The kiosk, put together; read it as a table of contents."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from kiosk import ROOT
from kiosk.content.loading import load_content
from kiosk.core.database import init_database
from kiosk.core.jobs import init_jobs
from kiosk.core.settings import Settings, load_settings, prepare_data_folder
from kiosk.features.agreements import views as agreements
from kiosk.features.charters import views as charters
from kiosk.features.concerns import views as concerns
from kiosk.features.families import views as families
from kiosk.features.lessons import views as lessons
from kiosk.features.people import views as people
from kiosk.features.people.session import init_session
from kiosk.features.records import views as records
from kiosk.features.symbols import views as symbols
from kiosk.reading.voices import choose_voices
from kiosk.web import offline, pages
from kiosk.web.access import init_access, undeclared_routes
from kiosk.web.errors import init_errors
from kiosk.web.headers import init_headers
from kiosk.web.rendering import init_rendering
from kiosk.web.requests import init_requests

FEATURES = [
    people.blueprint,
    agreements.blueprint,
    lessons.blueprint,
    concerns.blueprint,
    charters.blueprint,
    families.blueprint,
    records.blueprint,
    symbols.blueprint,
]


def create_app(settings: Settings | None = None) -> Flask:
    """Make the kiosk's app."""
    settings = settings or load_settings()
    choose_voices(settings)
    prepare_data_folder(settings.data)
    app = Flask("kiosk", static_folder=None, template_folder=None)
    app.extensions["kiosk settings"] = settings
    app.extensions["kiosk content"] = load_content(*content_folders(settings))

    init_database(app, settings)
    app.extensions["kiosk jobs"] = init_jobs(settings)

    # In this order a request gets its transaction, then its school and person, then is held to its access.
    init_requests(app)
    init_session(app, settings)
    init_access(app)
    init_headers(app, secure=settings.secure)
    init_rendering(app)
    init_errors(app)

    app.register_blueprint(pages.blueprint)
    app.register_blueprint(offline.blueprint)
    for feature in FEATURES:
        app.register_blueprint(feature)
    undeclared = undeclared_routes(app)
    if undeclared:
        raise RuntimeError(f"These routes do not declare their access: {', '.join(undeclared)}")
    return app


def content_folders(settings: Settings) -> tuple[list[Path], list[Path]]:
    """The folders of lessons and agreements (the school's own last), and the files of phrases."""
    folders = [ROOT, *([Path(settings.content)] if settings.content else [])]
    return folders, sorted((ROOT / "kiosk").rglob("phrases.yaml"))
