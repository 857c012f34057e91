"""Pages and files that belong to no feature: styles, sprites, sound, the About page, the pattern page."""

from __future__ import annotations

import re
from functools import lru_cache

from flask import Blueprint, Response, abort, request, send_file

from kiosk.core.mail import settings_in_use
from kiosk.reading.lexicon import UnknownConceptError, load_lexicon
from kiosk.reading.sets import SymbolSet, find_set
from kiosk.reading.symbols import attribution
from kiosk.reading.voice import VoiceStore
from kiosk.web import assets
from kiosk.web.access import Access, access
from kiosk.web.contact_sheet import sheet_of
from kiosk.web.display import CHOICES
from kiosk.web.headers import FOR_EVER
from kiosk.web.kept import Kept, no_school, serve
from kiosk.web.passages import (
    content_in_use,
    name_symbols,
    note_named_symbols,
    sets_folder,
    sprite_address,
    sprite_of,
    symbol_set_in_hand,
)
from kiosk.web.rendering import page

blueprint = Blueprint("web", __name__, template_folder="templates")
MOST_SYMBOLS = 1_000
name_symbols("every", frozenset(load_lexicon().concepts))


# Bounded: anybody may ask for ever new choices of symbols.
@lru_cache(maxsize=256)
def _sprite(keys: tuple[str, ...], of: SymbolSet | None) -> Kept:
    return Kept.of(sprite_of(keys, of), assets.TYPES[".svg"])


@blueprint.get("/static/<version>/<path:name>")
@no_school
@access(Access.ANYONE)
def static_file(version: str, name: str) -> Response:
    """A script, a drawing or an icon."""
    return _unless_old(serve(assets.get_static(name)), is_current=assets.is_current(version, name))


@blueprint.get("/style/<version>/<name>.css")
@no_school
@access(Access.ANYONE)
def style(version: str, name: str) -> Response:
    """A bundle of style sheets."""
    found = assets.get_bundle(name)
    return _unless_old(serve(found), is_current=found is not None and version == found.version)


@blueprint.get("/font/<version>/<name>.woff2")
@no_school
@access(Access.ANYONE)
def font(version: str, name: str) -> Response:  # noqa: ARG001
    """A part of a typeface."""
    return serve(assets.get_font(name, settings_in_use().data / "cache"))


def _unless_old(response: Response, *, is_current: bool) -> Response:
    """The answer; not to be kept where a page from before an update asked for it, under the name of other bytes."""
    if not is_current:
        response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/symbols/<version>.svg")
@no_school
@access(Access.ANYONE)
def symbol_sprite(version: str) -> Response:
    """The symbols of one page in one file."""
    wanted = tuple(sorted(set(request.args.get("of", "").split("."))))[:MOST_SYMBOLS]
    of = find_set(sets_folder(), request.args.get("set", ""))
    try:
        response = serve(_sprite(wanted, of))
    except UnknownConceptError:
        abort(404)
    return _unless_old(response, is_current=f"/{version}.svg" in sprite_address(wanted, of))


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
    return page("about.html", attribution=attribution(symbol_set_in_hand()), facts=content_in_use().facts)


@blueprint.get("/patterns")
@access(Access.ANYONE)
def patterns() -> str:
    """Every component in every state; `?theme=dark` and the like show it in each setting."""
    return page("pattern_page.html", choices=CHOICES, concepts=[one.id for one in load_lexicon()])


@blueprint.get("/symbols")
@access(Access.ANYONE)
def contact_sheet() -> str:
    """Every concept with its symbol, for review; `?find=` and `?letter=` show some of them."""
    find, letter = request.args.get("find", ""), request.args.get("letter", "")
    sheet = sheet_of(load_lexicon(), find, letter)
    if not find and not letter:
        # Every use of a symbol repeats the sprite's address: naming all of them each time would make megabytes.
        note_named_symbols("every")
    return page("contact_sheet.html", sheet=sheet)


@blueprint.get("/health")
@no_school
@access(Access.ANYONE, is_poll=True)
def health() -> dict[str, bool]:
    """Whether the kiosk answers."""
    return {"ready": True}

