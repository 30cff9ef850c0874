"""What `api.py` files use: the answers, the transaction, who calls, what time it is."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from flask import Response, current_app, g, request, stream_with_context
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from chassis.caller import ANONYMOUS, Caller
from chassis.database import Transaction
from chassis.errors import Conflict
from chassis.runtime import Runtime
from chassis.tables import remembered

VISITOR_KEY = "Visitor-Key"
_JSON = "application/json"
_VISITOR = "visitor"


class IdempotencyKeyReused(Conflict):
    """The key came before with another body, or its first request is still at work."""


class Replayed(Exception):
    """This request was answered before; here is the answer."""

    def __init__(self, status: int, body: str) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


def runtime() -> Runtime:
    """The app that answers this request."""
    found: Runtime = current_app.extensions["baraza"]
    return found


@contextmanager
def transaction() -> Iterator[Transaction]:
    """Write. With an Idempotency-Key that was answered before, nothing runs and that answer is given again."""
    own = runtime()
    try:
        with own.transaction() as tx:
            _replay(tx)
            yield tx
    except IntegrityError as error:
        if "remembered_answer" in str(error.orig):  # two requests with one key met; the first has won
            raise IdempotencyKeyReused("A request with this key is being answered; ask again.") from error
        raise
    g.committed = True
    own.failpoints.hit("request.after_commit")


@contextmanager
def reading() -> Iterator[Transaction]:
    """Read."""
    with runtime().reading() as tx:
        yield tx


def caller() -> Caller:
    """Who calls. A visitor's key is taken from applications alone: who is signed in is a person already."""
    found: Caller = g.get("caller", ANONYMOUS)
    key = request.headers.get(VISITOR_KEY)
    if not key or found.subject is not None or not found.application:
        return found
    return replace(found, visitor=runtime().sealer.digest(key, _VISITOR))


def now() -> datetime:
    """The app's time."""
    return runtime().clock()


def ok(body: Any) -> Response:
    """200."""
    return Response(orjson.dumps(body, default=_json), 200, mimetype=_JSON)


def created(body: Any) -> Response:
    """201."""
    return Response(orjson.dumps(body, default=_json), 201, mimetype=_JSON)


def no_content() -> Response:
    """204."""
    return empty(204)


def empty(status: int) -> Response:
    """An answer without a body, and so without a content type, where a standard asks for one of another status."""
    response = Response(status=status)
    del response.headers["Content-Type"]
    return response


def streamed(parts: Generator[bytes], mimetype: str) -> Response:
    """200, made while it is sent, for answers longer than memory. `parts` opens its own `reading()`, which stays open
    until the client has all. What is refused before the first part is a problem document; after it, the connection
    breaks, so that half an answer is never taken for a whole one. Since 0.2."""
    first = next(parts, b"")
    response = Response(stream_with_context(_continued(first, parts)), 200, mimetype=mimetype)
    response.call_on_close(parts.close)
    return response


def _continued(first: bytes, parts: Generator[bytes]) -> Iterator[bytes]:
    yield first
    yield from parts


def answered(tx: Transaction, response: Response) -> Response:
    """Remember this answer under the request's Idempotency-Key, in the transaction of its effect; without a key, just
    the answer. Every operation whose contract takes a key returns through here."""
    g.answered = True
    if (key := _key()) is not None:
        row = {
            "key": key,
            "request": sha256(request.get_data()).hexdigest(),
            "status": response.status_code,
            "body": response.get_data(as_text=True),
            "at": now(),
        }
        tx.execute(insert(remembered), row)
    return response


def _replay(tx: Transaction) -> None:
    if (key := _key()) is None:
        return
    row = tx.execute(select(remembered).where(remembered.c.key == key)).mappings().first()
    if row is None:
        return
    if row["request"] != sha256(request.get_data()).hexdigest():
        raise IdempotencyKeyReused("This key was used with another body.")
    raise Replayed(row["status"], row["body"])


def _key() -> str | None:
    given = request.headers.get("Idempotency-Key")
    if not given:
        return None
    by = caller()
    return sha256("\0".join((by.application, by.subject or by.visitor or "", request.path, given)).encode()).hexdigest()


def _json(value: Any) -> str:
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value)} has no form on the wire")
