"""What is the same for everybody and for ever: made once, kept small, served without asking who is there."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

from flask import Flask, Response, abort, request

from kiosk.web.headers import FOR_EVER

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Kept:
    """Bytes under an address that changes with them; nearly every tablet takes them zipped, so they are kept so."""

    stored: bytes
    content_type: str
    version: str
    is_zipped: bool = True

    @classmethod
    def of(cls, body: bytes, content_type: str, *, zip_it: bool = True) -> Kept:
        """Those bytes; `zip_it` is false for what is small in itself, such as a typeface."""
        version = sha256(body).hexdigest()[:12]
        return cls(gzip.compress(body, 9, mtime=0) if zip_it else body, content_type, version, zip_it)

    @property
    def body(self) -> bytes:
        """The bytes as they were."""
        return gzip.decompress(self.stored) if self.is_zipped else self.stored


def serve(kept: Kept | None) -> Response:
    """The answer that a tablet may keep for ever; 404 where there is nothing."""
    if kept is None:
        abort(404)
    zipped = kept.is_zipped and "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(kept.stored if zipped else kept.body, content_type=kept.content_type)
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOR_EVER
    return response


def no_school(view: View) -> View:
    """Declare a view that is the same for every school: it asks no database, and no cookie is read or written."""
    view.__kiosk_no_school__ = True  # type: ignore[attr-defined]
    return view


def is_no_school(view: object) -> bool:
    """Whether a view says so of itself."""
    return bool(getattr(view, "__kiosk_no_school__", False))


def addresses_without_school(app: Flask) -> tuple[str, ...]:
    """How the addresses of such views begin, where no other address begins so; known before a route is matched."""
    mine, others = set[str](), list[tuple[str, bool]]()
    for rule in app.url_map.iter_rules():
        begin, _, rest = rule.rule.partition("<")
        if is_no_school(app.view_functions[rule.endpoint]):
            mine.add(begin)
        else:
            others.append((begin, bool(rest)))

    def is_alone(one: str) -> bool:
        return not any(begin.startswith(one) or (goes_on and one.startswith(begin)) for begin, goes_on in others)

    return tuple(sorted(filter(is_alone, mine)))
