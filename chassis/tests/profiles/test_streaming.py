"""An answer longer than memory is made while it is sent, as fast as its client reads, on both profiles."""

import asyncio
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import shape_block

from chassis import bridge, framework
from chassis.app import App
from chassis.context import HEADER
from chassis.settings import ServiceSettings
from chassis.testing.client import Speaker

Read = Callable[[bytes], Any]
LENGTH = 10  # bytes a row


@pytest.fixture(params=[framework.FAST, framework.STOCK])
def app(settings: ServiceSettings, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[App]:
    shape_block.promise(monkeypatch)
    shape_block.STREAMED.clear()
    own = ServiceSettings(
        port=0, database_url=settings.database_url, context_keys=settings.context_keys, http_profile=request.param
    )
    app = shape_block.build(own)
    yield app
    app.close()


def asked(app: App, speaker: Speaker, rows: int, read: Read, gone: asyncio.Event | None = None) -> list[Any]:
    """The messages that a client gets who awaits `read` at each part; `gone` tells that she hung up."""
    context = speaker.context("shapes", {"scopes": ["shapes.read"]})
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "path": "/v1/stream", "scheme": "http",
        "query_string": f"rows={rows}".encode(), "headers": [(HEADER.lower().encode(), context.encode())],
        "server": ("localhost", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip
    waiting = [{"type": "http.request", "body": b"", "more_body": False}]
    sent: list[Any] = []

    async def receive() -> Any:
        if waiting:
            return waiting.pop()
        await (gone or asyncio.Event()).wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message | {"body": len(message.get("body", b""))})
        if message.get("body"):
            await read(message["body"])

    asyncio.run(app(scope, receive, send))
    return sent


async def at_once(_: bytes) -> None:
    pass


def test_parts_come_to_the_whole_and_then_end(app: App, speaker: Speaker) -> None:
    start, *parts = asked(app, speaker, 50_000, at_once)

    assert start["status"] == 200
    assert sum(part["body"] for part in parts) == 50_000 * LENGTH
    assert len(parts) > 5
    assert [part.get("more_body", False) for part in parts] == [True] * (len(parts) - 1) + [False]
    assert shape_block.STREAMED == ["closed after /v1/stream"]


def test_memory_does_not_grow_with_the_answer(app: App, speaker: Speaker) -> None:
    def most(rows: int) -> int:
        tracemalloc.start()
        asked(app, speaker, rows, at_once)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    most(20_000)

    assert most(99_999) < most(20_000) * 1.5


def test_rows_are_made_no_faster_than_they_are_read(app: App, speaker: Speaker) -> None:
    made_ahead: list[int] = []

    async def slowly(part: bytes) -> None:
        made_ahead.append(len(shape_block.STREAMED))
        await asyncio.sleep(0)

    asked(app, speaker, 50_000, slowly)

    assert made_ahead[:-1] == [0] * (len(made_ahead) - 1)
    assert shape_block.STREAMED == ["closed after /v1/stream"]


def test_a_client_that_hangs_up_ends_the_work(app: App, speaker: Speaker) -> None:
    gone = asyncio.Event()

    async def hang_up(_: bytes) -> None:
        gone.set()
        await asyncio.sleep(0)

    sent = asked(app, speaker, 99_999, hang_up, gone)

    assert len(sent) <= 3
    assert shape_block.STREAMED == ["closed after /v1/stream"]


def test_a_client_that_takes_nothing_is_given_up(app: App, speaker: Speaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "_PATIENCE_SECONDS", 0.01)

    async def never(_: bytes) -> None:
        await asyncio.Event().wait()

    sent = asked(app, speaker, 50_000, never)

    assert len(sent) == 2
    assert shape_block.STREAMED == ["closed after /v1/stream"]


def test_a_fault_on_the_way_breaks_the_answer_off(app: App, speaker: Speaker, caplog: pytest.LogCaptureFixture) -> None:
    sent: list[Any] = []

    async def read(part: bytes) -> None:
        sent.append(part)

    messages = asked(app, speaker, 100_001, read)

    assert 0 < len(b"".join(sent)) < 100_001 * LENGTH
    assert all(message["more_body"] for message in messages[1:])
    assert "an answer broke off" in caplog.text
    assert shape_block.STREAMED == ["closed after /v1/stream"]


def test_a_connection_of_the_database_is_given_back(app: App, speaker: Speaker) -> None:
    for _ in range(3):
        asked(app, speaker, 50_000, at_once)

    assert app.runtime.database.connections().used == 0
