"""From the server's event loop into Flask and back, in one hop.

connexion's own bridge crosses between threads four times a request (body, start, chunk, end), which is the largest part
of what it costs. This one reads the body, runs the application in a worker thread, and sends the answer at once. An
answer that is made while it is sent (`web.streamed`) costs a hop a part of 64 KB: the thread is free while the client
reads, and no more than a part is in memory.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any, TypeVar

from a2wsgi.wsgi import build_environ
from starlette.types import Message, Receive, Scope, Send

from chassis.threads import Threads

log = logging.getLogger(__name__)
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
T = TypeVar("T")
_PART_BYTES = 64 * 1024
_PATIENCE_SECONDS = 30.0  # a client that takes nothing for so long is given up: it holds a transaction open


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's start and its body; `rest` is what of it is still to be made."""

    start: Message
    body: bytes
    rest: Iterator[bytes] | None = None
    close: Callable[[], object] = lambda: None


class Bridge:
    """An ASGI application over a WSGI one."""

    def __init__(self, wsgi: Wsgi, threads: Threads) -> None:
        self._wsgi, self._threads = wsgi, threads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        environ = environ_of(scope, await drained(receive))
        hop = Hop(self._threads)
        await deliver(await hop(self._answer, environ), hop, receive, send)

    def _answer(self, environ: Any) -> Answer:
        told: list[Any] = []  # Any: what WSGI hands to start_response
        chunks = self._wsgi(environ, lambda status, headers, _=None: told.extend((status, headers)))
        return answered(int(told[0][:3]), told[1], chunks)


class Hop:
    """Runs calls of one request in worker threads, one after the other, in a copy of the request's context."""

    def __init__(self, threads: Threads) -> None:
        self._threads, self._context = threads, copy_context()

    async def __call__(self, call: Callable[..., T], *arguments: Any) -> T:
        return await self._threads.run(partial(self._context.run, call, *arguments))


def environ_of(scope: Scope, body: bytes) -> dict[str, Any]:
    """WSGI's words for the request."""
    environ: dict[str, Any] = build_environ(scope, BytesIO(body))  # type: ignore[arg-type, assignment] # a file is a body
    environ["CONTENT_LENGTH"] = str(len(body))
    return environ


def answered(status: int, headers: Iterable[tuple[str, str]], chunks: Iterable[bytes]) -> Answer:
    """A whole answer, or the first part of one whose length nobody knows yet."""
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    start: Message = {"type": "http.response.start", "status": status, "headers": raw}
    close = getattr(chunks, "close", lambda: None)
    try:
        if any(name == b"content-length" for name, _ in raw):
            whole = Answer(start, b"".join(chunks))
        else:
            rest = iter(chunks)
            first = _part(rest)
            if len(first) >= _PART_BYTES:
                return Answer(start, first, rest, close)
            whole = Answer(start, first)
    except BaseException:
        close()
        raise
    close()
    return whole


async def deliver(answer: Answer, hop: Hop, receive: Receive, send: Send) -> None:
    """Send it. What is still to be made is made as fast as the client takes it, and no further than it stays. What is
    not finished, for a fault on the way or a client that reads no more, the server cuts off."""
    await send(answer.start)
    if answer.rest is None:
        await send({"type": "http.response.body", "body": answer.body})
        return
    gone = asyncio.ensure_future(_gone(receive))
    try:
        part = answer.body
        while part and not gone.done():
            if not await _taken(send, part):
                log.info("a client took nothing for too long")
                return
            part = await hop(_part, answer.rest)
        if not part:
            await send({"type": "http.response.body", "body": b""})
    except Exception as error:
        log.error("an answer broke off", exc_info=error)
    finally:
        gone.cancel()
        await hop(answer.close)


async def drained(receive: Receive) -> bytes:
    """The whole body."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return parts[0] if len(parts) == 1 else b"".join(parts)


def _part(rest: Iterator[bytes]) -> bytes:
    """The next part, of about 64 KB; empty at the end."""
    parts, size = [], 0
    with suppress(StopIteration):
        while size < _PART_BYTES:
            parts.append(next(rest))
            size += len(parts[-1])
    return b"".join(parts)


async def _taken(send: Send, part: bytes) -> bool:
    try:
        await asyncio.wait_for(send({"type": "http.response.body", "body": part, "more_body": True}), _PATIENCE_SECONDS)
    except TimeoutError:
        return False
    return True


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _live(receive: Receive, send: Send) -> None:
    """Flask has nothing to start or to stop."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
