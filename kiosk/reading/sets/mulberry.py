"""Takes a Mulberry release: only the symbols of our curated table, from a zip that is what it says it is."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from pathlib import Path

import yaml

from kiosk.reading.sets import Fault, SetPicture, SetRefusedError, SymbolSet, make_set
from kiosk.reading.sets.cleaning import HarmfulError, NotDrawnError, clean_svg, inspect_svg
from kiosk.reading.sets.zips import Progress, read_zip

NAME = "mulberry"
TITLE = "Mulberry Symbols"
CREDIT = "Mulberry Symbols © Steve Lee, mulberrysymbols.org, Creative Commons BY-SA 4.0; skin recoloured."
SKIN = "#ffeec8"
FOR_ADULTS = re.compile(
    r"(?:^|[_\W])(?:middle_?finger|cigar\w*|smok\w*|vap\w*|kni(?:fe|ves)|syringe\w*|needle\w*|guns?|pistol|rifle|sword|"
    r"beer|wine|alcohol|drugs?)(?:$|[_\W\d])",
    re.IGNORECASE,
)
"""In the name of what may not get in, whatever a table says; all that is rated for adults may not either."""

_TABLE = Path(__file__).with_name("mulberry.yaml")
_COLUMNS = {"symbol-id", "symbol-en", "rated", "category-en"}


@dataclass(frozen=True)
class Curated:
    """Which symbol shows which concept, and where their cream is not skin."""

    symbols: dict[str, str]
    not_skin: frozenset[str]


@lru_cache(maxsize=1)
def curated() -> Curated:
    """The reviewed table of this kiosk."""
    told = yaml.safe_load(_TABLE.read_text("utf-8"))
    return Curated(told["symbols"], frozenset(told["not-skin"]))


def read_release(path: Path, name: str, progress: Progress) -> tuple[SymbolSet, list[Fault]]:
    """The set of a release, and which of its curated symbols are left out. Raises SetRefusedError.

    What could do harm anywhere in the release refuses all of it: it is not the one that Mulberry published.
    """
    files = read_zip(path, progress)
    table, folder = _layout(path, files)
    rated = _rated(table, files[table])
    pictures: dict[str, SetPicture] = {}
    left_out: list[Fault] = []
    faults: list[Fault] = []
    for symbol in sorted(rated):
        if f"{folder}{symbol}.svg" not in files:
            what = f"{table} lists it, and it is not there. Download the release again."
            faults.append(Fault(f"{folder}{symbol}.svg", what))
    for file in sorted(files):
        faults += _harm_in(file, files[file])
    if faults:
        raise SetRefusedError(faults)
    for concept, symbol in curated().symbols.items():
        file = f"{folder}{symbol}.svg"
        if symbol not in rated or file not in files:
            continue
        if rated[symbol] != "0" or FOR_ADULTS.search(symbol):
            left_out.append(Fault(file, "It is rated for adults."))
            continue
        try:
            skin = "" if concept in curated().not_skin else SKIN
            pictures[concept] = clean_svg(files[file], skin=skin, without_letters=True)
        except NotDrawnError as error:
            left_out.append(Fault(file, str(error)))
    if not pictures:
        what = "It holds none of the symbols that the kiosk uses. Download the whole release."
        raise SetRefusedError([Fault(path.name, what)])
    return make_set(name, TITLE, CREDIT, pictures), left_out


def _harm_in(file: str, data: bytes) -> list[Fault]:
    if file.lower().endswith(".svg"):
        try:
            inspect_svg(data, without_letters=True)
        except HarmfulError as error:
            return [Fault(file, str(error))]
        except NotDrawnError:
            pass
    return []


def _layout(path: Path, files: dict[str, bytes]) -> tuple[str, str]:
    """The path of the release's table, and the folder of its symbols."""
    tables = sorted((name for name in files if re.fullmatch(r"(?:[^/]+/)?symbol-info\.csv", name)), key=len)
    for table in tables:
        top = table.removesuffix("symbol-info.csv")
        for folder in (f"{top}EN-symbols/", f"{top}EN/"):
            if any(name.startswith(folder) and name.endswith(".svg") for name in files):
                return table, folder
    what = (
        "It is not a Mulberry release: symbol-info.csv and the folder EN-symbols are not in it. "
        "Take mulberry-symbols.zip from mulberrysymbols.org; other pictures are imported as a folder with a table."
    )
    raise SetRefusedError([Fault(path.name, what)])


def _rated(table: str, data: bytes) -> dict[str, str]:
    """The rating of each symbol that the release lists."""
    try:
        reader = csv.DictReader(StringIO(data.decode("utf-8-sig")))
        if not set(reader.fieldnames or ()) >= _COLUMNS:
            raise ValueError
        rated = {row["symbol-en"]: row["rated"] for row in reader if row["symbol-en"]}
    except (ValueError, csv.Error):
        what = "It is not Mulberry's table of symbols. Download the release again."
        raise SetRefusedError([Fault(table, what)]) from None
    return {name: rating for name, rating in rated.items() if "/" not in name}
