"""What can be done with home links."""

from __future__ import annotations

from kiosk.core.clock import now, today
from kiosk.core.database import db
from kiosk.core.identity import hash_of
from kiosk.features.families import queries
from kiosk.features.families.models import HomeLink
from kiosk.features.families.rules import end_of_school_year, home_token
from kiosk.features.people.models import SchoolClass


def give_home_link(school_class: SchoolClass, *, key: bytes) -> HomeLink:
    """Give a class a link; the one it had stops working."""
    before = queries.find_link_of_class(school_class.id)
    if before is not None:
        before.revoked_at = now()
    serial = queries.last_serial(school_class.id) + 1
    token = home_token(key, school_class.school_id, school_class.id, serial)
    link = HomeLink(
        class_id=school_class.id, serial=serial, token_hash=hash_of(token), until=end_of_school_year(today())
    )
    db.session.add(link)
    db.session.flush()
    return link


def token_of(link: HomeLink, *, key: bytes) -> str:
    """The token of a link, computed again."""
    return home_token(key, link.school_id, link.class_id, link.serial)
