"""A mesh in processes of its own, started as `make run` starts it, on free ports and in an empty folder."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from mesh.layout import CATCHER_PORT, GATEWAY_PORT, KAFKA_PORT, PORTAL_PORT, PORTS, POSTGRES_PORT, ROLES, Layout
from mesh.up import not_ready

_READY_SECONDS = 200
_EPHEMERAL_FROM = 32_768  # above, a client that asks a port which nobody serves yet may be given that port, and keep it


@dataclass
class Running:
    """`layout` says where everything is; `process` is the launcher."""

    layout: Layout
    process: subprocess.Popen[str]
    ready_seconds: float

    def stop(self) -> None:
        """As Ctrl-C would."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)

    def children(self) -> dict[str, int]:
        """Process ids of the launcher's children now: blocks, gateway, portal."""
        found = {}
        for folder in Path("/proc").iterdir():
            try:
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except (OSError, ValueError, IndexError):
                continue
            if parent == self.process.pid and b"-m" in words:
                found[words[words.index(b"-m") + 2].decode()] = int(folder.name)
        return found

    def memory_mb(self) -> float:
        """Proportional set size of launcher and children together, in megabytes."""
        return sum(_pss_kb(pid) for pid in (self.process.pid, *self.children().values())) / 1024


def start(state: Path, *options: str, shift: int | None = None) -> Running:
    """Start and wait until every process says that it is ready. `options` are those of `mesh up`, such as `--seed`,
    `--database postgresql`, `--events kafka`, `--processes each`; its servers are those of POSTGRES_URL and KAFKA_URL.
    """
    layout = Layout(state, free_shift() if shift is None else shift)
    command = [sys.executable, "-m", "mesh", "up", "--state", str(state), "--shift", str(layout.shift), *options]
    started = time.monotonic()
    with (state / "launcher.log").open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, text=True)
    while time.monotonic() - started < _READY_SECONDS:
        text = (state / "launcher.log").read_text()
        if "Ctrl-C stops the mesh" in text:
            ready = float(text.split("Ready after ")[1].split()[0])
            return Running(layout, process, ready)
        if process.poll() is not None:
            break
        time.sleep(0.2)
    process.kill()
    log = (state / "mesh.log").read_text() if (state / "mesh.log").exists() else ""
    raise RuntimeError(f"the mesh did not start: {not_ready(layout)}\n{text}\n{log[-4000:]}")


def demonstrate(layout: Layout, data: Path) -> tuple[int, dict[str, object], str]:
    """Run the demonstration: its status, the figures of its last line, what it said on the way."""
    command = [sys.executable, "-m", "mesh", "demo", "--data", str(data), "--json", "--state", str(layout.state)]
    done = subprocess.run([*command, "--shift", str(layout.shift)], capture_output=True, text=True, check=False)
    lines = done.stdout.strip().splitlines()
    return done.returncode, json.loads(lines[-1]) if lines else {}, done.stderr


def free_shift() -> int:
    """A number that, added to every port of a mesh, gives free ones."""
    doors = [port + away for port in PORTS.values() for away in (0, *ROLES.values())]
    ports = (GATEWAY_PORT, PORTAL_PORT, CATCHER_PORT, POSTGRES_PORT, KAFKA_PORT, *doors)
    shifts = list(range(2000, _EPHEMERAL_FROM - max(ports), 450))
    first = os.getpid() % len(shifts)
    for shift in shifts[first:] + shifts[:first]:
        if all(_is_free(port + shift) for port in ports):
            return shift
    raise RuntimeError("there are no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _pss_kb(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0
