"""Serving an ASGI application until SIGTERM, in the order in which a balancer can send its clients elsewhere.

Unready at once; for `drain_seconds` everything is still answered, each answer asking its client to connect anew; then
no new connections; what is in flight may finish. Clients of ours let an idle connection go after four seconds, so that
with five seconds of drain nobody asks on a connection that is being closed.
"""

import asyncio
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, Protocol

import uvicorn

from chassis import tls

FINISH_SECONDS = 20  # what is in flight may take this long
_CLOSE = (b"connection", b"close")
_TICKS_A_SECOND = 10
_GOODBYE_SECONDS = 1


class Listening(Protocol):
    """Settings of a process that listens."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def tls_certificate(self) -> str: ...
    @property
    def tls_key(self) -> str: ...
    @property
    def drain_seconds(self) -> float: ...


class Server(uvicorn.Server):
    """`told` is called when the process is told to stop, `drained` when it stops to accept connections. Raises
    BadSetting for a certificate that cannot be used."""

    def __init__(
        self,
        app: Any,  # an ASGI application; uvicorn and starlette spell its type in two ways
        own: Listening,
        told: Callable[[], None],
        drained: Callable[[], None] = lambda: None,
        *,
        lifespan: bool = True,
    ) -> None:
        self._certificate = certificate = tls.certificate(own.tls_certificate, own.tls_key)
        self._drain_seconds, self._told, self._drained = own.drain_seconds, told, drained
        self._leaves_at: float | None = None
        super().__init__(
            uvicorn.Config(
                app, own.host, own.port, log_config=None, access_log=False, lifespan="on" if lifespan else "off",
                timeout_graceful_shutdown=FINISH_SECONDS, server_header=False,
                ssl_context_factory=None if certificate is None else lambda *_: certificate.context,
            )
        )  # fmt: skip
        self.config.load()  # now, so that a signal before the loop runs finds everything

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal drains, a second one does not wait for that."""
        if self._leaves_at is not None:
            self.should_exit = True
            return
        self._told()
        self._leaves_at = time.monotonic() + self._drain_seconds
        self.config.encoded_headers.append(_CLOSE)
        self.server_state.default_headers = [*self.server_state.default_headers, _CLOSE]

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: whether to stop accepting. Once a minute a renewed certificate is taken up."""
        if self._leaves_at is not None and time.monotonic() >= self._leaves_at:
            self.should_exit = True
        if self._certificate is not None and counter % (tls.REFRESH_SECONDS * _TICKS_A_SECOND) == 0:
            self._certificate.refresh()
        return await super().on_tick(counter)

    async def shutdown(self, sockets: Any = None) -> None:  # Any: as uvicorn declares it
        """Accept no more, let what is in flight finish."""
        self._drained()
        for server in self.servers:
            server.close()
        self.servers = []  # or uvicorn would wait for handshakes that nobody finishes
        hanging_up = asyncio.create_task(self._hang_up())
        await super().shutdown(sockets)
        hanging_up.cancel()

    async def _hang_up(self) -> None:
        """A client that does not read its idle TLS connection never says goodbye; it is not waited for."""
        while True:
            await asyncio.sleep(_GOODBYE_SECONDS)
            for connection in list(self.server_state.connections):
                transport: Any = connection.transport  # Any: uvicorn's protocols name several kinds
                if transport.is_closing() and not transport.get_write_buffer_size():
                    transport.abort()
