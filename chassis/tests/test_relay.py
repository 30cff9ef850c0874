"""The relay: what is told reaches the broker, in order, at least once."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import note_block
import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from patience import eventually
from sqlalchemy import func, insert, select

import contracts
from chassis import ids, outbox, relay
from chassis.app import App
from chassis.broker import Message, Subscription, Topic
from chassis.broker.embedded import EmbeddedLog
from chassis.clock import FixedClock
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


def tell(app: App, *keys: str) -> None:
    for key in keys:
        with app.runtime.transaction() as tx:
            outbox.put(tx, note_block.told(key))


def waiting(app: App) -> int:
    with app.runtime.reading() as tx:
        unpublished = select(func.count()).select_from(rows).where(rows.c.published_at.is_(None))
        return int(tx.execute(unpublished).scalar_one())


def keys_on(broker: EmbeddedLog) -> list[str]:
    return [record.key for record in broker.read("a test", [TOPIC], 1000)]


def heard(app: App) -> int:
    with app.runtime.reading() as tx:
        return int(tx.execute(select(func.count()).select_from(note_block.heard)).scalar_one())


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
    tell(app, "a", *("x" * 60_000,) * 3)
    running = threading.Thread(target=relay.run, args=(app.runtime,))
    running.start()
    time.sleep(0.3)
    refused = waiting(app)

    broker._connection.execute("PRAGMA max_page_count=1000000").fetchall()
    eventually(lambda: waiting(app) == 0)
    app.workers.stop()
    running.join()

    assert refused == 4
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
    time.sleep(0.2)
    told_at = time.monotonic()
    tell(app, "a")
    eventually(lambda: waiting(app) == 0)
    took = time.monotonic() - told_at
    app.workers.stop()
    running.join()

    assert took < 0.5  # without the bell it would be up to a second


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


class _Empty(EmbeddedLog):
    """A broker on which nothing can be published before its topic is made; it may lose them all."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.topics: dict[str, Topic] = {}

    def ensure(self, topics: Sequence[Topic]) -> None:
        self.topics |= {topic.name: topic for topic in topics}

    def publish(self, messages: Sequence[Message]) -> None:
        if not {message.topic for message in messages} <= set(self.topics):
            raise Unavailable("there is no such topic")
        super().publish(messages)


@pytest.fixture
def owned(monkeypatch: pytest.MonkeyPatch) -> None:
    """The topic is the note block's own."""
    topic = contracts.topics()[TOPIC] | {"owner": "notes", "partitions": 3, "retention_days": 10}
    monkeypatch.setattr(contracts, "topics", lambda: {TOPIC: topic})


@pytest.mark.usefixtures("owned")
def test_the_relay_makes_the_topics_of_its_block_and_again_when_the_broker_lost_them(
    make_app: MakeApp, tmp_path: Path
) -> None:
    empty = _Empty(str(tmp_path / "empty"))
    app = make_app()
    running = threading.Thread(target=relay.run, args=(replace(app.runtime, broker=empty),))
    running.start()

    tell(app, "a")
    eventually(lambda: waiting(app) == 0)
    made = dict(empty.topics)
    empty.topics.clear()
    tell(app, "b")
    eventually(lambda: waiting(app) == 0)
    app.workers.stop()
    running.join()

    assert made == {TOPIC: Topic(TOPIC, 3, 10), f"{TOPIC}-dlq": Topic(f"{TOPIC}-dlq", 1, 10)}
    assert keys_on(empty) == ["a", "b"]


@pytest.mark.usefixtures("owned")
def test_where_an_operator_makes_topics_the_relay_makes_none(make_app: MakeApp, tmp_path: Path) -> None:
    empty = _Empty(str(tmp_path / "empty"))

    relay.ensure_topics(make_app(create_topics=False).runtime, empty)

    assert empty.topics == {}


@pytest.mark.usefixtures("owned")
def test_what_the_topic_keeps_no_longer_the_outbox_forgets(app: App, clock: FixedClock, broker: EmbeddedLog) -> None:
    tell(app, "old")
    relay.relay_once(app.runtime, broker)
    clock.move(days=6)
    tell(app, "young")
    relay.relay_once(app.runtime, broker)
    tell(app, "waiting")
    clock.move(days=5)

    relay.trim(app.runtime)

    with app.runtime.reading() as tx:
        assert tx.execute(select(rows.c.key).order_by(rows.c.seq)).scalars().all() == ["young", "waiting"]


def test_what_is_republished_goes_again_in_order_and_inboxes_drop_what_they_know(app: App, broker: EmbeddedLog) -> None:
    tell(app, "a", "b")
    relay.relay_once(app.runtime, broker)
    member = Consumer(app.runtime, broker)
    member.once(1)

    with app.runtime.transaction() as tx:
        again = outbox.republish(tx, [TOPIC], NOON)
    with app.runtime.transaction() as tx:
        none = outbox.republish(tx, ["another"], NOON) + outbox.republish(tx, [TOPIC], NOON + timedelta(seconds=1))
    relay.relay_once(app.runtime, broker)
    member.once(1)
    member.close()

    assert (again, none) == (2, 0)
    assert keys_on(broker) == ["a", "b", "a", "b"]
    assert heard(app) == 2
