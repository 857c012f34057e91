"""The one blueprint of this feature, which its modules of views share."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("people", __name__, template_folder="templates")
