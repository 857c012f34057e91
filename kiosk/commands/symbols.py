"""`kiosk symbols`: sets of symbols beside the kiosk's own."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.commands.options import FAULT, USED_WRONGLY, end_with, settings_of, with_data


@click.group()
def symbols() -> None:
    """Sets of symbols beside the kiosk's own."""


@symbols.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--name", default="", help="What a folder's set is called, in small letters: widgit.")
@click.option("--title", default="", help="Its name as people read it: Widgit Symbols.")
@click.option("--credit", default="", help="The thanks that its licence asks for, on About and on every print.")
@click.option("--table", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The CSV: concept,file.")
@click.option("--json", "as_json", is_flag=True, help="For a machine to read.")
@with_data
def symbols_import(
    path: Path, name: str, title: str, credit: str, table: Path | None, as_json: bool, data: Path | None
) -> None:
    """Take a Mulberry release (its zip), or a folder of SVG and PNG pictures with a table concept,file.

    All of it or nothing: what was there stays until the new set is whole.
    """
    from kiosk.commands.symbol_sets import SymbolsError, import_set
    from kiosk.reading.sets import SetRefusedError

    try:
        with click.progressbar(length=1, label="Reading", file=sys.stderr, hidden=as_json) as bar:

            def progress(done: int, of: int) -> None:
                bar.length = of
                bar.update(done - bar.pos)

            told = import_set(
                settings_of(data=data), path, name=name, title=title, credit=credit, table=table, progress=progress
            )
    except SymbolsError as error:
        end_with({"errors": [{"file": str(path), "what": str(error)}]}, [str(error)], USED_WRONGLY, as_json)
    except SetRefusedError as error:
        faults = [vars(one) for one in error.faults]
        lines = [f"{one.file}: {one.what}" for one in error.faults]
        end_with({"errors": faults}, [*lines, "Nothing was imported, and nothing is changed."], FAULT, as_json)
    shown = f"{told['title']}: {told['concepts']} of {told['of']} concepts."
    lines = [f"{shown} The head chooses it on the page “How symbols look”."]
    lines += [f"left out: {one['file']}: {one['what']}" for one in told["left_out"]]
    end_with(told, lines, 0, as_json)


@symbols.command("list")
@click.option("--json", "as_json", is_flag=True, help="For a machine to read.")
@with_data
def symbols_list(as_json: bool, data: Path | None) -> None:
    """Which sets are there, and how many of the kiosk's concepts each shows."""
    from kiosk.commands.symbol_sets import list_sets

    told = list_sets(settings_of(data=data))
    lines = [f"{one['set']}: {one['title']}, {one['concepts']} of {one['of']} concepts" for one in told]
    end_with({"sets": told}, lines, 0, as_json)


@symbols.command("remove")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="For a machine to read.")
@with_data
def symbols_remove(name: str, as_json: bool, data: Path | None) -> None:
    """Remove a set; a school that uses it sees the kiosk's own pictures from then on."""
    from kiosk.commands.symbol_sets import SymbolsError, remove

    try:
        remove(settings_of(data=data), name)
    except SymbolsError as error:
        end_with({"errors": [{"file": name, "what": str(error)}]}, [str(error)], USED_WRONGLY, as_json)
    end_with({"removed": name}, [f"{name} is removed."], 0, as_json)
