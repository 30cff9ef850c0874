"""A mail server whose answers are scripted, on a port of its own; it keeps what it took."""

import asyncio
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope

ACCEPT_THEN_SILENCE = "accept, then say nothing"
DROP = "drop the connection"
_SILENCE_SECONDS = 3.0


class FakeSmtp:
    """`script` holds answers to the next DATA commands, `refuse` answers by recipient."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.recipients: list[list[str]] = []
        self.script: deque[str] = deque()
        self.refuse: dict[str, str] = {}
        self.connections = 0
        self.delay_seconds = 0.0
        self.port = 0
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> "FakeSmtp":
        self._thread.start()
        self._ready.wait(5)
        return self

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)

    @property
    def message_ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.mails]

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Envelope, address: str, _: Any) -> str:  # noqa: N802 - the library's name
        answer = self.refuse.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        answer = self.script.popleft() if self.script else "250 OK"
        await asyncio.sleep(self.delay_seconds)
        if answer == DROP:
            server.transport.close()
            return "421 closing"
        if answer == ACCEPT_THEN_SILENCE or answer.startswith("250"):
            content = envelope.original_content or b""
            self.raw.append(content)
            self.mails.append(message_from_bytes(content, policy=default))
            self.recipients.append(list(envelope.rcpt_tos))
        if answer == ACCEPT_THEN_SILENCE:
            await asyncio.sleep(_SILENCE_SECONDS)
            return "250 OK"
        return answer

    def _made(self) -> SMTP:
        self.connections += 1
        return SMTP(self, hostname="fake", loop=self._loop)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        server = await self._loop.create_server(self._made, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


@contextmanager
def running() -> Iterator[FakeSmtp]:
    server = FakeSmtp().start()
    try:
        yield server
    finally:
        server.stop()
