"""Sets a school up from the command line: its people, and the links that make *tell* go live."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from kiosk.commands.upgrade import upgrade_database
from kiosk.core.clock import now
from kiosk.core.database import db, transaction
from kiosk.core.schools import School
from kiosk.core.settings import Settings
from kiosk.core.tenancy import in_school
from kiosk.factory import create_app
from kiosk.features.concerns import queries as concerns
from kiosk.features.concerns.board import NEWEST
from kiosk.features.people import queries, services
from kiosk.features.people.models import Staff
from kiosk.features.people.types import LinkFor, Role

PERSON = re.compile(r"\s*(?P<name>[^<>]+?)\s*<(?P<email>[^<>@\s]+@[^<>@\s]+)>\s*(?::(?P<classes>.*))?")


@dataclass(frozen=True)
class Lost:
    """What somebody lost, by their address; both end what was there before."""

    password: str | None = None
    passphrase: str | None = None


class SetupError(Exception):
    """Something was given that cannot be used; the message says what to write."""


def set_up(
    settings: Settings,
    school_name: str | None,
    head: str | None,
    readers: Sequence[str],
    teachers: Sequence[str],
    *,
    links_again: bool = False,
    lost: Lost | None = None,
) -> Iterator[str]:
    """Add what is missing and say, line by line, what to do next. What was there already is kept."""
    upgrade_database(settings)
    app = create_app(settings)
    with app.app_context(), transaction():
        school = db.session.scalars(select(School).order_by(School.id)).first()
        if school is None:
            if not school_name or not head or len(readers) < 2:
                raise SetupError(
                    "A new school needs --school NAME, --head 'Name <address>' and two --reader 'Name <address>' "
                    "(the first is the DSL, the others deputies)."
                )
            school = School(name=school_name)
            db.session.add(school)
            db.session.flush()
        with in_school(school.id):
            lines = list(_people(settings, head, readers, teachers, links_again))
            lines += list(_replaced(settings, lost or Lost()))
            lines += list(_state())
        lines.insert(0, f"{school.name}: set up in {settings.data}")
    yield from lines


def _people(
    settings: Settings, head: str | None, readers: Sequence[str], teachers: Sequence[str], links_again: bool
) -> Iterator[str]:
    wanted = [(head, Role.HEAD)] if head else []
    wanted += [(one, Role.DEPUTY if number else Role.DSL) for number, one in enumerate(readers)]
    wanted += [(one, Role.TEACHER) for one in teachers]
    made = [_person(written, role) for written, role in wanted]
    known = queries.staff_with(*Role) if links_again else [staff for staff, is_new in made if is_new]
    for staff in known:
        yield from _links(settings, staff)


def _replaced(settings: Settings, lost: Lost) -> Iterator[str]:
    """End a lost password or desk key, and give its owner a link for a new one."""
    if lost.password:
        staff = _known(lost.password)
        staff.password_hash = None
        yield from _links(settings, staff)
    if lost.passphrase:
        staff = _known(lost.passphrase)
        key = concerns.find_reader_key(staff)
        if key is None:
            raise SetupError(f"{staff.name} has no desk key yet. Print their link with --links.")
        key.retired_at = now()
        db.session.flush()
        yield "Their new passphrase opens what is told from now on; what came before, their colleagues open."
        yield from _links(settings, staff)


def _known(address: str) -> Staff:
    staff = queries.find_staff_by_email(address)
    if staff is None:
        raise SetupError(f"Nobody here has the address {address}.")
    return staff


def _person(written: str, role: Role) -> tuple[Staff, bool]:
    found = PERSON.fullmatch(written)
    if not found:
        raise SetupError(f"{written!r} cannot be read. Write a name and an address: 'Ada Byron <ada@oak.sch.uk>'.")
    staff = queries.find_staff_by_email(found["email"])
    if staff is not None:
        if not staff.is_a(role):
            staff.roles = sorted({*staff.roles, role.value})
        is_new = False
    else:
        staff, is_new = services.add_staff(found["name"], found["email"], [role]), True
    names = {one.name: one for one in queries.classes_of_this_year()}
    for name in filter(None, (part.strip() for part in (found["classes"] or "").split(","))):
        if name not in names:
            raise SetupError(f"There is no class {name!r}. Import the roster first: kiosk roster import FILE.csv.")
        if names[name] not in queries.classes_taught_by(staff):
            services.give_class(staff, names[name])
    return staff, is_new


def _links(settings: Settings, staff: Staff) -> Iterator[str]:
    """What this person still has to do, each with a link that works once and for seven days."""
    todo = []
    if staff.password_hash is None:
        todo.append(("choose a password", LinkFor.PASSWORD, "/welcome/"))
    if staff.is_a(Role.HEAD) and not concerns.tell_is_live().has_recovery_key:
        todo.append(("make and print the recovery key", LinkFor.RECOVERY_KEY, "/desk/recovery/"))
    if staff.is_a(Role.DSL, Role.DEPUTY) and not concerns.find_reader_key(staff):
        todo.append(("choose a desk passphrase", LinkFor.DESK, "/desk/enrol/"))
    if todo:
        yield f"{staff.name} <{staff.email}>"
    for what, purpose, path in todo:
        yield f"  {what}: {settings.address}{path}{services.make_link(staff, purpose)}"


def _state() -> Iterator[str]:
    live = concerns.tell_is_live()
    if concerns.approved_edition() < NEWEST:
        yield "The words for telling wait for the DSL's approval; until then children have the ordinary board:"
        yield "  the DSL signs in, opens the desk, and there: Words for telling (/desk/words)"
    if live.is_live:
        yield "Tell a trusted adult is live."
        return
    yield "Tell a trusted adult is not live yet. It needs:"
    if not live.has_recovery_key:
        yield "  the recovery key, which the headteacher makes and prints"
    if live.readers < 2:
        yield f"  two readers with a desk passphrase (now {live.readers})"
