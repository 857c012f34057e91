"""Makes small releases, folders and pictures to import, good and bad."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from kiosk.reading.sets.mulberry import curated

HEADER = "symbol-id,category-id,grammar,rated,tags,symbol-en,category-en,symbol-fr,category-fr\n"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 850 850"><g fill="#ffeec8" class="aac-skin-fill">'
    '<path d="M10 10h500v500z"/></g><path stroke="#231f20" stroke-width="14" fill="none" d="M1 1l9.6 9"/></svg>'
)
OF_RELEASE = ("good", "bad", "home", "computer", "help")
"""Concepts of which `release` has the symbol."""


def svg(inside: str, *, before: str = "", attributes: str = "") -> bytes:
    """A picture with something in it."""
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{before}<svg {spaces} viewBox="0 0 72 72" {attributes}>{inside}</svg>'.encode()


def png(width: int = 400, height: int = 300) -> bytes:
    """A red picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, "PNG")
    return out.getvalue()


def release_files(**rated: str) -> dict[str, bytes]:
    """The files of a small Mulberry release; `rated` gives a concept's symbol another rating."""
    names = [(concept, curated().symbols[concept]) for concept in OF_RELEASE]
    rows = [f'{n},1,Noun,{rated.get(concept, "0")},,"{name}",Any,x,y\n' for n, (concept, name) in enumerate(names)]
    files = {f"EN-symbols/{name}.svg": SVG.encode() for _concept, name in names}
    return {"VERSION.txt": b"3.6.1", "symbol-info.csv": (HEADER + "".join(rows)).encode(), **files}


def write_zip(path: Path, files: Mapping[str | zipfile.ZipInfo, bytes]) -> Path:
    """A zip of those files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return path


def release(folder: Path) -> Path:
    """A small Mulberry release."""
    return write_zip(folder / "mulberry.zip", {**release_files()})


def folder_of(folder: Path, pictures: Mapping[str, bytes], rows: str) -> Path:
    """A folder of pictures with its table."""
    folder.mkdir(exist_ok=True)
    for name, data in pictures.items():
        (folder / name).write_bytes(data)
    (folder / "symbols.csv").write_text(f"concept,file\n{rows}", "utf-8")
    return folder
