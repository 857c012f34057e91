"""What every template has in hand, and how a page leaves it."""

from __future__ import annotations

from typing import Any

import jinja2
from flask import Flask, g, render_template
from flask_babel import Babel
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from kiosk.web import passages
from kiosk.web.access import Access, may, view_in_hand
from kiosk.web.assets import bundle, static
from kiosk.web.display import LANGUAGES, display_in_hand
from kiosk.web.languages import ShippedDomain

babel = Babel()


def init_rendering(app: Flask) -> None:
    """Give templates their words; an undefined name raises (habit 11)."""
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    babel.init_app(app, locale_selector=lambda: display_in_hand().language, default_timezone="Europe/London")
    babel.domain_instance = ShippedDomain()
    app.jinja_env.globals.update(
        say=passages.say,
        word=passages.word,
        heard=passages.heard,
        named=passages.named,
        symbol=passages.symbol,
        static=static,
        bundle=bundle,
        may=may,
        Access=Access,
        languages=LANGUAGES,
        csrf_field=csrf_field,
    )
    app.context_processor(_of_this_request)


def _of_this_request() -> dict[str, Any]:
    display = display_in_hand()
    return {
        "display": display,
        "body_access": getattr(view_in_hand(), "__kiosk_access__", Access.ANYONE).value,
        "page_language": display.language,
        "page_direction": display.direction,
        "person": current_user,
        "school": g.get("school"),
    }


def csrf_field() -> Markup:
    """The hidden field that proves a form is ours; only for pages that are not kept."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def page(template: str, **values: Any) -> str:
    """A page, whole: its template with the address of its sprite put in."""
    return passages.with_sprite(render_template(template, **values))
