"""`kiosk roster import`: brings classes and pupils to what a file says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select

from kiosk.commands.upgrade import upgrade_database
from kiosk.core.clock import school_year, today
from kiosk.core.database import db, transaction
from kiosk.core.schools import School
from kiosk.core.settings import Settings
from kiosk.core.tenancy import in_school
from kiosk.factory import create_app
from kiosk.features.families import services as families
from kiosk.features.people import queries, services, sounds
from kiosk.features.people.faces import all_faces
from kiosk.features.people.models import Pupil, SchoolClass
from kiosk.features.people.roster import Row, read_rows
from kiosk.features.people.types import SignInBy


class _DryRunError(Exception):
    """Undoes what a dry run did."""


def import_roster(settings: Settings, path: Path, *, dry_run: bool) -> dict[str, list[Any]]:
    """Import a file; answers with what was added, changed and left, and with each row that was refused.

    A file with a refused row changes nothing.
    """
    rows, errors = read_rows(path.read_bytes(), all_faces())
    told: dict[str, list[Any]] = {
        "add": [], "change": [], "leave": [],
        "errors": [{"file": str(path), "row": one.number, "what": one.what} for one in errors],
    }  # fmt: skip
    upgrade_database(settings)
    app = create_app(settings)
    with app.app_context():
        try:
            with transaction():
                school = db.session.scalars(select(School).order_by(School.id)).first()
                if school is None:
                    told["errors"].append(
                        {"file": str(path), "row": 0, "what": "There is no school yet. Run kiosk setup first."}
                    )
                    raise _DryRunError
                with in_school(school.id):
                    _bring_to(rows, told, settings)
                    db.session.flush()
                if dry_run or told["errors"]:
                    raise _DryRunError
        except _DryRunError:
            pass
    return told


def _bring_to(rows: list[Row], told: dict[str, list[Any]], settings: Settings) -> None:
    classes = {one.name: one for one in queries.classes_of_this_year()}
    for name in dict.fromkeys(row.class_name for row in rows):
        of_class = [row for row in rows if row.class_name == name]
        school_class = classes.get(name) or _new_class(of_class[0], len(classes), told, settings)
        classes[name] = school_class
        _bring_class_to(school_class, of_class, told)
        sounds.ask_for_sound(school_class)


def _new_class(row: Row, number: int, told: dict[str, list[Any]], settings: Settings) -> SchoolClass:
    together = row.sign_in or (SignInBy.TOGETHER if row.band == "eyfs" else SignInBy.FACE)
    faces = all_faces()
    symbol = faces[-1 - number % len(faces)]
    made = services.add_class(row.class_name, row.band, symbol, school_year(today()), SignInBy(together))
    families.give_home_link(made, key=settings.secret("server"))
    told["add"].append({"class": row.class_name})
    return made


def _bring_class_to(school_class: SchoolClass, rows: list[Row], told: dict[str, list[Any]]) -> None:
    known = {pupil.first_name: pupil for pupil in queries.pupils_of(school_class.id)}
    taken = {row.face for row in rows if row.face} | {
        known[row.first_name].face for row in rows if row.first_name in known and not row.face
    }
    free = iter([face for face in all_faces() if face not in taken])
    for row in rows:
        pupil: Pupil | None = known.pop(row.first_name, None)
        who = {"class": row.class_name, "first_name": row.first_name}
        if pupil is None:
            services.add_pupil(school_class, row.first_name, row.face or next(free, all_faces()[0]))
            told["add"].append(who)
        elif row.face and row.face != pupil.face:
            pupil.face = row.face
            told["change"].append(who)
    for pupil in known.values():
        services.pupil_leaves(pupil)
        told["leave"].append({"class": school_class.name, "first_name": pupil.first_name})
