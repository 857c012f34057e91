"""Which words our typefaces cannot print, as typst itself finds them."""

from __future__ import annotations

import typst

from kiosk.documents.pdf import make_pdf


def unprintable_words(text: str) -> list[str]:
    """The words of a text that hold a letter without a glyph, in order; compiling takes some 10 ms."""
    if _prints(text):
        return []
    return [word for word in dict.fromkeys(text.split()) if not _prints(word)] or [text]


def _prints(text: str) -> bool:
    try:
        make_pdf("letters", {"text": text})
    except typst.TypstError:
        return False
    return True
