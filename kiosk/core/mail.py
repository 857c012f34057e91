"""Mail through Apprise. What it says is the caller's: a message says only that something waits."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

import apprise
from flask import current_app

from kiosk.core.outbox import DeliveryError
from kiosk.core.settings import Settings


def settings_in_use() -> Settings:
    """The settings of the app in hand."""
    settings = current_app.extensions["kiosk settings"]
    assert isinstance(settings, Settings)  # noqa: S101
    return settings


def mail_address(settings: Settings, to: str) -> str:
    """The Apprise address that reaches one mailbox over the school's mail server."""
    server = urlsplit(settings.mail_server)
    mode = {"smtps": "ssl", "smtp+starttls": "starttls"}.get(server.scheme, "insecure")
    scheme = "mailto" if mode == "insecure" else "mailtos"
    who = ""
    if server.username:
        who = f"{_quoted(unquote(server.username))}:{_quoted(unquote(server.password or ''))}@"
    port = f":{server.port}" if server.port else ""
    # smtp= names the server itself: else Apprise guesses one from the address.
    return (
        f"{scheme}://{who}{server.hostname}{port}/?smtp={server.hostname}"
        f"&from={_quoted(settings.mail_from)}&to={_quoted(to)}&format=text"
        f"&mode={mode}"
    )


def _quoted(part: str) -> str:
    return quote(part, safe="")


def send_mail(to: str, subject: str, body: str) -> None:
    """Hand one message to the mail server; raises DeliveryError where it was not taken."""
    settings = settings_in_use()
    if not settings.mail_server:
        raise DeliveryError("No mail server is set. Set mail_server in kiosk.toml.")
    post = apprise.Apprise()
    if not post.add(mail_address(settings, to)):
        raise DeliveryError("The mail server's address cannot be used. Mend mail_server in kiosk.toml.")
    if not post.notify(title=subject, body=body):
        raise DeliveryError("The mail server did not take the message.")
