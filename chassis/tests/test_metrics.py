"""Metrics: declared first, an app's own, told even when one cannot be read."""

import threading

import pytest

import contracts
from chassis.metrics import Metrics, method

DECLARED = {
    name: {"type": type_, "labels": labels, "meaning": "Notes.", "emitter": emitter, "buckets": [1, 10]}
    for name, type_, labels, emitter in (
        ("notes_written_total", "counter", [], "notes"),
        ("notes_size_bytes", "histogram", ["kind"], "notes"),
        ("notes_kept", "gauge", ["state"], "notes"),
        ("notes_lost", "gauge", ["state"], "notes"),
        ("letters_written_total", "counter", [], "letters"),
    )
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


def test_what_is_promised_is_told_before_it_happens(metrics: Metrics) -> None:
    metrics.promise("notes", "every block")

    told = metrics.exposition().decode()
    assert "notes_written_total 0.0" in told
    assert "# TYPE notes_size_bytes histogram" in told
    assert "letters_written_total" not in told


def test_a_cheap_gauge_is_read_each_time_and_a_dear_one_is_kept(
    metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, read = [100.0], []
    monkeypatch.setattr("chassis.metrics.time.monotonic", lambda: now[0])

    def reading(seconds: float) -> list[tuple[tuple[str, ...], float]]:
        read.append(seconds)
        now[0] += seconds
        return [(("open",), 1.0)]

    metrics.gauge_from("notes_kept", lambda: reading(0.01))
    metrics.gauge_from("notes_lost", lambda: reading(1.0))
    for _ in range(3):
        assert 'notes_lost{state="open"} 1.0' in metrics.exposition().decode()
    now[0] += 60
    metrics.exposition()

    assert (read.count(0.01), read.count(1.0)) == (4, 2)


def test_a_source_that_is_away_is_asked_once_a_while(metrics: Metrics, monkeypatch: pytest.MonkeyPatch) -> None:
    now, asked = [100.0], []
    monkeypatch.setattr("chassis.metrics.time.monotonic", lambda: now[0])

    def away() -> list[tuple[tuple[str, ...], float]]:
        asked.append(now[0])
        raise OSError

    for name in ("notes_kept", "notes_lost"):
        metrics.gauge_from(name, away, "database")
    metrics.exposition()
    now[0] += 6
    metrics.exposition()

    assert asked == [100.0, 106.0]


@pytest.mark.parametrize(("said", "label"), [("GET", "GET"), ("get", "_OTHER"), ("X" * 99, "_OTHER"), ("", "_OTHER")])
def test_invented_methods_are_one_label(said: str, label: str) -> None:
    assert method(said) == label


def test_a_process_tells_what_it_takes(metrics: Metrics) -> None:
    metrics.process()

    assert "process_resident_memory_bytes" in metrics.exposition().decode()


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
