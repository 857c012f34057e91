"""Classes and pupils from a CSV file: what is new, what changes, who has left, and which rows cannot be used."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.content.vocabulary import BANDS
from kiosk.features.people.types import SignInBy

COLUMNS = ("class", "band", "first_name")
LONGEST = 60
MOST_ROWS = 20_000


@dataclass(frozen=True)
class Row:
    """One pupil as the file says; `number` counts lines, the header being 1."""

    number: int
    class_name: str
    band: str
    first_name: str
    face: str
    sign_in: str


@dataclass(frozen=True)
class RowError:
    """A row that cannot be used, and what to write."""

    number: int
    what: str


def read_rows(raw: bytes, faces: Sequence[str]) -> tuple[list[Row], list[RowError]]:
    """The rows of a file, and what is wrong with those that cannot be used."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [RowError(1, "This file is not UTF-8. Save it again as 'CSV UTF-8'.")]
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        given = [name.strip().lower().replace(" ", "_") for name in reader.fieldnames or []]
    except csv.Error as error:
        return [], [RowError(1, f"This is not a CSV file ({error}).")]
    missing = [name for name in COLUMNS if name not in given]
    if missing:
        return [], [RowError(1, f"There is no column {', '.join(missing)}. Name it in the first line.")]
    reader.fieldnames = given
    rows: list[Row] = []
    errors: list[RowError] = []
    try:
        for written in reader:
            if len(rows) >= MOST_ROWS:
                errors.append(RowError(reader.line_num, f"More than {MOST_ROWS} rows. Import one school at a time."))
                break
            _take(reader.line_num, written, faces, rows, errors)
    except csv.Error as error:
        errors.append(RowError(reader.line_num, f"This row cannot be read ({error})."))
    return rows, errors


def _take(
    number: int, written: Mapping[str, str | None], faces: Sequence[str], rows: list[Row], errors: list[RowError]
) -> None:
    row = Row(
        number,
        *(str(written.get(name) or "").strip() for name in ("class", "band", "first_name", "face", "sign_in")),
    )
    problem = _problem(row, faces, rows)
    if problem:
        errors.append(RowError(number, problem))
    else:
        rows.append(row)


def _problem(row: Row, faces: Sequence[str], before: Sequence[Row]) -> str | None:
    if not row.class_name or not row.first_name:
        return "Class and first name are needed."
    if max(len(row.class_name), len(row.first_name)) > LONGEST:
        return f"A name is longer than {LONGEST} letters."
    if row.band not in BANDS:
        return f"{row.band!r} is not a band. Write one of {', '.join(BANDS)}."
    if row.face and row.face not in faces:
        return f"There is no face card {row.face!r}. Leave it empty and one is chosen."
    if row.sign_in and row.sign_in not in list(SignInBy):
        return f"{row.sign_in!r} is not a way to sign in. Write face or together, or leave it empty."
    same_class = [one for one in before if one.class_name == row.class_name]
    if any(one.first_name == row.first_name for one in same_class):
        return f"{row.class_name} has two {row.first_name}s. Add a letter: {row.first_name} B."
    if row.face and any(one.face == row.face for one in same_class):
        return f"{row.class_name} has the face card {row.face} twice."
    if same_class and same_class[0].band != row.band:
        return f"{row.class_name} is {same_class[0].band} in an earlier row."
    return None
