"""Another process of the same machine, which a test can end as a power cut would."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def running(program: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A Python program in a process of its own; killed with the block."""
    process = start(program, *arguments)
    try:
        yield process
    finally:
        kill(process)


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a Python program; its answers are lines on standard output."""
    return subprocess.Popen([sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True)


def line(process: subprocess.Popen[str]) -> str:
    """The next line that the program says; it waits for one."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def kill(process: subprocess.Popen[str]) -> None:
    """End it with SIGKILL, unless it has ended."""
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def finished(*processes: subprocess.Popen[str]) -> list[int]:
    """Wait for all; their exit statuses."""
    statuses = [process.wait(60) for process in processes]
    for process in processes:
        assert process.stdout is not None
        process.stdout.close()
    return statuses
