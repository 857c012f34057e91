"""The `kiosk` command."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from kiosk import __version__
from kiosk.commands.options import FAULT, USED_WRONGLY, settings_of, with_data
from kiosk.commands.symbols import symbols


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """The e-safety kiosk: lessons, agreements, telling a trusted adult, charters, and the same at home."""
    # What the kiosk writes is for its own user alone, whatever the folder's rights.
    os.umask(0o077)


@main.command()
@with_data
@click.option("--host", help="The address to listen on; 0.0.0.0 lets a phone on the same network in.")
@click.option("--port", type=int, help="The port to listen on (default: 8000).")
@click.option("--public-url", help="The address that a phone uses, such as http://192.168.1.20:8000 .")
@click.option("--fresh", is_flag=True, help="Start over: what the demo school holds is deleted.")
def demo(data: Path | None, host: str | None, port: int | None, public_url: str | None, fresh: bool) -> None:
    """Serve a demo school with its own mailbox, and print who can sign in."""
    from kiosk.commands.demo.run import run_demo

    settings = settings_of(data=data or Path("kiosk-data/demo"), host=host, port=port, public_url=public_url, demo=True)
    sys.exit(run_demo(settings, fresh=fresh))


@main.command()
@with_data
@click.option("--host")
@click.option("--port", type=int)
@click.option("--worker/--no-worker", default=None, help="Whether the job worker runs inside (default: it does).")
def serve(data: Path | None, host: str | None, port: int | None, worker: bool | None) -> None:
    """Serve the school's kiosk."""
    from kiosk.commands.generation import AnotherGenerationError
    from kiosk.commands.serving import serve as serve_now
    from kiosk.commands.upgrade import upgrade_database

    settings = settings_of(data=data, host=host, port=port, worker=worker)
    upgrade_database(settings)
    try:
        sys.exit(serve_now(settings, when_ready=lambda: click.echo(f"ready {settings.address}/")))
    except AnotherGenerationError as error:
        click.echo(str(error), err=True)
        sys.exit(FAULT)


@main.command()
@with_data
def worker(data: Path | None) -> None:
    """Send what waits in the outbox and do what is periodic, alone."""
    from kiosk.commands.generation import die_with_parent, join_generation
    from kiosk.core.jobs import run_worker
    from kiosk.core.schools import all_school_ids
    from kiosk.factory import create_app

    settings = settings_of(data=data)
    die_with_parent()
    join_generation(settings.data)
    run_worker(create_app(settings), settings, all_school_ids)


@main.command()
@with_data
@click.option("--school", help="The school's name.")
@click.option("--head", help="The headteacher: 'Name <address>'.")
@click.option("--reader", "readers", multiple=True, help="A DSL or deputy: 'Name <address>'; the first is the DSL.")
@click.option("--teacher", "teachers", multiple=True, help="A teacher: 'Name <address>: Class, Class'.")
@click.option("--links", is_flag=True, help="Print new one-time links for those who have not used theirs.")
@click.option("--lost-password", metavar="ADDRESS", help="Print a link for somebody who lost their password.")
@click.option(
    "--lost-passphrase", metavar="ADDRESS", help="Retire a reader's desk key and print a link for a new passphrase."
)
def setup(
    data: Path | None, school: str | None, head: str | None, readers: tuple[str, ...], teachers: tuple[str, ...],
    links: bool, lost_password: str | None, lost_passphrase: str | None,
) -> None:
    """Set a school up, and print the one-time links that its head and its readers need."""
    from kiosk.commands.setting_up import Lost, SetupError, set_up

    try:
        lost = Lost(lost_password, lost_passphrase)
        for line in set_up(settings_of(data=data), school, head, readers, teachers, links_again=links, lost=lost):
            click.echo(line)
    except SetupError as error:
        click.echo(str(error), err=True)
        sys.exit(USED_WRONGLY)


@main.group()
def roster() -> None:
    """Classes and pupils."""


@roster.command("import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="For a machine to read.")
@with_data
def roster_import(path: Path, dry_run: bool, as_json: bool, data: Path | None) -> None:
    """Bring classes and pupils to what a CSV file says: class, band, first_name, and if you like face, sign_in."""
    from kiosk.commands.roster import import_roster

    told = import_roster(settings_of(data=data), path, dry_run=dry_run)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for kind in ("add", "change", "leave"):
            click.echo(f"{kind}: {len(told[kind])}")
        for error in told["errors"]:
            click.echo(f"{error['file']}:{error['row']}: {error['what']}", err=True)
    sys.exit(FAULT if told["errors"] else 0)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--report", is_flag=True, help="How much has its levels, symbols, sound and languages.")
@click.option("--json", "as_json", is_flag=True, help="For a machine to read.")
@with_data
def check(paths: tuple[Path, ...], report: bool, as_json: bool, data: Path | None) -> None:
    """Check lessons and agreements: what is wrong, where, and what to write."""
    from kiosk.commands.checking import check_content

    sys.exit(check_content(settings_of(data=data), list(paths), as_json=as_json, report=report))


@main.group()
def voice() -> None:
    """The kiosk's sound, rendered ahead."""


@voice.command("build")
@with_data
@click.option("--language", "languages", multiple=True, help="Only these languages (default: all with a voice).")
@click.option("--workers", type=click.IntRange(1, 64), help="How many render at once (default: one a core).")
@click.option("--again", is_flag=True, help="Try again what could not be spoken before.")
@click.option("--quiet", is_flag=True, help="Say nothing but what could not be spoken.")
def voice_build(
    data: Path | None, languages: tuple[str, ...], workers: int | None, again: bool, quiet: bool
) -> None:
    """Render everything that has no sound yet; stopped half-way, it goes on from there."""
    from kiosk.commands.sounds import NoVoiceError, build

    try:
        sys.exit(build(settings_of(data=data), languages, workers=workers, again=again, quiet=quiet))
    except NoVoiceError as error:
        click.echo(str(error), err=True)
        sys.exit(USED_WRONGLY)


@voice.command("report")
@with_data
@click.option("--json", "as_json", is_flag=True, help="For a machine to read.")
def voice_report(data: Path | None, as_json: bool) -> None:
    """How much has sound, how long and how large it is, and what could not be spoken, with the reason."""
    from kiosk.commands.sounds import report, report_in_words

    told = report(settings_of(data=data))
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else "\n".join(report_in_words(told)))


@voice.command("list")
@with_data
@click.option("--json", "as_json", is_flag=True, help="For a machine to read.")
def voice_list(data: Path | None, as_json: bool) -> None:
    """Which voices there are, which one reads aloud, and which languages have none."""
    from kiosk.commands.sounds import list_in_words, list_voices

    voices = list_voices(settings_of(data=data))
    click.echo(json.dumps(voices, ensure_ascii=False, indent=2) if as_json else "\n".join(list_in_words(voices)))


@voice.command("tidy")
@with_data
def voice_tidy(data: Path | None) -> None:
    """Remove the sounds of voices that are no longer used; after a change of voice, once the kiosk has started anew."""
    from kiosk.commands.sounds import tidy

    click.echo(tidy(settings_of(data=data)))


@main.command()
@with_data
@click.option("--only", type=click.Choice(["pages", "voice"]), help="Only the pages, or only the voices.")
@click.option("--json", "as_json", is_flag=True)
def bench(data: Path | None, only: str | None, as_json: bool) -> None:
    """Measure the budgets, as ratios within this one run."""
    from kiosk.commands.bench import run_bench

    sys.exit(run_bench(settings_of(data=data), as_json=as_json, only=only))


main.add_command(symbols)


if __name__ == "__main__":
    main()
