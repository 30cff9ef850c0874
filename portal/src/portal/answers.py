"""What every answer carries: headers that keep a browser safe, and compression."""

import gzip
from urllib.parse import urlsplit

from flask import Flask, Response, request

_LEAST_BYTES = 500  # below, gzip saves nothing
_COMPRESSED = ("text/", "application/json", "image/svg+xml", "application/problem+json")


def install(app: Flask, issuer: str, over_tls: bool) -> None:
    """Headers on every answer of the app; `form-action` names the issuer, because signing in redirects there."""
    parts = urlsplit(issuer)
    policy = (
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self' {parts.scheme}://{parts.netloc}"
    )

    @app.after_request
    def guard(answer: Response) -> Response:
        answer.headers.setdefault("Content-Security-Policy", policy)
        answer.headers.setdefault("X-Content-Type-Options", "nosniff")
        answer.headers.setdefault("Referrer-Policy", "same-origin")
        answer.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        answer.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        if over_tls:
            answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return _compressed(answer)


def _compressed(answer: Response) -> Response:
    if not (answer.mimetype or "").startswith(_COMPRESSED) or answer.direct_passthrough or answer.content_encoding:
        return answer
    answer.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") and answer.content_length and answer.content_length >= _LEAST_BYTES:
        answer.set_data(gzip.compress(answer.get_data(), compresslevel=6, mtime=0))
        answer.content_encoding = "gzip"
    return answer
