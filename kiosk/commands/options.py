"""What the parts of the `kiosk` command share: their settings, where the data is, and how they end."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

from kiosk.core.settings import Settings, SettingsError, load_settings

FAULT, USED_WRONGLY = 1, 2


def settings_of(**overrides: Any) -> Settings:
    """The settings, or an end with a sentence where one of them cannot be used."""
    from kiosk.reading.voices import choose_voices

    try:
        settings = load_settings(**overrides)
        choose_voices(settings)
        return settings
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(USED_WRONGLY)


def with_data(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option that says where its data is."""
    return click.option("--data", type=click.Path(path_type=Path), help="The data folder (default: ./kiosk-data).")(
        command
    )


def end_with(told: dict[str, Any], lines: list[str], code: int, as_json: bool) -> NoReturn:
    """Say it, for a machine or for people, and end."""
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for line in lines:
            click.echo(line, err=code != 0)
    sys.exit(code)
