"""The catcher's mail server, on loopback, as a loop of the block."""

import asyncio
import logging
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope

from chassis.runtime import Runtime
from messaging.catcher import actions

log = logging.getLogger(__name__)
_SERVERS_OWN_LOG = "mail.log"  # aiosmtpd's: at INFO it writes every address, at DEBUG every line
_HOST = "127.0.0.1"
_LOOK_SECONDS = 0.2
_MOST_BYTES = 2_000_000


def catch(runtime: Runtime) -> None:
    """Take mail until the app stops."""
    logging.getLogger(_SERVERS_OWN_LOG).setLevel(logging.CRITICAL)
    asyncio.run(_serve(runtime))


class _Keeping:
    """What aiosmtpd asks when a mail has come; its 250 is sent after the mail is on disk. Mails that come while others
    are being written share the next transaction."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._waiting: list[tuple[bytes, list[str], asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((envelope.original_content or b"", list(envelope.rcpt_tos), kept))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        await kept
        return "250 kept"

    async def handle_exception(self, error: Exception) -> str:
        log.error("a mail was not kept", extra={"reason": type(error).__name__})
        return "451 not kept, try again"

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await asyncio.to_thread(self._keep, [(mail, recipients) for mail, recipients, _ in batch])
            except Exception as error:
                _tell(batch, error)
            else:
                _tell(batch, None)

    def _keep(self, mails: list[tuple[bytes, list[str]]]) -> None:
        runtime = self._runtime
        with runtime.transaction() as tx:
            for mail, recipients in mails:
                actions.keep(tx, mail, recipients, at=runtime.clock(), sealer=runtime.sealer)


async def _serve(runtime: Runtime) -> None:
    handler = _Keeping(runtime)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, data_size_limit=_MOST_BYTES, hostname="catcher"), _HOST, runtime.settings.catcher_port
    )
    async with server:
        while not runtime.stopping.is_set():
            await asyncio.sleep(_LOOK_SECONDS)


def _tell(batch: list[tuple[bytes, list[str], asyncio.Future[None]]], error: Exception | None) -> None:
    """To those whose client is still there."""
    for _, _, kept in batch:
        if kept.cancelled():
            continue
        if error is None:
            kept.set_result(None)
        else:
            kept.set_exception(error)
