"""The door of the pages' style sheet."""

from pathlib import Path

from flask import Response

_SHEET = (Path(__file__).parent / "static" / "identity.css").read_bytes()


def get_style_sheet() -> Response:
    response = Response(_SHEET, mimetype="text/css")
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
