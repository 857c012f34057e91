"""What a tablet has when it cannot reach the kiosk: the service worker, the pages that stand in, and the home screen.

The pages are the same bytes for everybody, as a lesson's document is: they name nobody and hold no token, and the
page's own script sets them as the tablet likes it. The worker is told their addresses, so it is a new worker when one
of them, a style sheet or a script changes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import PurePath

from flask import Blueprint, Response, abort, current_app, jsonify, redirect, render_template, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response as WerkzeugResponse

from kiosk.content.vocabulary import BANDS, LEVELS
from kiosk.web import assets
from kiosk.web.access import Access, access
from kiosk.web.cached_pages import choices_of_display, with_first_sprite
from kiosk.web.display import DEFAULT, LANGUAGES, show_in
from kiosk.web.kept import Kept, no_school, serve
from kiosk.web.passages import content_in_use

blueprint = Blueprint("offline", __name__)

WORKER = ("addresses", "needs", "range", "shelf", "keeping", "pages")
"""The files of static/worker/, each after those that it imports."""
WORKER_CSP = "default-src 'none'; connect-src 'self'"
FOR_PUPILS = ("away", "tell")
FOR_ADULTS = "adult"
NUMBERS = (("tell.childline", "childline", "childline-number"), ("tell.danger", "call-999", "immediate-danger"))
"""Whom a child can call from any phone: a phrase, its symbol, and the fact that holds the number."""
PAPER = "#fff8ea"
FOR_A_DAY = "public, max-age=86400"
ICONS = {"kiosk.svg": "any", "kiosk-192.png": "192x192", "kiosk-512.png": "512x512"}
ICON_THAT_MAY_BE_CUT = "kiosk-maskable-512.png"


@dataclass(frozen=True)
class Page:
    """A page that stands in for one that cannot be had."""

    name: str
    language: str
    level: str
    kept: Kept

    @property
    def address(self) -> str:
        """Where it is; changes with its bytes."""
        return url_for(
            "offline.page", name=self.name, version=self.kept.version, language=self.language, level=self.level
        )


Pages = dict[tuple[str, str, str], Page]


@blueprint.get("/sw.js")
@no_school
@access(Access.ANYONE)
def worker() -> Response:
    """The service worker, in one file and from the root, so that it serves the whole kiosk."""
    made: Kept | None = current_app.extensions.get("kiosk worker")
    if made is None:
        source = worker_source().replace("@pages@", json.dumps(_addresses()))
        made = current_app.extensions["kiosk worker"] = Kept.of(source.encode(), assets.TYPES[".js"])
    response = serve(made)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = WORKER_CSP
    return response


def worker_source() -> str:
    """The worker's files joined into one classic script, which every browser with workers can run."""
    files = [*(f"worker/{name}.js" for name in WORKER), "sw.js"]
    whole = "\n".join((assets.STATIC / name).read_text("utf-8") for name in files)
    return '"use strict";\n' + re.sub(r"^export ", "", re.sub(r"^import .*\n", "", whole, flags=re.M), flags=re.M)


def _addresses() -> dict[str, dict[str, str]]:
    """By `language/level`, the addresses of the pages."""
    return {
        f"{language}/{level}": {
            **{name: _get_page(name, language, level).address for name in FOR_PUPILS},
            FOR_ADULTS: _get_page(FOR_ADULTS, language, "full").address,
        }
        for language in LANGUAGES
        for level in LEVELS
    }


@blueprint.get("/offline/<name>/<version>/<language>/<level>")
@no_school
@access(Access.ANYONE)
def page(name: str, version: str, language: str, level: str) -> Response | WerkzeugResponse:
    """A page that stands in for one that cannot be had."""
    levels = {**dict.fromkeys(FOR_PUPILS, LEVELS), FOR_ADULTS: ("full",)}.get(name, ())
    if language not in LANGUAGES or level not in levels:
        abort(404)
    found = _get_page(name, language, level)
    return serve(found.kept) if version == found.kept.version else redirect(found.address)


def _get_page(name: str, language: str, level: str) -> Page:
    """The page, made once in each process. Shows the rest of the request in its display."""
    made: Pages = current_app.extensions.setdefault("kiosk offline pages", {})
    key = (name, language, level)
    if key not in made:
        made[key] = Page(name, language, level, Kept.of(_render(*key).encode(), "text/html; charset=utf-8"))
    return made[key]


def _render(name: str, language: str, level: str) -> str:
    show_in(replace(DEFAULT, language=language, level=level))
    content = content_in_use()
    facts = content.facts
    with force_locale(language):
        html = render_template(
            f"offline/{name}.html",
            choices_of_display=choices_of_display(),
            lessons=sorted(content.lessons.values(), key=lambda one: (BANDS.index(one.band), one.id)),
            numbers=[(phrase, concept, facts[fact].value) for phrase, concept, fact in NUMBERS if fact in facts],
        )
    return with_first_sprite(html)


@blueprint.get("/manifest.webmanifest")
@no_school
@access(Access.ANYONE)
def manifest() -> Response:
    """What puts the kiosk on a tablet's home screen, opened without the browser's own bars."""
    icons = [_icon_of_manifest(name, sizes) for name, sizes in ICONS.items()]
    response = jsonify(
        id="/",
        name="E-safety kiosk",
        short_name="E-safety",
        start_url="/",
        scope="/",
        display="standalone",
        background_color=PAPER,
        theme_color=PAPER,
        icons=[*icons, {**_icon_of_manifest(ICON_THAT_MAY_BE_CUT, "512x512"), "purpose": "maskable"}],
    )
    response.content_type = assets.TYPES[".webmanifest"]
    response.headers["Cache-Control"] = FOR_A_DAY
    return response


def _icon_of_manifest(name: str, sizes: str) -> dict[str, str]:
    return {"src": url_for("offline.icon", name=name), "sizes": sizes, "type": assets.TYPES[PurePath(name).suffix]}


@blueprint.get("/icons/<name>")
@no_school
@access(Access.ANYONE)
def icon(name: str) -> Response:
    """The kiosk's icon, under an address that stays: a home screen remembers it."""
    response = serve(assets.get_static(f"icons/{name}"))
    response.headers["Cache-Control"] = FOR_A_DAY
    return response
