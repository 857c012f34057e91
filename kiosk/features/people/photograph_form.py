"""What staff send of a photograph: the consent first, and then the picture."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from flask_babel import format_date
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import FileStorage

from kiosk.core.clock import today
from kiosk.features.people.pictures import CROPS, MOST_BYTES
from kiosk.features.people.rules import consent_day_problem, consent_ends_by
from kiosk.features.people.types import LONGEST_LINE, Consent, ConsentBy

DAY = "d MMMM y"
# What each problem is about: the field, and what to write there instead.
DAYS = {
    "not-yet": ("given_on", _("This day has not come yet. Write the day on which they said yes.")),
    "too-old": ("given_on", _("This is more than a year ago. Ask them again, and write that day.")),
    "ended": ("until", _("This day has passed. Write a day to come.")),
}
PICTURES = {
    "none": _("Choose a picture."),
    "big": _("This file is larger than 10 MB. Choose a smaller one."),
    "format": _("This is no JPEG, PNG or WebP picture. Save it as one of these, then choose it again."),
    "pixels": _("This picture has too many dots: 50 million at most in a JPEG, 20 in others. Make it smaller."),
    "moving": _("This picture moves. Choose one that stands still."),
    "small": _("This picture is too small. It needs at least 160 dots each way."),
    "broken": _("This file is damaged and cannot be read whole. Choose another, or save it anew."),
}
AGAIN = _("Choose the picture again: your browser does not keep it.")


@dataclass
class PhotographForm:
    """The consent as it was written, the picture as it was sent, and by field what to mend."""

    consent: Consent | None
    crop: str
    sent: bytes
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(
        cls, given: Mapping[str, str], file: FileStorage | None, ways: Collection[ConsentBy], *, has_picture: bool
    ) -> PhotographForm:
        """Read what was sent; who has a picture already may renew the consent alone."""
        errors: dict[str, str] = {}
        # NUL is no letter, and PostgreSQL takes none.
        given_by = " ".join(given.get("given_by", "").replace("\0", "").split())
        if not given_by:
            errors["given_by"] = str(_("Write who said yes."))
        elif len(given_by) > LONGEST_LINE:
            errors["given_by"] = str(_("Write the name in %(most)s letters or fewer.", most=LONGEST_LINE))
        given_as = next((way for way in ways if way.value == given.get("given_as")), None)
        if given_as is None:
            errors["given_as"] = str(_("Choose one from the list."))
        given_on, until = _day("given_on", given, errors), _day("until", given, errors)
        if given_on and until:
            _hold_days(given_on, until, errors)
        if given.get("agreed") != "yes":
            errors["agreed"] = str(_("Without their yes there is no photograph. Ask them first, then tick this."))
        sent = file.stream.read(MOST_BYTES + 1) if file and file.filename else b""
        if not sent and not has_picture:
            errors["picture"] = str(PICTURES["none"])
        elif sent and errors:
            errors["picture"] = str(AGAIN)
        crop = given.get("crop", "")
        consent = Consent(given_by, given_as, given_on, until) if given_as and given_on and until else None
        return cls(consent, crop if crop in CROPS else "middle", sent, errors)

    def refuse_picture(self, problem: str) -> None:
        """Say why the picture cannot be used."""
        self.errors["picture"] = str(PICTURES[problem])


def _day(name: str, given: Mapping[str, str], errors: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(given.get(name, "").strip())
    except ValueError:
        errors[name] = str(_("Write a day, such as 2026-09-01."))
        return None


def _hold_days(given_on: date, until: date, errors: dict[str, str]) -> None:
    problem = consent_day_problem(given_on, until, today())
    if problem == "too-long":
        latest = format_date(consent_ends_by(given_on), DAY)
        errors["until"] = str(_("Consent is asked for anew each year. Write a day up to %(latest)s.", latest=latest))
    elif problem:
        name, sentence = DAYS[problem]
        errors[name] = str(sentence)
