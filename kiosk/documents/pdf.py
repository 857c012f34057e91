"""The one function that makes a PDF: a typst template, and data that it never reads as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg_lexend
import manimgx_fonts
import typst

TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def _font_folders() -> tuple[str, ...]:
    return (str(Path(fontpkg_lexend.__file__).parent / "files"), str(Path(manimgx_fonts.__file__).parent))


def make_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The template filled with the data, as a tagged PDF (PDF/UA-1).

    Raises typst.TypstError where something is missing that a screen reader needs, or a letter has no glyph.
    """
    made = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=list(_font_folders()),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes)  # noqa: S101  (without an output file typst answers with the bytes)
    return made
