"""JSON bodies, read by one strict reader at both of connexion's stages (RFC 8259, RFC 7493).

Python's own reader fails on deep nesting and on long numbers, and lets through NaN and halves of surrogate pairs, which
no database takes: each was a fault of ours instead of a mistake of the caller's.
"""

from collections.abc import AsyncGenerator
from typing import Any

import orjson
from connexion.datastructures import MediaTypeDict
from connexion.exceptions import BadRequestProblem
from connexion.frameworks.flask import FlaskJSONProvider
from connexion.validators import VALIDATOR_MAP
from connexion.validators.json import JSONRequestBodyValidator
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis import problems


class _JsonBody(JSONRequestBodyValidator):
    async def _parse(self, stream: AsyncGenerator[bytes, None], scope: Scope) -> Any:
        sent = b"".join([part async for part in stream])
        if not sent:
            return None
        try:
            value = orjson.loads(sent)
        except orjson.JSONDecodeError as error:
            raise _bad(f"This is not JSON in UTF-8: {error.msg}.") from None
        if b"\\u0000" in sent and _holds_nul(value):
            raise _bad("A text holds the character U+0000, which cannot be kept.")
        return value


class WithoutNul:
    """An app whose paths and queries hold no U+0000: no database keeps it, and PostgreSQL takes it for a fault."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and ("\0" in scope["path"] or b"%00" in scope["query_string"]):
            body = problems.document_of_status(400, "The address holds the character U+0000.", "")
            refused = Response(problems.dump(body), 400, media_type=problems.MEDIA_TYPE)
            await refused(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class JsonProvider(FlaskJSONProvider):
    """What was checked is what the operation gets."""

    def loads(self, s: str | bytes, **_: Any) -> Any:
        return orjson.loads(s)


def validators() -> dict[str, Any]:
    """Connexion's validators with ours for JSON."""
    stock: Any = VALIDATOR_MAP["body"]  # connexion types its map as objects
    return {"body": MediaTypeDict({**stock, "*/*json": _JsonBody})}


def _bad(detail: str) -> BadRequestProblem:
    return BadRequestProblem(detail=detail)  # type: ignore[no-untyped-call]


def _holds_nul(value: Any) -> bool:  # Any: a JSON value
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str) and "\0" in each:
            return True
        if isinstance(each, dict):
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, list):
            waiting += each
    return False
