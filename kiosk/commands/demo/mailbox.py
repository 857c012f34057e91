"""A mail server that takes every message and shows it on a page: nothing leaves this machine."""

from __future__ import annotations

import email
import email.policy
import html
import threading
from dataclasses import dataclass, field
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller

MOST = 200

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Demo mailbox</title>
<meta http-equiv="refresh" content="5"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/mailbox.css"></head><body><main><h1>Demo mailbox</h1>
<p>Every message that the demo school sends lands here. The page looks again every five seconds.</p>
{messages}</main></body></html>"""
STYLE = """body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#fff8ea;color:#1c2340}
main{max-width:44rem;margin:2rem auto;padding:0 1rem}article{background:#fff;border:2px solid #1c2340;
border-radius:12px;padding:1rem 1.25rem;margin:1rem 0}h2{margin:0;font-size:1.1rem}
pre{white-space:pre-wrap;font:inherit}"""


@dataclass
class Mailbox:
    """Takes mail on one port and shows it on another; both on this machine alone."""

    mail_port: int
    page_port: int
    messages: list[EmailMessage] = field(default_factory=list)

    def start(self) -> None:
        """Start both servers; they end with this process."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.mail_port)
        self._controller.start()
        handler = type("Page", (_Page,), {"mailbox": self})
        self._pages = ThreadingHTTPServer(("127.0.0.1", self.page_port), handler)
        threading.Thread(target=self._pages.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Stop both."""
        self._controller.stop()
        self._pages.shutdown()
        self._pages.server_close()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a message."""
        parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
        if isinstance(parsed, EmailMessage):
            self.messages.append(parsed)
            del self.messages[:-MOST]
        return "250 OK"

    def as_html(self) -> str:
        """All messages, newest first."""
        shown = []
        for message in reversed(self.messages):
            body = message.get_body(preferencelist=("plain", "html"))
            text = body.get_content() if body else ""
            shown.append(
                f"<article><h2>{html.escape(str(message['Subject']))}</h2>"
                f"<p>to {html.escape(str(message['To']))} · {html.escape(str(message['Date']))}</p>"
                f"<pre>{html.escape(text)}</pre></article>"
            )
        return PAGE.format(messages="".join(shown) or "<p>No messages yet.</p>")


class _Page(BaseHTTPRequestHandler):
    mailbox: Mailbox

    def do_GET(self) -> None:
        """Show the mailbox."""
        is_style = self.path == "/mailbox.css"
        body = (STYLE if is_style else self.mailbox.as_html()).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/css" if is_style else "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'self'")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing: who looked when is nobody's business."""
