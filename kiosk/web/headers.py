"""What every answer says to the browser about safety and keeping."""

from __future__ import annotations

from flask import Flask, Response, request

CSP = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self' blob:",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
FOR_EVER = "public, max-age=31536000, immutable"


def init_headers(app: Flask, *, secure: bool) -> None:
    """Put the headers on every answer."""

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers["X-Content-Type-Options"] = "nosniff"
        # Not no-referrer: browsers would then send "Origin: null" with our own forms.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(self), payment=()"
        if secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        # A shared tablet's Back button must not show the last child's page.
        response.headers.setdefault("Cache-Control", "no-store")
        if request.path.startswith("/H/"):
            response.headers["X-Robots-Tag"] = "noindex"
        return response
