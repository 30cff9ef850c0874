"""Prometheus metrics: a registry an app; every metric is declared in the contracts (`telemetry/`) first."""

import logging
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

import contracts

log = logging.getLogger(__name__)
disable_created_metrics()  # type: ignore[no-untyped-call] # a series more for each counter and histogram, which nobody asks
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)  # OpenTelemetry's
_DEAR_SECONDS = 0.2  # a reading that takes longer is kept
_KEPT_TIMES = 50  # for so many times as long as it took, so that scrapes cost two seconds in a hundred at most
_PAUSE_SECONDS = 5.0  # what could not be read is not asked again before

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

Sample = tuple[tuple[str, ...], float]
Samples = Iterable[Sample]
M = TypeVar("M", Counter, Histogram)


class Metrics:
    """The metrics of one app. Asking for one that the contract does not declare raises KeyError.

    `active_requests` is for whoever answers requests: one event loop counts it up and down.
    """

    def __init__(self, service: str) -> None:
        self.service = service
        self.registry = CollectorRegistry()
        self.active_requests = 0
        self._made: dict[str, Counter | Histogram] = {}
        self._away: dict[str, float] = {}  # {source: not before, monotonic seconds}

    def promise(self, *emitters: str) -> None:
        """Export the counters and histograms of these emitters from the start, because a counter that begins at one
        never rose."""
        for name, declared in contracts.metrics().items():
            if declared["emitter"] in emitters and declared["type"] == "counter":
                self._metric(name, Counter)
            elif declared["emitter"] in emitters and declared["type"] == "histogram":
                self._metric(name, Histogram)

    def process(self) -> None:
        """Export CPU, memory, file descriptors and start of this process."""
        ProcessCollector(registry=self.registry)

    def count(self, name: str, amount: float = 1, **labels: str) -> None:
        """Add to a counter."""
        metric = self._metric(name, Counter)
        (metric.labels(**labels) if labels else metric).inc(amount)

    def observe(self, name: str, value: float, **labels: str) -> None:
        """Record a value in a histogram."""
        metric = self._metric(name, Histogram)
        (metric.labels(**labels) if labels else metric).observe(value)

    def gauge_from(self, name: str, read: Callable[[], Samples], source: str = "") -> None:
        """A gauge whose samples `read` gives at each scrape, as `[(label values, value)]`. A reading that is dear is
        kept a while. When one of a source (the database, the broker) fails, all of that source are left out for some
        seconds, so that a scrape does not wait for each."""
        declared = contracts.metrics()[name]
        reading = _Reading(name, read, source or name, self._away)
        self.registry.register(_Gauge(name, declared["meaning"], declared.get("labels", []), reading))

    def exposition(self) -> bytes:
        """The text that Prometheus scrapes."""
        return generate_latest(self.registry)

    def _metric(self, name: str, kind: type[M]) -> M:
        metric = self._made.get(name)
        if metric is None:
            declared = contracts.metrics()[name]
            labels = declared.get("labels", [])
            if kind is Histogram:
                buckets = tuple(declared.get("buckets", _BUCKETS))
                metric = Histogram(name, declared["meaning"], labels, registry=self.registry, buckets=buckets)
            else:
                metric = Counter(name, declared["meaning"], labels, registry=self.registry)
            self._made[name] = metric
        assert isinstance(metric, kind)  # noqa: S101 - the contract names one type a metric
        return metric


def method(said: str) -> str:
    """A request's method as a label; callers may invent words without end, which are one here."""
    return said if said in _METHODS else "_OTHER"


class _Reading:
    def __init__(self, name: str, read: Callable[[], Samples], source: str, away: dict[str, float]) -> None:
        self._name, self._read, self._source, self._away = name, read, source, away
        self._kept: list[Sample] = []
        self._kept_until = 0.0

    def samples(self) -> list[Sample]:
        began = time.monotonic()
        if began < self._away.get(self._source, 0.0):
            return []
        if began >= self._kept_until:
            try:
                self._kept = list(self._read())
            except Exception as error:  # a scrape must tell the rest, most of all when the database is away
                log.warning("a metric cannot be read", extra={"metric": self._name, "reason": type(error).__name__})
                self._away[self._source] = time.monotonic() + _PAUSE_SECONDS
                return []
            took = time.monotonic() - began
            self._kept_until = began + took * _KEPT_TIMES if took > _DEAR_SECONDS else 0.0
        return self._kept


class _Gauge(Collector):
    def __init__(self, name: str, meaning: str, labels: list[str], reading: _Reading) -> None:
        self._name, self._meaning, self._labels, self._reading = name, meaning, labels, reading

    def collect(self) -> Iterable[Metric]:
        family = GaugeMetricFamily(self._name, self._meaning, labels=self._labels)
        for labels, value in self._reading.samples():
            family.add_metric(labels, value)
        yield family

    def describe(self) -> Iterable[Metric]:
        return []
