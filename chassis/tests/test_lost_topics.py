"""Topics that are not there, that forget, that are lost: the outbox has what a broker has not."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import note_block
import pytest
from patience import eventually
from told import heard, keys_on, tell, waiting

import contracts
from chassis import outbox, relay
from chassis.app import App
from chassis.broker import Message, Overtaken, Record, Subscription, Topic
from chassis.broker.embedded import EmbeddedLog
from chassis.consumer import Consumer
from chassis.errors import Unavailable
from chassis.testing.plugin import NOON

TOPIC = contracts.topic_of(note_block.TYPE)
MakeApp = Callable[..., App]


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


class _Moody(Subscription):
    """A subscription whose polls fail as told, then bring what there is."""

    def __init__(self, real: Subscription, *moods: Exception) -> None:
        self._real, self._moods = real, list(moods)

    def poll(self, limit: int, timeout_seconds: float) -> list[Record]:
        if self._moods:
            raise self._moods.pop(0)
        return self._real.poll(limit, timeout_seconds)

    def commit(self, records: Sequence[Record]) -> None:
        self._real.commit(records)

    def seek(self, topic: str, offset: int) -> None:
        self._real.seek(topic, offset)

    def close(self) -> None:
        self._real.close()


def test_a_broker_that_is_away_and_records_that_are_gone_are_told_and_the_rest_is_handled(
    app: App, broker: EmbeddedLog, caplog: pytest.LogCaptureFixture
) -> None:
    tell(app, "a")
    relay.relay_once(app.runtime, broker)
    member = Consumer(app.runtime, broker)
    member._subscription = _Moody(member._subscription, Unavailable("away"), Overtaken([TOPIC]))

    handled = [member.once(0.1) for _ in range(3)]
    member.close()

    assert handled == [0, 0, 1]
    assert heard(app) == 1
    counted = app.runtime.metrics.registry.get_sample_value("mesh_events_overtaken_total", {"topic": TOPIC})
    assert counted == 1
    assert [(each.levelname, each.message) for each in caplog.records if each.name == "chassis.consumer"] == [
        ("WARNING", "the broker is away; the consumer waits"),
        ("ERROR", "events are gone that were not read; have them republished"),
    ]
