"""The roles of a block beside serving: relay, consume, jobs, tick. Each is a thread, or a process of its own."""

import logging
import threading
import time
from collections.abc import Callable

from chassis import consumer, jobs, relay
from chassis.broker import Broker
from chassis.runtime import Loop, Runtime, Tick

log = logging.getLogger(__name__)
ROLES = ("relay", "consume", "jobs", "tick")
_RESTART_SECONDS = 1.0
_FLUSH_SECONDS = 2.0


class Workers:
    """The threads of the chosen roles. A role that dies is started again, but a stopped consumer stays stopped."""

    def __init__(self, runtime: Runtime, roles: tuple[str, ...] = ROLES) -> None:
        self._runtime = runtime
        self._roles = roles
        self._started = False
        self.stopped_because: str | None = None
        self._threads = [
            threading.Thread(target=self._keep, args=(name, loop), name=f"{runtime.service.name}-{name}", daemon=True)
            for name, loop in self._loops(roles)
        ]

    def start(self) -> None:
        self._started = True
        for thread in self._threads:
            thread.start()

    def stop(self, timeout_seconds: float = 10) -> None:
        """Let each finish what it holds, all within this time; then publish what the last of them told."""
        until = time.monotonic() + timeout_seconds
        self._runtime.stopping.set()
        for bell in ("outbox", "jobs", *(each.name for each in self._runtime.service.loops)):
            self._runtime.database.bell(bell).set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(until - time.monotonic(), 0))
        if self._started and "relay" in self._roles and self._runtime.broker is not None:
            self._flush(self._runtime.broker)

    def _flush(self, broker: Broker) -> None:
        """Events of the last requests would wait for the next process; here they do not, unless the broker is away or
        another process relays already."""
        until = time.monotonic() + _FLUSH_SECONDS
        try:
            with self._runtime.database.leader("relay") as mine:
                while mine and time.monotonic() < until and relay.relay_once(self._runtime, broker):
                    pass
        except Exception:  # the outbox keeps them
            log.warning("the outbox could not be flushed", exc_info=True)

    def _loops(self, roles: tuple[str, ...]) -> list[tuple[str, Callable[[Runtime], None]]]:
        service = self._runtime.service
        loops: list[tuple[str, Callable[[Runtime], None]]] = []
        if "relay" in roles and self._runtime.broker is not None:
            loops.append(("relay", relay.run))
        if "consume" in roles and self._runtime.broker is not None and service.subscriptions:
            loops.append(("consume", consumer.run))
        if "jobs" in roles and service.jobs:
            loops.append(("jobs", jobs.run))
        if "tick" in roles:
            loops += [(f"tick-{tick.name}", lambda runtime, tick=tick: _tick(runtime, tick)) for tick in service.ticks]  # type: ignore[misc]
            wanted = [each for each in service.loops if each.wanted(self._runtime.settings)]
            loops += [(f"loop-{each.name}", lambda runtime, loop=each: _loop(runtime, loop)) for each in wanted]  # type: ignore[misc]
        return loops

    def _keep(self, name: str, loop: Callable[[Runtime], None]) -> None:
        stopping = self._runtime.stopping
        while not stopping.is_set():
            try:
                loop(self._runtime)
            except consumer.Stopped as stopped:
                self.stopped_because = str(stopped)
                log.error("the consumer stopped", extra={"reason": str(stopped), "role": name})
                return
            except Exception:
                log.exception("a role failed and starts again", extra={"role": name})
            stopping.wait(_RESTART_SECONDS)


def _tick(runtime: Runtime, tick: Tick) -> None:
    with runtime.database.leader(f"tick-{tick.name}") as mine:
        while mine and not runtime.stopping.is_set():
            runtime.failpoints.hit("ticks.before_run")
            tick.run(runtime)
            runtime.stopping.wait(tick.every_seconds)


def _loop(runtime: Runtime, loop: Loop) -> None:
    with runtime.database.leader(f"loop-{loop.name}") as mine:
        if mine:
            loop.run(runtime)
