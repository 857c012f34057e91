"""`make messages`: extracts every text, and brings the catalogues of each language up to date.

What a catalogue says already is kept; a text that changed is marked fuzzy, and shows in English until
somebody has looked at it.
"""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from kiosk import ROOT
from kiosk.content.extraction import write_template
from kiosk.content.loading import load_content
from kiosk.content.types import Content
from kiosk.core.settings import Settings
from kiosk.factory import content_folders
from kiosk.web.display import LANGUAGES

TRANSLATIONS = ROOT / "translations"
METHODS = [
    ("**/migrations/**.py", "ignore"),
    ("**/phrases.yaml", "kiosk.content.extraction:extract_phrases"),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2.ext:babel_extract"),
]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "pgettext": ((1, "c"), 2)}
NOT_YET = "X-Read-By-Native-Speaker"
_READ = re.compile(rf"^\"{NOT_YET}: (\w+)", re.MULTILINE)


def interface_template() -> Catalog:
    """Every text of the interface: pupils' phrases and adults' sentences."""
    catalogue = Catalog(project="e-safety kiosk", charset="utf-8")
    for name, line, message, comments, context in extract_from_dir(
        str(ROOT / "kiosk"), METHODS, keywords=KEYWORDS, options_map={"**.html": {"trimmed": "true"}}
    ):
        place = re.sub(r"^\./", "", f"kiosk/{name}")
        catalogue.add(message, None, [(place, line)], auto_comments=comments, context=context)
    return catalogue


def update(content: Content) -> dict[str, tuple[int, int]]:
    """Write templates and catalogues; by file, how many texts are translated of how many."""
    TRANSLATIONS.mkdir(exist_ok=True)
    for domain in ("lessons", "agreements"):
        write_template(content, domain, TRANSLATIONS / f"{domain}.pot")
    _write(interface_template(), TRANSLATIONS / "messages.pot")
    told = {}
    for language in LANGUAGES:
        if language == "en":
            continue
        folder = TRANSLATIONS / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        for domain in ("messages", "lessons", "agreements"):
            path = folder / f"{domain}.po"
            told[f"{language}/{domain}"] = _update_one(path, TRANSLATIONS / f"{domain}.pot", language)
    return told


def _update_one(path: Path, template_path: Path, language: str) -> tuple[int, int]:
    with template_path.open("rb") as file:
        template = read_po(file)
    catalogue = Catalog(locale=language, charset="utf-8")
    read = ["no"]
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        # Babel keeps no header that it does not know.
        read = _READ.findall(path.read_text("utf-8"))[-1:] or ["no"]
    catalogue.update(template, no_fuzzy_matching=True, keep_user_comments=True)
    catalogue.obsolete.clear()
    _write(catalogue, path, language=language, read=read[0])
    messages = [one for one in catalogue if one.id]
    return sum(bool(one.string) and not one.fuzzy and _whole(one.string) for one in messages), len(messages)


def _whole(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def _write(catalogue: Catalog, path: Path, *, language: str = "", read: str = "") -> None:
    from io import BytesIO

    made = BytesIO()
    write_po(made, catalogue, omit_header=True, sort_output=False, sort_by_file=not language, width=0)
    header = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    if language:
        header = [f"Language: {language}", *header, f"Plural-Forms: {catalogue.plural_forms}", f"{NOT_YET}: {read}"]
    lines = ['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in header), "", ""]
    path.write_bytes("\n".join(lines).encode() + made.getvalue().lstrip())


def main() -> None:
    """Bring everything up to date and say how far each language is."""
    folders, phrases = content_folders(Settings())
    for name, (done, total) in update(load_content(folders, phrases)).items():
        print(f"{name}: {done} of {total}")  # noqa: T201


if __name__ == "__main__":
    main()
