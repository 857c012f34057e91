"""The mail that tells a reader that something waits: no name, no category, no content, and no id."""

from __future__ import annotations

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from kiosk.core import outbox
from kiosk.core.mail import send_mail, settings_in_use
from kiosk.core.schools import get_school
from kiosk.features.concerns import queries
from kiosk.features.concerns.types import ALERT
from kiosk.features.people.queries import find_staff


@outbox.handles(ALERT)
def send_alert(payload: dict[str, Any]) -> None:
    """Tell one reader by mail; whoever has left or reads no more is told nothing."""
    staff = find_staff(str(payload["staff_id"]))
    if staff is None or not staff.is_a(*queries.READERS):
        return
    address = f"{settings_in_use().address}/desk"
    with force_locale(get_school().language):
        subject = _("Something is waiting at the safeguarding desk")
        body = _("Something is waiting for you. Please go to the desk and unlock it: %(address)s", address=address)
    send_mail(staff.email, subject, body)
