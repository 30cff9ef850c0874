"""Processes as they were read a moment ago, so that the pages of one process do not ask for it again and again.

Only what everyone may see is kept, and whatever this portal changes empties it. Whether a phase is open is never kept:
it follows from the phase's instants and the clock.
"""

import threading
import time
from collections.abc import Callable

from portal.peers.engagement.processes import Process

_PUBLIC = frozenset({"scheduled", "open", "closed", "analysing", "decided", "monitored", "archived", "cancelled"})
_MOST = 200


class Recent:
    """By id and by slug, for `seconds`; zero keeps nothing."""

    def __init__(self, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._now = seconds, now
        self._kept: dict[str, tuple[float, Process]] = {}
        self._lock = threading.Lock()

    def find(self, name: str) -> Process | None:
        with self._lock:
            until, process = self._kept.get(name, (0.0, None))
        return process if self._now() < until else None

    def keep(self, process: Process) -> Process:
        """Gives back what it was given."""
        if self._seconds and process.state in _PUBLIC:
            with self._lock:
                if len(self._kept) >= _MOST:
                    self._kept.clear()
                self._kept[process.id] = self._kept[process.slug] = (self._now() + self._seconds, process)
        return process

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
