"""Several processes of one block behind a balancer, and their replacement one by one."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TextIO

from balancer import Balancer

from mesh.layout import Layout

_READY_SECONDS = 90


@dataclass
class Replicas:
    """The processes of `name` behind the address at which the others know it. `told` adds to their environment."""

    layout: Layout
    name: str
    balancer: Balancer
    told: dict[str, str]
    output: TextIO
    running: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)  # of those that were replaced

    def launch(self) -> int:
        """One process more; its port."""
        port = _free_port()
        environment = os.environ | self.layout.environment(self.name) | self.told | {"PORT": str(port)}
        command = [sys.executable, "-W", "ignore", "-m", "mesh.serving", self.name]
        self.running[port] = subprocess.Popen(command, env=environment, stdout=self.output, stderr=subprocess.STDOUT)
        self.balancer.add(port)
        return port

    def wait_for(self, *ports: int) -> None:
        """Until the balancer leads connections there."""
        deadline = time.monotonic() + _READY_SECONDS
        while not set(ports) <= set(self.balancer.ready):
            assert time.monotonic() < deadline, f"{self.name} does not become ready"
            time.sleep(0.1)

    def roll(self) -> None:
        """Replace every process: a new one first, and when it is ready the old one is told to end."""
        for old in list(self.running):
            self.wait_for(self.launch())
            self.statuses.append(self._end(old))

    def stop(self) -> None:
        """Kill what runs."""
        for process in self.running.values():
            process.kill()
            process.wait()

    def _end(self, port: int) -> int:
        process = self.running.pop(port)
        process.send_signal(signal.SIGTERM)
        status = process.wait(40)
        self.balancer.remove(port)
        return status


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
