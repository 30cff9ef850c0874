"""Every registered failpoint, killed at: a process dies there, starts again with the next one armed, and so on."""

import os
import re
import signal
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module

from chassis.failpoints import POINTS
from mesh.layout import BLOCKS
from mesh.status import health
from tests.faults.world import World

_KILLED = re.compile(r"^(\S+) ended \(-9\)", re.M)
_TERMINATED_AT = "shutdown.mid_drain"  # reached by whoever is told to stop
_LOOK_SECONDS = 0.05
# Each point stands at a process that comes by it in every play, in the order in which it does.
PLAN: dict[str, tuple[str, ...]] = {
    "gateway": ("gateway.after_request_record", "gateway.after_forward", "gateway.before_reply"),
    "identity": ("ticks.before_run",),
    "consent": ("request.after_commit",),
    "registry": (_TERMINATED_AT,),
    "scheduler": ("firing.before_commit", "relay.after_produce", "firing.after_commit"),
    "workflow": ("consumer.before_transaction",),
    "engagement": ("request.before_commit", "relay.after_read", "jobs.after_run"),
    "messaging": ("consumer.after_transaction", "messaging.after_accept"),
}


def registered() -> set[str]:
    """All failpoints that the product declares."""
    own = {name for block in BLOCKS for name in import_module(f"{block}.app").SERVICE.failpoints}
    return set(POINTS) | own | set(import_module("gateway.mediation.actions").FAILPOINTS)


def often_reached() -> dict[str, tuple[str, ...]]:
    """The plan without what happens once in the life of a process."""
    left = {process: tuple(point for point in points if point != _TERMINATED_AT) for process, points in PLAN.items()}
    return {process: points for process, points in left.items() if points}


class Chain:
    """One process and the failpoints that it is to die at, one after the other."""

    def __init__(self, world: World, process: str, points: Sequence[str], hit: int) -> None:
        self._world, self.process, self._hit = world, process, hit
        self._left = list(points)
        self._deaths = 0
        self._at = ""
        self._died_at: dict[str, float] = {}
        self._told = False
        self.recovery: dict[str, float] = {}  # seconds from a death to the next readiness, by point

    def arm(self) -> None:
        """What the next start of the process finds: the first point that is left."""
        point = self._left[0] if self._left else ""
        self._world.set(self.process, FAILPOINTS=f"{point}:hit={self._hit}:kill" if point else "")

    def begin(self, deaths: int) -> None:
        """The process runs with the first point; the second is what it will find when it has died."""
        self._deaths, self._at = deaths, self._left.pop(0)
        self.arm()

    @property
    def done(self) -> bool:
        """Whether it has died at all of them."""
        return not self._at

    @property
    def recovered(self) -> bool:
        """Whether it was ready after each death."""
        return self._died_at.keys() == self.recovery.keys()

    def look(self, deaths: int, ready: bool) -> None:
        """Note a death and a recovery; tell a process to stop that is to die while it does."""
        if self._at and deaths > self._deaths:
            self._deaths, self._died_at[self._at], self._told = deaths, time.monotonic(), False
            self._at = self._left.pop(0) if self._left else ""
            self.arm()
        elif ready:
            for point in self._died_at.keys() - self.recovery.keys():
                self.recovery[point] = time.monotonic() - self._died_at[point]
        if self._at == _TERMINATED_AT and ready and not self._told:
            self._told = True
            os.kill(self._world.pid(self.process), signal.SIGTERM)


@contextmanager
def armed(world: World, plan: Mapping[str, Sequence[str]], hit: int) -> Iterator[list[Chain]]:
    """Processes die at their points while the block runs; afterwards none is armed."""
    chains = [Chain(world, process, points, hit) for process, points in plan.items()]
    for chain in chains:
        chain.arm()
    deaths = _deaths(world)
    world.restart(*plan, wait=False)  # some die before they are ready
    for chain in chains:
        chain.begin(deaths.get(chain.process, 0) + 1)
    stop = threading.Event()
    watching = threading.Thread(target=_watch, args=(world, chains, stop), daemon=True)
    watching.start()
    try:
        yield chains
    finally:
        stop.set()
        watching.join()
        for process in plan:
            world.set(process, FAILPOINTS="")
        world.restart(*(chain.process for chain in chains if not chain.done))


def _watch(world: World, chains: list[Chain], stop: threading.Event) -> None:
    urls = world.mesh.layout.urls()
    while not stop.wait(_LOOK_SECONDS):
        deaths = _deaths(world)
        for chain in chains:
            chain.look(deaths.get(chain.process, 0), health(urls[chain.process]) == "ready")


def _deaths(world: World) -> dict[str, int]:
    """Processes that SIGKILL ended, as the supervisor saw it, and how often."""
    log = (world.mesh.layout.state / "launcher.log").read_text()
    names = _KILLED.findall(log)
    return {name: names.count(name) for name in names}
