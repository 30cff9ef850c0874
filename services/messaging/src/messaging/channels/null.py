"""Nowhere: every mail counts as delivered. For load tests and for blocks that tests start."""

import threading
from uuid import UUID

from messaging.channels.model import DELIVERED, Mail, Outcome


class NullChannel:
    """Remembers the ids of what it was given, in order."""

    name = "null"

    def __init__(self) -> None:
        self.sent: list[UUID] = []
        self._lock = threading.Lock()

    def send(self, mail: Mail) -> Outcome:
        with self._lock:
            self.sent.append(mail.id)
        return DELIVERED

    def close(self) -> None:
        """Nothing is held."""
