"""A server program as a child of this process: started, waited for, stopped, killed, started again."""

import contextlib
import ctypes
import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1  # Linux: the kernel sends this signal to a child whose parent has died
_READY_SECONDS = 120


class NotStarted(RuntimeError):
    """The program ended, or said nothing in time; the message carries the end of its log."""


class Server:
    """One program. `ready` raises while it does not answer; `account` is the user it runs as, ours when empty."""

    def __init__(
        self,
        command: Sequence[str],
        log: Path,
        ready: Callable[[], object],
        *,
        account: str = "",
        environment: Mapping[str, str] | None = None,
        ends_by: signal.Signals = signal.SIGTERM,
    ) -> None:
        self._command, self._log, self._ready = list(command), log, ready
        self._account, self._environment, self._ends_by = account or None, environment or {}, ends_by
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Of the running program. Raises NotStarted."""
        if self._process is None:
            raise NotStarted("it does not run")
        return self._process.pid

    def start(self) -> None:
        """Return when it answers. Raises NotStarted."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start it and return at once; `wait` tells when it answers."""
        by_main = threading.current_thread() is threading.main_thread()  # the kernel's "parent" is the thread
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - a program of this machine, arguments of our own
                self._command,
                env={**os.environ, **self._environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self._account,
                group=self._account,
                extra_groups=[] if self._account else None,
                start_new_session=True,
                preexec_fn=self._die_with_parent if by_main else None,  # noqa: PLW1509 - takes no lock
            )

    def stop(self) -> None:
        """End it in order; not running is no error."""
        self.end(self._ends_by)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.end(signal.SIGKILL)

    def end(self, by: signal.Signals, patience_seconds: float = 60) -> None:
        """Send the signal and wait for the end."""
        if self._process is not None:
            self._process.send_signal(by)
            try:
                self._process.wait(patience_seconds)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def wait(self) -> None:
        """Return when it answers. Raises NotStarted."""
        assert self._process is not None  # noqa: S101 - it was launched
        deadline = time.monotonic() + _READY_SECONDS
        while True:
            try:
                self._ready()
                return
            except Exception as error:  # whatever the driver says, it is not ready
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self.kill()
                    tail = self._log.read_text("utf-8", "replace")[-2000:]
                    raise NotStarted(f"{self._command[0]} did not start: {tail}") from error
            time.sleep(0.05)

    def _die_with_parent(self) -> None:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, self._ends_by)


def free_port() -> int:
    """A port of the loopback that nobody has now; below those that the kernel gives to clients, so that a server that
    starts again finds its own free."""
    while True:
        port = random.randrange(10_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
