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
    """What aiosmtpd asks when a mail has come; its 250 is sent after the mail is on disk."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        await asyncio.to_thread(self._keep, envelope.original_content or b"", list(envelope.rcpt_tos))
        return "250 kept"

    async def handle_exception(self, error: Exception) -> str:
        log.error("a mail was not kept", extra={"reason": type(error).__name__})
        return "451 not kept, try again"

    def _keep(self, mail: bytes, recipients: list[str]) -> None:
        runtime = self._runtime
        with runtime.transaction() as tx:
            actions.keep(tx, mail, recipients, at=runtime.clock(), sealer=runtime.sealer)


async def _serve(runtime: Runtime) -> None:
    handler = _Keeping(runtime)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, data_size_limit=_MOST_BYTES, hostname="catcher"), _HOST, runtime.settings.catcher_port
    )
    async with server:
        while not runtime.stopping.is_set():
            await asyncio.sleep(_LOOK_SECONDS)
