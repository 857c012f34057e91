"""What `kiosk check` does, whatever lexicon, voices and catalogues it is given."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from kiosk.content.catalogue import Catalogues
from kiosk.content.checking import LexiconLike, check, check_translations
from kiosk.content.coverage import Report, coverage
from kiosk.content.levelled import Problem
from kiosk.content.loading import load_content

DONE, FOUND_FAULT, USED_WRONGLY = 0, 1, 2


def run_check(
    paths: Sequence[Path],
    as_json: bool,
    report: bool,
    *,
    lexicon: LexiconLike,
    reviewed: LexiconLike | None = None,
    phrases: Sequence[Path] = (),
    catalogues: Catalogues | None = None,
    has_voice: Callable[[str, str], bool] = lambda _text, _language: False,
    write: Callable[[str], object] = click.echo,
) -> int:
    """Check folders or files and write what was found; 0 without errors, 1 with, 2 for a wrong path."""
    missing = [path for path in paths if not path.exists()]
    if missing or not (paths or phrases):
        for path in missing:
            write(f"{path} is not there. Name a content folder or a file in one.")
        if not missing:
            write("Name a content folder or a file in one.")
        return USED_WRONGLY
    catalogues = catalogues or Catalogues()
    content = load_content(paths, phrases)
    problems = (*check(content, lexicon), *check_translations(catalogues, lexicon))
    measured = coverage(content, lexicon, has_voice, catalogues, reviewed) if report else None
    if as_json:
        write(_as_json(problems, measured))
    else:
        _write_lines(problems, measured, write)
    return FOUND_FAULT if any(problem.severity == "error" for problem in problems) else DONE


def _as_json(problems: Sequence[Problem], measured: Report | None) -> str:
    if measured is not None:
        return json.dumps(measured.as_dict(), ensure_ascii=False)
    listed = [asdict(problem) | {"file": str(problem.file)} for problem in problems]
    return json.dumps({"problems": listed}, ensure_ascii=False)


def _write_lines(
    problems: Sequence[Problem], measured: Report | None, write: Callable[[str], object]
) -> None:
    for problem in problems:
        write(str(problem))
    errors = sum(problem.severity == "error" for problem in problems)
    write(f"{_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}.")
    if measured is None:
        return
    write(f"{_count(measured.lessons, 'lesson')}, {_count(measured.agreements, 'agreement')}.")
    for name, counts in (("Band", measured.by_band), ("Strand", measured.by_strand)):
        for key, count in counts.items():
            write(f"{name} {key}: {_count(count, 'lesson')}.")
    shares = {
        "at its reading levels": measured.levels,
        "under reviewed symbols": measured.symbols,
        "with sound": measured.voice,
    }
    for language, share in measured.languages.items():
        shares[f"in {language}"] = share
    for what, share in shares.items():
        write(f"Text {what}: {share:.1%}.")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
