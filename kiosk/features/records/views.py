"""Where teachers start: their classes, and each at a glance."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kiosk.features.charters.types import State
from kiosk.features.people import queries as people
from kiosk.features.people.session import staff_here
from kiosk.features.records import queries
from kiosk.web.access import Access, access
from kiosk.web.display import LANGUAGES
from kiosk.web.languages import unreviewed_languages
from kiosk.web.passages import content_in_use
from kiosk.web.rendering import page

blueprint = Blueprint("records", __name__, template_folder="templates")


@blueprint.get("/staff/classes")
@access(Access.TEACHER)
def classes() -> str | Response:
    """A teacher's classes; who has one alone is led to it."""
    mine = people.classes_taught_by(staff_here())
    if len(mine) == 1:
        return redirect(url_for("records.class_at_a_glance", class_id=mine[0].id))
    return page(
        "records/classes.html",
        classes=mine,
        pupils=queries.pupils_by_class(),
        broken=[one for one in content_in_use().problems if one.severity == "error"],
        unreviewed=[LANGUAGES[one] for one in unreviewed_languages()],
    )


@blueprint.get("/staff/classes/<class_id>")
@access(Access.TEACHER)
def class_at_a_glance(class_id: str) -> str:
    """Lessons done, agreement signed, charter, questions asked."""
    school_class = people.get_class_taught_by(staff_here(), class_id)
    glance = queries.glance_at(school_class, content_in_use().lessons)
    state = charter_states()[glance.charter.state]
    return page("records/class.html", glance=glance, state=state)


def charter_states() -> dict[State, str]:
    """What a teacher reads of where a charter is."""
    return {
        State.COLLECTING: _("collecting ideas"),
        State.VOTING: _("voting"),
        State.COUNTED: _("votes counted: settle the rules"),
        State.SETTLED: _("settled"),
        State.SIGNING: _("signing"),
        State.FINISHED: _("finished"),
    }
