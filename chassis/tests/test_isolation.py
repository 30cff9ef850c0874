"""Nothing is global in a process: two apps in one share no row, metric, trace, setting, bell or failpoint."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import note_block
import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy import func, select

from chassis import outbox
from chassis.app import App
from chassis.sealing import Unsealable
from chassis.settings import ServiceSettings
from chassis.testing.client import Client, Speaker
from chassis.tracing import Tracing

MakeApp = Callable[..., App]
WRITER = {"scopes": ["notes.write"], "subject": "ann"}


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def one(make_app: MakeApp, spans: InMemorySpanExporter) -> App:
    spying = Tracing("notes", SimpleSpanProcessor(spans))
    return make_app(database="one", spans=spying, sealing_key="11" * 32, failpoints="request.after_commit:hit=99:error")


@pytest.fixture
def two(make_app: MakeApp) -> App:
    return make_app(database="two", sealing_key="22" * 32)


@pytest.fixture
def clients(one: App, two: App, speaker: Speaker) -> tuple[Client, Client]:
    return Client(one, speaker, "notes", WRITER), Client(two, speaker, "notes", WRITER)


def notes(app: App) -> int:
    with app.runtime.reading() as tx:
        return int(tx.execute(select(func.count()).select_from(note_block.note)).scalar_one())


def requests(app: App) -> float:
    samples = [
        sample.value
        for family in app.runtime.metrics.registry.collect()
        for sample in family.samples
        if sample.name == "http_server_request_duration_seconds_count"
    ]
    return sum(samples)


def test_rows_metrics_and_traces_stay_apart(
    one: App, two: App, clients: tuple[Client, Client], spans: InMemorySpanExporter
) -> None:
    for client, times in zip(clients, (3, 1), strict=True):
        for _ in range(times):
            assert client.post("/v1/notes", {"text": "x"}).status == 201

    assert (notes(one), notes(two)) == (3, 1)
    assert (requests(one), requests(two)) == (3, 1)
    assert len([span for span in spans.get_finished_spans() if span.name == "POST writeNote"]) == 3


def test_requests_at_the_same_time_stay_apart(one: App, two: App, clients: tuple[Client, Client]) -> None:
    def write(number: int) -> int:
        return clients[number % 2].post("/v1/notes", {"text": f"{number % 2}"}).status

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(write, range(40))) == {201}

    for app, text in ((one, "0"), (two, "1")):
        with app.runtime.reading() as tx:
            assert {row.text for row in tx.execute(select(note_block.note.c.text))} == {text}


def test_settings_keys_and_failpoints_stay_apart(one: App, two: App) -> None:
    assert isinstance(one.runtime.settings, ServiceSettings)
    assert one.runtime.settings.sealing_key != two.runtime.settings.sealing_key
    with pytest.raises(Unsealable):
        two.runtime.sealer.open(one.runtime.sealer.seal("x", "p"), "p")
    for _ in range(99):
        two.runtime.failpoints.hit("request.after_commit")


def test_bells_clocks_and_ends_stay_apart(one: App, two: App) -> None:
    with one.runtime.transaction() as tx:
        outbox.put(tx, note_block.told("a"))
    one.workers.stop()

    assert one.runtime.database.bell(outbox.BELL).is_set()
    assert not two.runtime.database.bell(outbox.BELL).is_set()
    assert one.runtime.stopping.is_set()
    assert not two.runtime.stopping.is_set()


def test_one_app_closed_leaves_the_other_serving(one: App, clients: tuple[Client, Client]) -> None:
    one.workers.stop()
    one.runtime.database.close()

    assert clients[1].get("/v1/notes").status == 200
