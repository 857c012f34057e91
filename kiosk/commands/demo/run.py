"""Makes the demo school if need be, renders its first sounds, and serves it with its mailbox."""

from __future__ import annotations

import dataclasses
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import click

from kiosk.commands.demo.mailbox import Mailbox
from kiosk.commands.demo.school import DESK_PASSPHRASE, PASSWORD, STAFF, find_demo_school, make_demo_school
from kiosk.commands.generation import AnotherGenerationError, die_with_parent
from kiosk.commands.serving import serve
from kiosk.commands.upgrade import upgrade_database
from kiosk.content.loading import load_content
from kiosk.content.types import Content
from kiosk.content.vocabulary import BANDS
from kiosk.core.database import transaction
from kiosk.core.settings import Settings, prepare_data_folder
from kiosk.factory import content_folders, create_app
from kiosk.features.lessons.rules import shelf_for
from kiosk.reading.voice import VoiceStore
from kiosk.reading.wanted import voice_jobs

SHEETS = "recovery-sheets.txt"


def run_demo(settings: Settings, *, fresh: bool) -> int:
    """Serve the demo school until told to stop."""
    if fresh:
        _start_over(settings.data)
    _say("1/4 the database")
    upgrade_database(settings)
    _say("2/4 the school")
    mail_port, page_port = _free_ports(2)
    settings = dataclasses.replace(settings, mail_server=f"smtp://127.0.0.1:{mail_port}")
    _make_school(settings)
    _say("3/4 its first sounds")
    _render_first(settings)
    _say("4/4 the server")
    mailbox = Mailbox(mail_port, page_port)
    mailbox.start()
    others = _render_rest(settings)
    try:
        return serve(settings, when_ready=lambda: _introduce(settings, page_port))
    except AnotherGenerationError as error:
        click.echo(str(error), err=True)
        return 1
    finally:
        others.terminate()
        mailbox.stop()


def _say(step: str) -> None:
    click.echo(f"demo: {step}")


def _start_over(data: Path) -> None:
    for path in data.glob("kiosk.db*"):
        path.unlink()
    for path in (data / "jobs.db", data / SHEETS):
        path.unlink(missing_ok=True)


def _make_school(settings: Settings) -> None:
    app = create_app(settings)
    with app.app_context():
        if find_demo_school():
            return
        with transaction():
            made = make_demo_school(settings)
    prepare_data_folder(settings.data)
    path = settings.data / SHEETS
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("Only in a demo are both halves of the recovery key in one file.\n\n")
        file.write("Sheet A\n" + made.sheets[0] + "\n\nSheet B\n" + made.sheets[1] + "\n")


def _render_first(settings: Settings) -> None:
    store = VoiceStore(settings.data / "voice")
    # What somebody who looks around hears first has its sound before the demo is ready; the rest follows behind.
    first = list(voice_jobs(_opened_first(load_content(*content_folders(settings))), ("en",), ("full",)))

    def progress(done: int, total: int) -> None:
        if done % 100 == 0 or done == total:
            click.echo(f"demo:     {done} of {total}")

    store.render(first, progress=progress, workers=2)


def _opened_first(content: Content) -> Content:
    """The content with no more lessons than each band's first: however many there are, the demo is ready soon."""
    shelves = [shelf_for(band, content.lessons).own for band in BANDS]
    return dataclasses.replace(content, lessons={shelf[0].id: shelf[0] for shelf in shelves if shelf})


def _render_rest(settings: Settings) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kiosk.cli", "voice", "build", "--quiet", "--workers", "1"]
    command += ["--data", str(settings.data)]
    # One at a time: whoever looks around comes first.
    if shutil.which("nice"):
        command = ["nice", *command]
    return subprocess.Popen(  # noqa: S603
        command, preexec_fn=die_with_parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _free_ports(count: int) -> list[int]:
    holders = [socket.socket() for _ in range(count)]
    for holder in holders:
        holder.bind(("127.0.0.1", 0))
    ports = [int(holder.getsockname()[1]) for holder in holders]
    for holder in holders:
        holder.close()
    return ports


def _introduce(settings: Settings, page_port: int) -> None:
    width = max(len(one.name) for one in STAFF)
    click.echo("")
    click.echo("Who can sign in:")
    click.echo("  pupils   tap Oak, Willow, Hazel or Maple, then a face (Oak starts together)")
    click.echo(f"  staff    {settings.address}/staff   password: {PASSWORD}")
    for one in STAFF:
        classes = f", teaches {' and '.join(one.teaches)}" if one.teaches else ""
        click.echo(f"             {one.name:<{width}}  {one.email:<20} {one.role.value}{classes}")
    click.echo(f"  desk     the DSL and the deputy unlock it with: {DESK_PASSPHRASE}")
    click.echo(f"  recovery {settings.data / SHEETS}")
    click.echo(f"  mailbox  http://127.0.0.1:{page_port}/   every message that the demo sends")
    if not settings.public_url and settings.host == "127.0.0.1":
        click.echo("  a phone  start again with: make demo HOST=0.0.0.0 PUBLIC_URL=http://<this machine>:8000")
    click.echo("")
    click.echo(f"ready {settings.address}/")
    sys.stdout.flush()
