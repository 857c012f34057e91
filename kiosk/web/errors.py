"""When something is wrong: the kiosk's own pages, in words for who is there."""

from __future__ import annotations

import logging

from flask import Flask, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from kiosk.core.database import db
from kiosk.web.rendering import page

log = logging.getLogger(__name__)
SHOWN = {400, 401, 403, 404, 405, 410, 413, 429, 500, 503}


def init_errors(app: Flask) -> None:
    """Answer every error with a page of ours."""
    app.register_error_handler(CSRFError, lambda _error: _answer(400))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
    if error.code is None or error.code < 400:
        return error
    return _answer(error.code)


def _unexpected(error: Exception) -> tuple[str, int]:
    # The kind of error and where, never its text: that could hold what a child wrote.
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    where = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last else "?"
    log.error("%s %s failed: %s at %s", request.method, request.endpoint, type(error).__name__, where)
    db.session.rollback()
    return _answer(500)


def _answer(code: int) -> tuple[str, int]:
    shown = code if code in SHOWN else (400 if code < 500 else 500)
    same_page = {401: 403, 405: 404, 503: 500}
    return page(f"errors/{same_page.get(shown, shown)}.html"), code
