"""One app's own things. Nothing global: seven apps share one process and stay apart."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import ModuleType
from typing import Any

from chassis.broker import Broker
from chassis.clock import Clock
from chassis.database import Database, Transaction
from chassis.events import Event
from chassis.failpoints import Failpoints
from chassis.http_client import PeerClient
from chassis.metrics import Metrics
from chassis.observed import ObservedBroker
from chassis.sealing import Sealer
from chassis.settings import ServiceSettings
from chassis.threads import Threads
from chassis.tracing import Tracing

Handler = Callable[[Transaction, Event], None]


@dataclass(frozen=True)
class Tick:
    """Work by the clock: run about every so many seconds, by one process at a time."""

    name: str
    every_seconds: float
    run: Callable[["Runtime"], None]


def _always(_settings: Any) -> bool:  # Any: a subclass of ServiceSettings; each block knows its own
    return True


@dataclass(frozen=True)
class Loop:
    """Work without an end that is a block's own, for example a queue: a thread of the role `tick`, in one process at a
    time. `run` returns when `runtime.stopping` is set; the bell of the loop's name rings then. Settings for which it
    is not `wanted` start no thread."""

    name: str
    run: Callable[["Runtime"], None]
    wanted: Callable[[Any], bool] = _always


@dataclass(frozen=True)
class Service:
    """A block's front door: what it answers, hears and does by itself. Declared once, in its `app.py`."""

    name: str
    operations: tuple[ModuleType, ...]
    subscriptions: Mapping[str, Handler] = field(default_factory=dict)
    jobs: Mapping[str, Callable[["Runtime", dict[str, Any], datetime], None]] = field(default_factory=dict)
    ticks: tuple[Tick, ...] = ()
    loops: tuple[Loop, ...] = ()
    prepare: Callable[["Runtime"], None] | None = None  # after the migrations: what must stand before it serves
    failpoints: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Callable[["Runtime"], list[tuple[tuple[str, ...], float]]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Runtime:
    """What an app holds while it runs; `settings` is the block's own dataclass."""

    service: Service
    settings: Any  # a subclass of ServiceSettings; each block knows its own
    database: Database
    broker: Broker | None
    clock: Clock
    metrics: Metrics
    tracing: Tracing
    failpoints: Failpoints
    sealer: Sealer
    peers: PeerClient
    threads: Threads
    stopping: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Write."""
        with self.database.transaction() as tx:
            yield tx

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Read."""
        with self.database.reading() as tx:
            yield tx


def build(
    service: Service, settings: ServiceSettings, clock: Clock, broker: Broker | None, tracing: Tracing
) -> Runtime:
    """An app's things, from its settings."""
    failpoints = Failpoints(settings.failpoints, service.failpoints)
    metrics = Metrics(service.name)
    return Runtime(
        service=service,
        settings=settings,
        database=Database(settings.database_url, before_commit=lambda: failpoints.hit("request.before_commit")),
        broker=ObservedBroker(broker, metrics, tracing) if broker is not None else None,
        clock=clock,
        metrics=metrics,
        tracing=tracing,
        failpoints=failpoints,
        sealer=Sealer(settings.sealing_key),
        peers=PeerClient(
            settings.gateway_url, f"{settings.instance}/{service.name}", settings.client_secret, settings.tls_ca
        ),
        threads=Threads(settings.threads, f"{service.name}-request"),
    )
