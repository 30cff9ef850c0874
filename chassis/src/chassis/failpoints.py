"""Named points at which a fault test makes a process fail: `FAILPOINTS="relay.after_produce:hit=3:kill"`.

Off by default and then free. Every commit point has one; `POINTS` lists them all.
"""

import os
import re
import signal
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

POINTS = {
    "request.before_commit": "A request's rows are written, its transaction is not committed.",
    "request.after_commit": "A request is committed, its answer is not sent.",
    "relay.after_read": "Outbox rows are read, not published.",
    "relay.after_produce": "Events are on the broker, their outbox rows are not marked.",
    "consumer.before_transaction": "A record is polled, its transaction is not open.",
    "consumer.after_transaction": "A record's effect is committed, its offset is not.",
    "jobs.after_run": "A job has had its effect, its row is not done.",
    "ticks.before_run": "A tick is due and has not run.",
    "shutdown.mid_drain": "A process was told to stop and accepts no more; what is in flight has not finished.",
}


class Failed(RuntimeError):
    """What a failpoint with the action `error` raises."""


@dataclass(frozen=True)
class _Plan:
    hit: int
    action: str


class Failpoints:
    """The failpoints that one app was told to fail at. Format: `name[:hit=N]:action[,…]`, action `kill`, `error`,
    `hang` or `delay=<seconds>`. `own` are a block's points beside the chassis'. Raises ValueError for what it does not
    know, so that no fault test passes because nothing failed."""

    def __init__(self, text: str = "", own: Mapping[str, str] | None = None) -> None:
        known = POINTS | dict(own or {})
        self._plans = dict(_parse(part, known) for part in text.split(",") if part)
        self._hits: Counter[str] = Counter()

    def hit(self, name: str) -> None:
        """The running code has come by this point."""
        if not self._plans or name not in self._plans:
            return
        self._hits[name] += 1
        plan = self._plans[name]
        if self._hits[name] == plan.hit:
            _act(plan.action, name)


def _parse(part: str, known: Mapping[str, str]) -> tuple[str, _Plan]:
    name, *rest = part.split(":")
    if name not in known:
        raise ValueError(f"there is no failpoint {name}")
    *when, action = rest or [""]
    if not re.fullmatch(r"kill|error|hang|delay=\d+(\.\d+)?", action) or len(when) > 1:
        raise ValueError(f"{part} is not name[:hit=N]:action")
    return name, _Plan(int(when[0].removeprefix("hit=")) if when else 1, action)


def _act(action: str, name: str) -> None:
    if action == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif action == "hang":
        time.sleep(3600)
    elif action.startswith("delay="):
        time.sleep(float(action.removeprefix("delay=")))
    else:
        raise Failed(name)
