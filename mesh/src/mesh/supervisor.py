"""Starts processes, starts a dead one again, and takes them along when it ends. Standard library only."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TextIO

_PR_SET_PDEATHSIG = 1  # Linux: the kernel sends this signal to a child whose parent has died
_LOOK_SECONDS = 0.2
_DRAIN_SECONDS = 40  # what is in flight may take 20 seconds, what the workers hold another 10
_QUICK_DEATH_SECONDS = 2.0
_LONGEST_PAUSE_SECONDS = 1.5


@dataclass
class Child:
    """A process that is to run: its command, its environment, where its output goes."""

    name: str
    command: Sequence[str]
    environment: Callable[[], Mapping[str, str]]  # asked at every start
    output: TextIO
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    quick_deaths: int = 0
    not_before: float = field(default=0.0)

    def start(self) -> None:
        """Start it; it dies with this process, however this process dies."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env={**os.environ, **self.environment()},
            stdout=self.output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches the launcher alone, which then stops all in order
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - the launcher has one thread
        )

    def look(self) -> bool:
        """Start it again if it is dead, at once, or a little later when it keeps dying; whether it was dead."""
        now = time.monotonic()
        if self.process is None or self.process.poll() is None or now < self.not_before:
            return False
        self.quick_deaths = self.quick_deaths + 1 if now - self.started_at < _QUICK_DEATH_SECONDS else 0
        if self.quick_deaths > 1 and self.not_before < self.started_at + _LONGEST_PAUSE_SECONDS:
            self.not_before = now + _LONGEST_PAUSE_SECONDS
            return False
        print(f"{self.name} ended ({self.process.returncode}) and starts again", file=sys.stderr)
        self.start()
        return True


class Supervisor:
    """Keeps children running until it is told to stop."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = children
        self._stopping = False

    def start(self) -> None:
        """Start all; SIGTERM and Ctrl-C stop them."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._stop)
        for child in self.children:
            child.start()

    def run(self) -> None:
        """Watch until stopped, then let each child finish what it holds."""
        while not self._stopping:
            for child in self.children:
                child.look()
            time.sleep(_LOOK_SECONDS)
        self.stop()

    def stop(self) -> None:
        """SIGTERM to all; whoever is not gone in time is killed."""
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + _DRAIN_SECONDS
        for process in running:
            try:
                process.wait(max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    @property
    def stopping(self) -> bool:
        """Whether someone asked for the end."""
        return self._stopping

    def _stop(self, *_: object) -> None:
        self._stopping = True


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
