"""What every request passes before it meets a framework."""

import re

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis import problems

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_JSON = b"application/json"
_NOTHING = (b"content-type", b"")


class Doorway:
    """An app that meets only requests in plain form. A path holds no control character (no database keeps U+0000, and
    a line break at the end is no end to a regular expression), a query is ASCII (RFC 3986) and means no U+0000, and a
    media type is in lower case, as it is without regard to case (RFC 9110, 8.3.1)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if fault := _fault(scope):
                body = problems.document_of_status(400, fault, "")
                refused = Response(problems.dump(body), 400, media_type=problems.MEDIA_TYPE)
                await refused(scope, receive, send)
                return
            if any(name == b"content-type" and value != _JSON for name, value in scope["headers"]):
                plain = [_plain(name, value) for name, value in scope["headers"]]
                scope["headers"] = [each for each in plain if each != _NOTHING]
        await self._app(scope, receive, send)


def _fault(scope: Scope) -> str:
    if _CONTROL.search(scope["path"]):
        return "The address holds a control character."
    query = scope["query_string"]
    if not query:
        return ""
    if b"%00" in query:
        return "The address holds the character U+0000."
    return "" if query.isascii() else "The address holds a character that is not ASCII."


def _plain(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    if name != b"content-type":
        return name, value
    kind, semicolon, parameters = value.partition(b";")
    return name, kind.strip().lower() + semicolon + parameters
