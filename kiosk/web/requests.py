"""One request: one transaction, of one school, from our own pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request
from flask_wtf import CSRFProtect

from kiosk.core.database import db, set_writing
from kiosk.web.access import view_in_hand

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
MOST_BYTES = 256 * 1024
MOST_BYTES_OF_WORDS = 2 * 1024 * 1024
"""Of a form without a token, a child's own words: what is too long comes back whole to be made shorter."""

MOST_BYTES_LET_GO_BY = 200 * 1024 * 1024

csrf = CSRFProtect()


def init_requests(app: Flask) -> None:
    """Give each request its transaction and check where it comes from."""
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES,
        # Our tokens live as long as the session: a child may look at one page for an hour.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
    )
    csrf.init_app(app)
    app.before_request(_begin)
    app.before_request(_check_origin)
    app.after_request(_end)
    app.teardown_request(_leave)


def keep_what_was_written() -> None:
    """Commit even though the answer is a refusal: a counted attempt, for one."""
    g.keep = True


def let_others_write() -> None:
    """Give the writer's place back before something slow; the next query takes it anew."""
    db.session.rollback()


def _begin() -> None:
    set_writing(request.method not in SAFE_METHODS)
    # PostgreSQL refuses a NUL in any text, and no address of ours has one.
    if "\0" in request.full_path:
        abort(404)


def _check_origin() -> None:
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site not in {None, "same-origin", "none"}:
        abort(403)
    if origin and urlsplit(origin).netloc != request.host:
        abort(403)
    if getattr(view_in_hand(), "__kiosk_by_origin__", False):
        _take_in_whole()
        return
    most = getattr(view_in_hand(), "__kiosk_most_bytes__", 0)
    if most:
        _take_in_a_file(most)
    csrf.protect()


def _take_in_whole() -> None:
    # Before the first query, which on SQLite takes the one writer's place: nobody holds it while bytes trickle in.
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = request.max_form_memory_size = MOST_BYTES_OF_WORDS
    request.get_data(parse_form_data=True)


def _take_in_a_file(most: int) -> None:
    # Before the first query too: the token that is checked next is in the form, and the file with it.
    request.max_content_length = most
    left = min(request.content_length or 0, MOST_BYTES_LET_GO_BY)
    if left <= most:
        return
    # Who is answered while still sending sees a broken connection, and not what to do.
    while left > 0 and (chunk := request.environ["wsgi.input"].read(min(left, MOST_BYTES))):
        left -= len(chunk)
    abort(413)


def _end(response: Response) -> Response:
    # Committing here, before the answer leaves, is what lets a page say "sent" and be right.
    if request.method not in SAFE_METHODS and (response.status_code < 400 or g.get("keep")):
        db.session.commit()
    elif db.session.registry.has():
        db.session.rollback()
    return response


def _leave(_error: BaseException | None) -> None:
    set_writing(False)
