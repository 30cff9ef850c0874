"""Prometheus metrics: a registry an app; every metric is declared in the contracts (`telemetry/`) first."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

import contracts

log = logging.getLogger(__name__)
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)  # OpenTelemetry's

Sample = tuple[tuple[str, ...], float]
M = TypeVar("M", Counter, Histogram)


class Metrics:
    """The metrics of one app. Asking for one that the contract does not declare raises KeyError."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.registry = CollectorRegistry()
        self._made: dict[str, Counter | Histogram] = {}

    def count(self, name: str, amount: float = 1, **labels: str) -> None:
        """Add to a counter."""
        metric = self._metric(name, Counter)
        (metric.labels(**labels) if labels else metric).inc(amount)

    def observe(self, name: str, value: float, **labels: str) -> None:
        """Record a value in a histogram."""
        metric = self._metric(name, Histogram)
        (metric.labels(**labels) if labels else metric).observe(value)

    def gauge_from(self, name: str, read: Callable[[], Iterable[Sample]]) -> None:
        """A gauge whose samples `read` gives at each scrape, as `[(label values, value)]`."""
        declared = contracts.metrics()[name]
        self.registry.register(_Read(name, declared["meaning"], declared.get("labels", []), read))

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


class _Read(Collector):
    def __init__(self, name: str, meaning: str, labels: list[str], read: Callable[[], Iterable[Sample]]) -> None:
        self._name, self._meaning, self._labels, self._read = name, meaning, labels, read

    def collect(self) -> Iterable[Metric]:
        family = GaugeMetricFamily(self._name, self._meaning, labels=self._labels)
        try:
            for labels, value in self._read():
                family.add_metric(labels, value)
        except Exception as error:  # a scrape must tell the rest, most of all when the database is away
            log.warning("a metric cannot be read", extra={"metric": self._name, "reason": type(error).__name__})
        yield family

    def describe(self) -> Iterable[Metric]:
        return []
