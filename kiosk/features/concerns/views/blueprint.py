"""The one blueprint of the feature."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint
from flask_babel import format_datetime
from flask_babel import gettext as _
from markupsafe import Markup

from kiosk.core.clock import LONDON, today
from kiosk.features.concerns.board import CONCEPTS
from kiosk.features.concerns.session import keep_cookie
from kiosk.web.passages import name_symbols, symbol

blueprint = Blueprint("concerns", "kiosk.features.concerns", template_folder="templates")
blueprint.after_request(keep_cookie)
# A page that shows what a child chose asks for every symbol of the board: no address says which it was.
name_symbols("tell", CONCEPTS)


@blueprint.app_template_global()
def day_and_time(moment: datetime) -> str:
    """A moment as adults read it, where the school is."""
    if moment.astimezone(LONDON).date() == today():
        return str(_("today, %(time)s", time=format_datetime(moment, "HH:mm")))
    return str(format_datetime(moment, "d MMM y, HH:mm"))


@blueprint.app_template_global()
def feeling_symbol(concept: str) -> Markup | str:
    """The symbol of a feeling that a child chose, if it is one of the board's."""
    return symbol(concept, "s") if concept in CONCEPTS else ""
