"""The bridge carries a request into Flask and its answer back, whole, in one hop."""

import asyncio
from contextvars import ContextVar
from typing import Any

from flask import Flask, request

from chassis.bridge import Bridge
from chassis.threads import Threads

SAID: ContextVar[str] = ContextVar("said", default="nothing")


def answer(
    parts: list[bytes], headers: list[tuple[bytes, bytes]] | None = None
) -> tuple[int, dict[bytes, bytes], bytes]:
    """What a Flask application answers to a POST that comes in these parts."""
    flask = Flask(__name__)
    flask.add_url_rule("/echo", "echo", _echo, methods=["POST"])
    sent: list[Any] = []
    waiting = [
        {"type": "http.request", "body": part, "more_body": number < len(parts) - 1}
        for number, part in enumerate(parts)
    ]
    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "path": "/echo", "query_string": b"", "scheme": "http",
        "headers": headers or [], "server": ("localhost", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    async def run() -> None:
        SAID.set("by the caller")
        threads = Threads(1, "test")
        await Bridge(flask.wsgi_app, threads)(scope, receive, send)
        threads.shutdown()

    asyncio.run(run())
    start, body = sent
    return start["status"], dict(start["headers"]), body["body"]


def _echo() -> tuple[bytes, int, dict[str, str]]:
    return request.get_data() + f" [{SAID.get()}]".encode(), 201, {"X-Length": str(request.content_length)}


def test_a_body_in_parts_arrives_whole_and_with_its_length() -> None:
    status, headers, body = answer([b"one ", b"two"])

    assert (status, body) == (201, b"one two [by the caller]")
    assert headers[b"x-length"] == b"7"


def test_a_wrong_length_of_the_client_is_not_believed() -> None:
    _, headers, body = answer([b"short"], [(b"content-length", b"999")])

    assert body.startswith(b"short ")
    assert headers[b"x-length"] == b"5"


def test_start_and_end_of_the_server_are_answered() -> None:
    sent = []
    waiting = ["lifespan.startup", "lifespan.shutdown"]

    async def receive() -> Any:
        return {"type": waiting.pop(0)}

    async def send(message: Any) -> None:
        sent.append(message["type"])

    asyncio.run(Bridge(Flask(__name__).wsgi_app, Threads(1, "test"))({"type": "lifespan"}, receive, send))

    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
