"""CPU milliseconds a request, over every process that it touches, from the kernel's own accounts."""

import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_AT_ONCE = 8


@dataclass(frozen=True)
class Measured:
    """What a run cost: CPU milliseconds a request by process, wall milliseconds at the median and the 99th percent."""

    name: str
    requests: int
    cpu_ms: dict[str, float]
    p50_ms: float
    p99_ms: float
    per_second: float

    @property
    def total_ms(self) -> float:
        return sum(self.cpu_ms.values())

    def row(self) -> str:
        """A line of the table."""
        parts = ", ".join(f"{name} {ms:.2f}" for name, ms in self.cpu_ms.items() if ms >= 0.05)
        wall = f"{self.p50_ms:.1f} | {self.p99_ms:.1f} | {self.per_second:.0f}"
        return f"| {self.name} | {self.requests} | **{self.total_ms:.2f}** | {parts} | {wall} |"


async def measure(name: str, pids: dict[str, int], stories: Iterable[Callable[[], Awaitable[None]]]) -> Measured:
    """Run the stories, eight at a time, and account for them."""
    waiting = iter(stories)
    walls: list[float] = []

    async def worker() -> None:
        for story in waiting:
            began = time.perf_counter()
            await story()
            walls.append((time.perf_counter() - began) * 1000)

    before, started = {each: cpu_seconds(pid) for each, pid in pids.items()}, time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(_AT_ONCE):
            group.create_task(worker())
    seconds = time.perf_counter() - started
    used = {each: (cpu_seconds(pid) - before[each]) * 1000 / len(walls) for each, pid in pids.items()}
    walls.sort()
    last = len(walls) - 1
    return Measured(name, len(walls), used, walls[last // 2], walls[int(last * 0.99)], len(walls) / seconds)


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its threads so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def machine() -> str:
    """How fast this machine is now, so that figures of two days can be compared: a loop of Python, a write to disk."""
    started = time.perf_counter()
    total = 0
    for number in range(10_000_000):
        total += number
    loop = time.perf_counter() - started
    waits = []
    with tempfile.TemporaryFile() as file:
        for _ in range(100):
            file.write(b"x" * 4096)
            began = time.perf_counter()
            os.fsync(file)
            waits.append((time.perf_counter() - began) * 1000)
    waits.sort()
    return f"machine: ten million additions {loop:.2f} s; fsync p50 {waits[50]:.2f} ms, p90 {waits[90]:.2f} ms"
