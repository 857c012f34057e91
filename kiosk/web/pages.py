"""Pages and files that belong to no feature: styles, sprites, sound, the About page, the pattern page."""

from __future__ import annotations

import re
from functools import lru_cache

from flask import Blueprint, Response, abort, make_response, redirect, request, send_file
from werkzeug.wrappers import Response as WerkzeugResponse

from kiosk.core.mail import settings_in_use
from kiosk.reading.lexicon import UnknownConceptError, load_lexicon
from kiosk.reading.symbols import ATTRIBUTION, sprite
from kiosk.reading.voice import VoiceStore
from kiosk.web import assets
from kiosk.web.access import Access, access
from kiosk.web.contact_sheet import sheet_of
from kiosk.web.display import CHOICES, from_cookie, remember
from kiosk.web.headers import FOR_EVER
from kiosk.web.kept import Kept, no_school, serve
from kiosk.web.passages import content_in_use, sprite_address, symbols_named
from kiosk.web.rendering import page

blueprint = Blueprint("web", __name__, template_folder="templates")


# Bounded: anybody may ask for ever new choices of symbols.
@lru_cache(maxsize=256)
def _sprite(concepts: tuple[str, ...]) -> Kept:
    return Kept.of(sprite(concepts), assets.TYPES[".svg"])


@blueprint.get("/static/<version>/<path:name>")
@no_school
@access(Access.ANYONE)
def static_file(version: str, name: str) -> Response:  # noqa: ARG001
    """A script, a drawing or an icon."""
    return serve(assets.get_static(name))


@blueprint.get("/style/<version>/<name>.css")
@no_school
@access(Access.ANYONE)
def style(version: str, name: str) -> Response:  # noqa: ARG001
    """A bundle of style sheets."""
    return serve(assets.get_bundle(name))


@blueprint.get("/font/<version>/<name>.woff2")
@no_school
@access(Access.ANYONE)
def font(version: str, name: str) -> Response:  # noqa: ARG001
    """A part of a typeface."""
    return serve(assets.get_font(name, settings_in_use().data / "cache"))


@blueprint.get("/symbols/<version>.svg")
@no_school
@access(Access.ANYONE)
def symbol_sprite(version: str) -> Response:
    """The symbols of one page in one file."""
    wanted = symbols_named(request.args.get("of", ""))
    try:
        response = serve(_sprite(wanted))
    except UnknownConceptError:
        abort(404)
    if f"/{version}.svg" not in sprite_address(wanted):
        # Asked for by a page from before an update: right, but not to be kept for ever.
        response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/voice/<key>.<kind>")
@no_school
@access(Access.ANYONE)
def voice(key: str, kind: str) -> Response:
    """The sound of a text (`mp3`), or when each of its words is spoken (`json`)."""
    if not re.fullmatch(r"[0-9a-f]{16,64}", key) or kind not in {"mp3", "json"}:
        abort(404)
    sound = VoiceStore(settings_in_use().data / "voice").find(key)
    if sound is None:
        abort(404)
    path, kind_of_file = (sound.path, "audio/mpeg") if kind == "mp3" else (sound.marks, "application/json")
    response = send_file(path.resolve(), mimetype=kind_of_file, conditional=True, etag=key)
    response.headers["Cache-Control"] = FOR_EVER
    return response


@blueprint.get("/about")
@access(Access.ANYONE)
def about() -> str:
    """Who made the symbols, the letters and the kiosk, and what it keeps."""
    return page("about.html", attribution=ATTRIBUTION, facts=content_in_use().facts)


@blueprint.get("/patterns")
@access(Access.ANYONE)
def patterns() -> str:
    """Every component in every state; `?theme=dark` and the like show it in each setting."""
    return page("pattern_page.html", choices=CHOICES, concepts=[one.id for one in load_lexicon()])


@blueprint.get("/symbols")
@access(Access.ANYONE)
def contact_sheet() -> str:
    """Every concept with its symbol, for review; `?find=` and `?letter=` show some of them."""
    sheet = sheet_of(load_lexicon(), request.args.get("find", ""), request.args.get("letter", ""))
    return page("contact_sheet.html", sheet=sheet)


@blueprint.get("/display")
@access(Access.ANYONE)
def choose_display() -> str:
    """How do you like it? Words, symbols, colours."""
    return page("display.html", choices=CHOICES, back=_safe_path(request.args.get("back", "/")))


@blueprint.post("/display")
@access(Access.ANYONE)
def keep_display() -> WerkzeugResponse:
    """Keep how this person or tablet likes it."""
    kept = from_cookie(request.cookies.get("display", "")).with_choices(request.form.to_dict())
    response = make_response(redirect(_safe_path(request.form.get("back", "/")), 303))
    remember(response, kept, secure=settings_in_use().secure)
    return response


def _safe_path(path: str) -> str:
    """The path if it stays in this kiosk, else the start."""
    return path if re.fullmatch(r"/[A-Za-z0-9_\-./]*(\?[A-Za-z0-9_\-=&]*)?", path) and "//" not in path else "/"


@blueprint.get("/health")
@no_school
@access(Access.ANYONE, is_poll=True)
def health() -> dict[str, bool]:
    """Whether the kiosk answers."""
    return {"ready": True}

