"""The one blueprint of this feature, which pupils' and teachers' views share."""

from __future__ import annotations

from flask import Blueprint

from kiosk.features.charters.holding import UnknownRuleError
from kiosk.web.rendering import page

blueprint = Blueprint("charters", __name__, template_folder="templates")


@blueprint.errorhandler(UnknownRuleError)
def not_here(_error: UnknownRuleError) -> tuple[str, int]:
    """Whatever was asked of a rule that this class's charter does not have: there is none."""
    return page("errors/404.html"), 404
