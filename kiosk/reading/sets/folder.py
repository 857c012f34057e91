"""Takes a folder of pictures with a table concept → file: a school's own set, or one that it has a licence for."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from difflib import get_close_matches
from io import StringIO
from pathlib import Path, PurePosixPath

from kiosk.reading.lexicon import Lexicon, load_lexicon
from kiosk.reading.sets import Fault, SetPicture, SetRefusedError, SymbolSet, make_set
from kiosk.reading.sets.cleaning import MOST_BYTES, HarmfulError, NotDrawnError, clean_png, clean_svg
from kiosk.reading.sets.mulberry import FOR_ADULTS
from kiosk.reading.sets.zips import Progress

HEADER = ("concept", "file")
MOST_ROWS = 2_000
MOST_BYTES_OF_TABLE = 1024 * 1024


def find_table(folder: Path) -> Path:
    """The one table in the folder. Raises SetRefusedError."""
    tables = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv")
    if len(tables) == 1:
        return tables[0]
    if tables:
        what = f"There are several tables here ({', '.join(one.name for one in tables)}). Say which: --table FILE."
    else:
        what = "There is no table here. Write symbols.csv with the header concept,file and a row for each picture."
    raise SetRefusedError([Fault(folder.name, what)])


def read_folder(folder: Path, table: Path, name: str, title: str, credit: str, progress: Progress) -> SymbolSet:
    """The set of a folder: every row is good, or SetRefusedError says what is wrong with each that is not."""
    faults: list[Fault] = []
    pictures: dict[str, SetPicture] = {}
    rows = list(_rows(table))
    for done, (number, concept, file) in enumerate(rows, start=1):
        where = f"{table.name}, row {number}"
        try:
            if concept in pictures:
                raise NotDrawnError(f"“{concept}” has a picture already. Keep one of the two rows.")
            _check_concept(concept, load_lexicon())
            pictures[concept] = _picture(folder, file)
        except (HarmfulError, NotDrawnError) as error:
            faults.append(Fault(f"{where} ({file})" if file else where, str(error)))
        progress(done, len(rows))
    if not rows:
        faults.append(Fault(table.name, "It has no rows. Write one for each picture: concept,file."))
    if faults:
        raise SetRefusedError(faults)
    return make_set(name, title, credit, pictures)


def _rows(table: Path) -> Iterator[tuple[int, str, str]]:
    """Each row's number, concept and file."""
    try:
        data = table.read_bytes()
        if len(data) > MOST_BYTES_OF_TABLE:
            raise ValueError
        reader = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""))
        header = next(reader, [])
        if tuple(cell.strip().lower() for cell in header[:2]) != HEADER:
            raise SetRefusedError([Fault(table.name, "Its first row is not “concept,file”. Write it at the top.")])
        for number, row in enumerate(reader, start=2):
            if number > MOST_ROWS:
                what = f"It has more than {MOST_ROWS:,} rows, and the kiosk fewer concepts. Leave out what is not one."
                raise SetRefusedError([Fault(table.name, what)])
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield number, cells[0], cells[1] if len(cells) > 1 else ""
    except (ValueError, csv.Error, OSError):
        raise SetRefusedError([Fault(table.name, "It cannot be read. Save it as CSV in UTF-8.")]) from None


def _check_concept(concept: str, lexicon: Lexicon) -> None:
    if concept in lexicon:
        return
    near = get_close_matches(concept, lexicon.concepts, n=3, cutoff=0.6)
    advice = f"Did you mean {' or '.join(near)}?" if near else "The page /symbols shows all of them."
    raise NotDrawnError(f"There is no concept “{concept}”. {advice}")


def _picture(folder: Path, file: str) -> SetPicture:
    if not file:
        raise NotDrawnError("It names no file. Write the picture's file name.")
    parts = PurePosixPath(file.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or ":" in file or "\0" in file:
        raise HarmfulError("The path leads out of the folder. Put the picture in the folder and write its name.")
    if FOR_ADULTS.search(parts.stem):
        raise HarmfulError("It is a picture for adults. Choose another.")
    clean = {".svg": clean_svg, ".png": clean_png}.get(parts.suffix.lower())
    if clean is None:
        raise NotDrawnError("It is neither SVG nor PNG. Save it as one of the two.")
    return clean(_bytes_of(folder.resolve() / parts))


def _bytes_of(path: Path) -> bytes:
    try:
        if path.resolve() != path:
            raise HarmfulError("It is a link to another place. Put the picture itself in the folder.")
        if not path.is_file():
            raise NotDrawnError("There is no such file in the folder. Mind capital letters and the ending.")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotDrawnError(f"It cannot be read ({error.strerror}). See to its rights.") from None
