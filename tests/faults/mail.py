"""A mail server of the test's own: what it says yes to is in a file, a line a mail, also the second copy."""

import json
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from chassis.local.server import free_port


class Mails:
    """Takes mail on loopback until it is stopped; `away` makes it say that it cannot now."""

    def __init__(self, file: Path) -> None:
        self.file, self.away = file, False
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())

    @property
    def port(self) -> int:
        return int(self._controller.port)

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.away:
            return "451 not now"
        message_id = BytesHeaderParser().parsebytes(envelope.original_content or b"")["Message-ID"]
        with self.file.open("a") as file:
            file.write(json.dumps({"at": datetime.now(UTC).isoformat(), "message_id": str(message_id)}) + "\n")
        return "250 taken"
