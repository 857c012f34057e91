"""What a school may set: kiosk.toml in the data folder, overridden by KIOSK_* in the environment."""

from __future__ import annotations

import dataclasses
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class SettingsError(Exception):
    """A setting that cannot be used; the message says which, and what to write."""


def _setting(default: Any, about: str) -> Any:
    return field(default=default, metadata={"about": about})


@dataclass(frozen=True)
class Settings:
    """Every setting with its default; `about` is what docs/settings.md says of it."""

    data: Path = _setting(Path("kiosk-data"), "Folder that holds the database, the sound and the keys.")
    database_url: str = _setting("", "Empty for SQLite in the data folder, or postgresql+psycopg://… .")
    migration_url: str = _setting("", "The owner's address of the same database, for migrations; empty: the same.")
    public_url: str = _setting("", "The address that tablets and phones use, such as https://kiosk.oak.sch.uk .")
    host: str = _setting("127.0.0.1", "The address the server listens on; 0.0.0.0 for every network.")
    port: int = _setting(8000, "The port the server listens on.")
    processes: int = _setting(2, "How many serving processes run.")
    worker: bool = _setting(True, "Whether `kiosk serve` runs the job worker too.")
    mail_server: str = _setting("", "smtps://USER:PASSWORD@HOST:PORT, smtp+starttls://… or smtp://…; empty: no mail.")
    mail_from: str = _setting("kiosk@localhost", "The address that mail comes from.")
    content: str = _setting("", "A folder of the school's own lessons and agreements, beside the shipped ones.")
    voice_en: str = _setting("heart", "The voice that reads English aloud; `kiosk voice list` names them.")
    staff_idle_minutes: int = _setting(20, "Staff are signed out after this many minutes without a touch.")
    pupil_idle_minutes: int = _setting(15, "A pupil is signed out after this many minutes without a touch.")
    desk_idle_minutes: int = _setting(5, "The desk locks itself after this many minutes without a touch.")
    demo: bool = _setting(False, "Whether this is the demo school, which shows who can sign in.")

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database in use."""
        return self.database_url or f"sqlite:///{(self.data / 'kiosk.db').resolve()}"

    @property
    def address(self) -> str:
        """The address that people type or scan, without a slash at its end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def secure(self) -> bool:
        """Whether people reach the kiosk over TLS."""
        return self.address.startswith("https://")

    def secret(self, name: str) -> bytes:
        """The 32 secret bytes kept under that name in the data folder, made on first use."""
        path = self.data / f"{name}.key"
        if not path.exists():
            prepare_data_folder(self.data)
            temporary = path.with_suffix(f".{os.getpid()}")
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(32))
                file.flush()
                os.fsync(file.fileno())
            try:
                # A link fails where another process was first: both then read the same key.
                path.hardlink_to(temporary)
            except FileExistsError:
                pass
            finally:
                temporary.unlink()
        return path.read_bytes()


def prepare_data_folder(data: Path) -> None:
    """Make the data folder, which nobody but its owner may open."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)


def load_settings(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Read the settings; what the caller gives wins over KIOSK_*, which wins over kiosk.toml.

    Raises SettingsError for an unknown name or a value of the wrong type.
    """
    environment = os.environ if environment is None else environment
    known = {one.name: one for one in dataclasses.fields(Settings)}
    given = {name: value for name, value in overrides.items() if value is not None}
    data = Path(str(given.get("data") or environment.get("KIOSK_DATA") or Settings.data))
    values: dict[str, Any] = {}
    toml = data / "kiosk.toml"
    if toml.exists():
        try:
            values.update(tomllib.loads(toml.read_text("utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{toml}: {error}. Mend that line.") from error
    for name in values:
        if name not in known:
            raise SettingsError(f"{toml}: there is no setting {name!r}. See docs/settings.md for the list.")
    for name in known:
        if f"KIOSK_{name.upper()}" in environment:
            values[name] = environment[f"KIOSK_{name.upper()}"]
    values.update(given, data=data)
    return Settings(**{name: _typed(name, known[name].default, value) for name, value in values.items()})


def _typed(name: str, default: Any, value: Any) -> Any:
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
        if str(value).lower() in {"1", "true", "yes", "on"}:
            return True
        if str(value).lower() in {"0", "false", "no", "off"}:
            return False
        raise SettingsError(f"{name} = {value!r} is neither true nor false. Write true or false.")
    if isinstance(default, int):
        try:
            return int(value)
        except (TypeError, ValueError):
            raise SettingsError(f"{name} = {value!r} is not a whole number. Write one, like {default}.") from None
    if isinstance(default, Path):
        return Path(value)
    if not isinstance(value, str):
        raise SettingsError(f"{name} = {value!r} is not text. Put it in quotes.")
    return value
