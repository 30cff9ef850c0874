"""From the server's event loop into Flask and back, in one hop.

connexion's own bridge crosses between threads four times a request (body, start, chunk, end), which is the largest part
of what it costs. This one reads the body, runs the application in a worker thread, and sends the answer at once. Bodies
are held in memory both ways; an operation that streams needs another road.
"""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextvars import copy_context
from functools import partial
from io import BytesIO
from typing import Any

from a2wsgi.wsgi import build_environ
from starlette.types import Message, Receive, Scope, Send

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Bridge:
    """An ASGI application over a WSGI one."""

    def __init__(self, wsgi: Wsgi, threads: Executor) -> None:
        self._wsgi, self._threads = wsgi, threads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        body = await _drained(receive)
        environ = build_environ(scope, BytesIO(body))  # type: ignore[arg-type] # a file is a body
        environ["CONTENT_LENGTH"] = str(len(body))
        answer = partial(copy_context().run, self._answer, environ)
        start, content = await asyncio.get_running_loop().run_in_executor(self._threads, answer)
        await send(start)
        await send({"type": "http.response.body", "body": content})

    def _answer(self, environ: Any) -> tuple[Message, bytes]:
        start: Message = {"type": "http.response.start"}

        def start_response(status: str, headers: list[tuple[str, str]], _: object = None) -> None:
            start["status"] = int(status[:3])
            start["headers"] = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]

        chunks = self._wsgi(environ, start_response)
        try:
            return start, b"".join(chunks)
        finally:
            if close := getattr(chunks, "close", None):
                close()


async def _live(receive: Receive, send: Send) -> None:
    """Flask has nothing to start or to stop."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _drained(receive: Receive) -> bytes:
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)
