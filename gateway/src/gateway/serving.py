"""Serving until SIGTERM: unready at once, a while in which clients are asked to connect anew, no new connections, then
finish what is in flight and flush the log."""

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import suppress

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from chassis import garbage, tls
from gateway.app import FAILS_AT, HEALTH, create_app
from gateway.settings import GatewaySettings

_FINISH_SECONDS = 20.0  # what is in flight may take this long
_FIRST_REQUEST_SECONDS = 15.0  # a connection that has not asked anything by then holds a place for nothing
_KEEP_ALIVE_SECONDS = 75.0
_BACKLOG = 512

log = logging.getLogger(__name__)


async def serve(settings: GatewaySettings) -> None:
    """Serve until SIGTERM or SIGINT. Raises BadSetting."""
    certificate = tls.certificate(settings.tls_certificate, settings.tls_key)
    app = create_app(settings)
    runner = web.AppRunner(
        app,
        access_log=None,
        auto_decompress=False,  # a body goes on, and into the log, as it came
        keepalive_timeout=_KEEP_ALIVE_SECONDS,
        shutdown_timeout=_FINISH_SECONDS,
    )
    await runner.setup()
    assert runner.server is not None  # noqa: S101 - setup has made it
    garbage.collect_seldom()
    loop = asyncio.get_running_loop()
    accept = _capped(runner.server, settings.max_connections)
    listening = await loop.create_server(
        accept, settings.host, settings.port, backlog=_BACKLOG,
        ssl=certificate.context if certificate else None,
        ssl_handshake_timeout=_FIRST_REQUEST_SECONDS if certificate else None,
    )  # fmt: skip
    renewing = asyncio.create_task(_renew(certificate))
    log.info("serving", extra={"port": settings.port})
    await _told_to_stop()
    app[HEALTH].stopping = True
    await asyncio.sleep(settings.drain_seconds)
    renewing.cancel()
    listening.close()
    app[FAILS_AT].hit("shutdown.mid_drain")
    await runner.cleanup()
    log.info("stopped")


async def _told_to_stop() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    await stop.wait()


async def _renew(certificate: tls.Certificate | None) -> None:
    with suppress(asyncio.CancelledError):
        while certificate is not None:
            await asyncio.sleep(tls.REFRESH_SECONDS)
            certificate.refresh()


def _capped(server: web.Server, most: int) -> Callable[[], asyncio.Protocol]:
    """Connections up to a number, and none that stays silent."""
    loop = asyncio.get_running_loop()

    def accept() -> asyncio.Protocol:
        if len(server.connections) >= most:
            return _Turned()
        handler = server()
        loop.call_later(_FIRST_REQUEST_SECONDS, _close_if_silent, handler)
        return handler

    return accept


def _close_if_silent(handler: RequestHandler) -> None:
    if handler._request_count == 0 and handler.transport is not None:  # aiohttp times only what follows a request
        handler.force_close()


class _Turned(asyncio.Protocol):
    """A connection more than there may be: hung up at once."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()
