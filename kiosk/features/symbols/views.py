"""How symbols look in this school: which set, which skin tone, with words or without."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kiosk.features.people.session import school_here, staff_here
from kiosk.features.symbols import services
from kiosk.features.symbols.forms import read_choice
from kiosk.features.symbols.previews import in_a_tone, previews
from kiosk.features.symbols.types import Choice
from kiosk.reading.sets import DEFAULT_SET, all_sets
from kiosk.web.access import Access, access
from kiosk.web.passages import sets_folder, symbol_set_in_hand
from kiosk.web.rendering import page

blueprint = Blueprint("symbols", __name__, template_folder="templates")


@blueprint.get("/staff/symbols")
@access(Access.LEAD)
def choose() -> str:
    """What the school has chosen, and what else there is."""
    school = school_here()
    chosen = Choice(school.symbol_set, school.symbol_tone, school.symbol_words)
    return _page(chosen, {}, is_gone=chosen.symbol_set != DEFAULT_SET and symbol_set_in_hand() is None)


@blueprint.post("/staff/symbols")
@access(Access.LEAD)
def keep_choice() -> Response | tuple[str, int]:
    """Keep the choice for the whole school, or say what is not one."""
    choice, problems = read_choice(request.form, [one.name for one in all_sets(sets_folder())])
    if problems:
        return _page(choice, problems), 422
    services.choose(choice, staff=staff_here())
    flash(_("Kept. Every page shows it from now on; a child who has chosen a skin tone keeps theirs."))
    return redirect(url_for("symbols.choose"), 303)


def _page(chosen: Choice, problems: dict[str, str], *, is_gone: bool = False) -> str:
    return page(
        "symbols/choose.html",
        chosen=chosen,
        problems=problems,
        is_gone=is_gone,
        sets=previews(),
        people=in_a_tone(),
        tones=[
            ("none", _("None assumed: yellow")),
            ("1", _("Light")),
            ("2", _("Medium light")),
            ("3", _("Medium")),
            ("4", _("Medium dark")),
            ("5", _("Dark")),
        ],
    )
