"""`kill -9` a process of the embedded mesh, as `make run` starts it: it serves again."""

import os
import signal
import time
from pathlib import Path

import pytest
from running import start

from mesh.up import not_ready


@pytest.mark.timeout(120)
def test_a_killed_process_serves_again(tmp_path: Path) -> None:
    mesh = start(tmp_path)
    recovery = {}

    for name, pid in mesh.children().items():
        os.kill(pid, signal.SIGKILL)
        killed = time.monotonic()
        while mesh.children().get(name) in (None, pid) or not_ready(mesh.layout):
            assert time.monotonic() - killed < 30, name
            time.sleep(0.1)
        recovery[name] = time.monotonic() - killed
    mesh.stop()

    print("recovery seconds:", {name: round(seconds, 1) for name, seconds in recovery.items()})
    assert set(recovery) == {"blocks", "gateway", "portal"}
