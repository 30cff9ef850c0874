"""Metrics: declared first, an app's own, told even when one cannot be read."""

import threading

import pytest

import contracts
from chassis.metrics import Metrics

DECLARED = {
    "notes_written_total": {"type": "counter", "labels": [], "meaning": "Notes written."},
    "notes_size_bytes": {"type": "histogram", "labels": ["kind"], "buckets": [1, 10], "meaning": "Size of notes."},
    "notes_kept": {"type": "gauge", "labels": ["state"], "meaning": "Notes kept."},
}


@pytest.fixture
def metrics(monkeypatch: pytest.MonkeyPatch) -> Metrics:
    monkeypatch.setattr(contracts, "metrics", lambda: DECLARED)
    return Metrics("notes")


def test_a_counter_counts(metrics: Metrics) -> None:
    metrics.count("notes_written_total")
    metrics.count("notes_written_total", 2)

    assert "notes_written_total 3.0" in metrics.exposition().decode()


def test_a_histogram_has_the_buckets_that_are_declared(metrics: Metrics) -> None:
    metrics.observe("notes_size_bytes", 5, kind="long")

    told = metrics.exposition().decode()
    assert 'notes_size_bytes_bucket{kind="long",le="1.0"} 0.0' in told
    assert 'notes_size_bytes_bucket{kind="long",le="10.0"} 1.0' in told


def test_a_gauge_is_read_at_each_scrape(metrics: Metrics) -> None:
    kept = [1.0]
    metrics.gauge_from("notes_kept", lambda: [(("open",), kept[0])])
    first = metrics.exposition().decode()
    kept[0] = 2

    assert 'notes_kept{state="open"} 1.0' in first
    assert 'notes_kept{state="open"} 2.0' in metrics.exposition().decode()


def test_a_gauge_that_cannot_be_read_leaves_the_others(metrics: Metrics) -> None:
    metrics.gauge_from("notes_kept", lambda: [(("open",), 1 / 0)])
    metrics.count("notes_written_total")

    told = metrics.exposition().decode()
    assert "notes_written_total 1.0" in told
    assert "notes_kept{" not in told


@pytest.mark.parametrize(
    "ask", [Metrics.count, lambda m, name: m.observe(name, 1), lambda m, name: m.gauge_from(name, list)]
)
def test_a_metric_that_is_not_declared_is_refused(metrics: Metrics, ask: object) -> None:
    with pytest.raises(KeyError):
        ask(metrics, "notes_eaten_total")  # type: ignore[operator]


def test_a_label_that_is_not_declared_is_refused(metrics: Metrics) -> None:
    with pytest.raises(ValueError):
        metrics.count("notes_written_total", person="ann")


def test_what_one_app_counts_another_does_not_tell(metrics: Metrics) -> None:
    other = Metrics("others")
    metrics.count("notes_written_total")

    assert "notes_written_total" not in other.exposition().decode()


def test_threads_lose_no_count(metrics: Metrics) -> None:
    def count() -> None:
        for _ in range(500):
            metrics.count("notes_written_total")

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert "notes_written_total 4000.0" in metrics.exposition().decode()
