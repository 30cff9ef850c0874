"""The relay: what is told reaches the broker, in order, at least once."""

import threading
import time
from collections.abc import Callable

import note_block
import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from patience import eventually
from sqlalchemy import insert
from told import heard, keys_on, tell, waiting

import contracts
from chassis import ids, outbox, relay
from chassis.app import App
from chassis.broker import Message, Subscription
from chassis.broker.embedded import EmbeddedLog
from chassis.consumer import Consumer
from chassis.errors import Unavailable
from chassis.failpoints import Failed
from chassis.tables import outbox as rows
from chassis.testing.plugin import NOON
from chassis.tracing import Tracing

TOPIC = contracts.topic_of(note_block.TYPE)
MakeApp = Callable[..., App]


class _Away:
    """A broker that cannot be reached."""

    def ensure(self, _: object) -> None:
        raise Unavailable("away")

    def publish(self, _: list[Message]) -> None:
        raise Unavailable("away")

    def subscribe(self, *_: object) -> Subscription:
        raise Unavailable("away")

    def lag(self, *_: object) -> int:
        raise Unavailable("away")

    def close(self) -> None:
        pass


def test_what_was_told_is_published_in_order_and_marked(app: App, broker: EmbeddedLog) -> None:
    tell(app, "a", "b", "c")

    assert relay.relay_once(app.runtime, broker) == 3
    assert keys_on(broker) == ["a", "b", "c"]
    assert waiting(app) == 0
    assert relay.relay_once(app.runtime, broker) == 0


def test_a_long_queue_goes_in_batches_and_in_order(app: App, broker: EmbeddedLog) -> None:
    with app.runtime.transaction() as tx:
        outbox.put(tx, *(note_block.told(str(number)) for number in range(250)))

    sizes = [relay.relay_once(app.runtime, broker) for _ in range(4)]

    assert sizes == [100, 100, 50, 0]
    assert keys_on(broker) == [str(number) for number in range(250)]


def test_an_event_travels_as_cloudevents(app: App, broker: EmbeddedLog) -> None:
    event = note_block.told("a")
    with app.runtime.transaction() as tx:
        outbox.put(tx, event)

    relay.relay_once(app.runtime, broker)

    [record] = broker.read("a test", [TOPIC], 10)
    assert record.headers == {
        "ce_specversion": "1.0",
        "ce_id": str(event.id),
        "ce_type": note_block.TYPE,
        "ce_source": "/notes",
        "ce_subject": "a",
        "ce_time": "2026-06-01T12:00:00.000Z",
        "content-type": "application/json",
    }


def test_while_the_broker_is_away_everything_waits(app: App, broker: EmbeddedLog) -> None:
    tell(app, "a", "b")

    with pytest.raises(Unavailable):
        relay.relay_once(app.runtime, _Away())
    assert waiting(app) == 2

    relay.relay_once(app.runtime, broker)
    assert keys_on(broker) == ["a", "b"]


def test_the_running_relay_asks_an_absent_broker_again(make_app: MakeApp, broker: EmbeddedLog) -> None:
    app = make_app()
    broker._connection.execute("PRAGMA max_page_count=1").fetchall()
    tell(app, "a", *("x" * 100,) * 300)
    running = threading.Thread(target=relay.run, args=(app.runtime,))
    running.start()
    time.sleep(0.3)
    refused = waiting(app)

    broker._connection.execute("PRAGMA max_page_count=1000000").fetchall()
    eventually(lambda: waiting(app) == 0)
    app.workers.stop()
    running.join()

    assert refused == 301
    assert keys_on(broker)[0] == "a"


def test_a_crash_before_publishing_loses_nothing(make_app: MakeApp, broker: EmbeddedLog) -> None:
    app = make_app(failpoints="relay.after_read:error")
    tell(app, "a")

    with pytest.raises(Failed):
        relay.relay_once(app.runtime, broker)
    relay.relay_once(app.runtime, broker)

    assert keys_on(broker) == ["a"]


def test_a_crash_after_publishing_makes_a_duplicate_that_the_inbox_eats(make_app: MakeApp, broker: EmbeddedLog) -> None:
    app = make_app(failpoints="relay.after_produce:error")
    tell(app, "a")

    with pytest.raises(Failed):
        relay.relay_once(app.runtime, broker)
    relay.relay_once(app.runtime, broker)
    assert keys_on(broker) == ["a", "a"]

    consumer = Consumer(app.runtime, broker)
    consumer.once(1)
    consumer.close()
    assert heard(app) == 1


def test_a_row_that_commits_late_is_not_skipped(app: App, broker: EmbeddedLog) -> None:
    def row(seq: int, key: str) -> dict[str, object]:
        return {
            "seq": seq, "id": ids.new(), "topic": TOPIC, "key": key, "type": note_block.TYPE,
            "data": {"processId": str(ids.new())}, "headers": {}, "occurred_at": NOON,
        }  # fmt: skip

    with app.runtime.transaction() as tx:
        tx.execute(insert(rows), row(10, "early"))
    relay.relay_once(app.runtime, broker)
    with app.runtime.transaction() as tx:
        tx.execute(insert(rows), row(5, "late"))
    relay.relay_once(app.runtime, broker)

    assert keys_on(broker) == ["early", "late"]


def test_one_relay_runs_at_a_time(make_app: MakeApp, broker: EmbeddedLog) -> None:
    first, second = make_app(), make_app()
    running = threading.Thread(target=relay.run, args=(first.runtime,))
    running.start()
    tell(first, "a")
    eventually(lambda: waiting(first) == 0)

    relay.run(second.runtime)  # returns at once, because the other leads

    first.workers.stop()
    running.join()
    assert keys_on(broker) == ["a"]


def test_a_commit_wakes_the_relay_at_once(app: App, broker: EmbeddedLog) -> None:
    running = threading.Thread(target=relay.run, args=(app.runtime,))
    running.start()
    took = []
    for key in "abcd":  # the machine may be busy once, not four times
        time.sleep(0.2)
        told_at = time.monotonic()
        tell(app, key)
        eventually(lambda: waiting(app) == 0)
        took.append(time.monotonic() - told_at)
    app.workers.stop()
    running.join()

    assert min(took) < 0.5  # without the bell it would be up to a second


def test_published_events_are_counted(app: App, broker: EmbeddedLog) -> None:
    tell(app, "a", "b")
    relay.relay_once(app.runtime, broker)

    assert app.runtime.metrics.registry.get_sample_value("mesh_events_published_total") == 2


def test_the_trace_survives_outbox_and_broker(make_app: MakeApp, broker: EmbeddedLog) -> None:
    spans = InMemorySpanExporter()
    app = make_app(spans=Tracing("notes", SimpleSpanProcessor(spans)))
    with app.runtime.tracing.span("a request") as request:
        tell(app, "a")

    relay.relay_once(app.runtime, broker)
    consumer = Consumer(app.runtime, broker)
    consumer.once(1)
    consumer.close()

    [processed] = [span for span in spans.get_finished_spans() if span.name == f"process {TOPIC}"]
    assert processed.context is not None
    assert processed.parent is not None
    assert processed.context.trace_id == request.get_span_context().trace_id
    assert processed.parent.span_id == request.get_span_context().span_id
