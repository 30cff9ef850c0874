"""The broker as an app sees it, with what operators need to know: spans of what is sent, failures, what is held."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from chassis.broker import Broker, Message, Record, Subscription, Topic
from chassis.errors import Unavailable
from chassis.metrics import Metrics
from chassis.tracing import SpanKind, Tracing, headers, of_record

Place = tuple[str, int, int]  # topic, partition, offset


class ObservedBroker:
    """A broker that tells one app's metrics and tracer what passes."""

    def __init__(self, inner: Broker, metrics: Metrics, tracing: Tracing) -> None:
        self.inner = inner
        self._metrics, self._tracing = metrics, tracing
        self._subscription: ObservedSubscription | None = None

    def ensure(self, topics: Sequence[Topic]) -> None:
        """As the broker does."""
        self.inner.ensure(topics)

    def publish(self, messages: Sequence[Message]) -> None:
        """With a span for each message, whose trace goes on in the message's headers."""
        if not self._tracing.exports:
            self._publish(messages)
            return
        spans = [
            self._tracing.begin(f"send {each.topic}", SpanKind.PRODUCER, each.headers, **of_record("send", each.topic))
            for each in messages
        ]
        told = zip(messages, spans, strict=True)
        try:
            self._publish([replace(each, headers={**each.headers, **headers(span)}) for each, span in told])
        finally:
            for span in spans:
                span.end()

    def subscribe(self, group: str, topics: Sequence[str]) -> Subscription:
        """As the broker does; what is polled and not committed is known afterwards."""
        held = ObservedSubscription(self.inner.subscribe(group, topics), topics, self._metrics)
        self._subscription = held  # an app has one group, and a new subscription follows a closed one
        return held

    def lag(self, group: str, topics: Sequence[str]) -> int:
        """As the broker does."""
        return self.inner.lag(group, topics)

    def held_seconds(self, at: datetime) -> list[tuple[tuple[str, ...], float]]:
        """Age of the oldest record of each topic that is polled and not committed, 0 without any: `[((topic,), …)]`.
        Nothing before the first subscription."""
        oldest = self._subscription.oldest(at) if self._subscription else {}
        return [((topic,), max((at - since).total_seconds(), 0.0)) for topic, since in sorted(oldest.items())]

    def close(self) -> None:
        """As the broker does."""
        self.inner.close()

    def _publish(self, messages: Sequence[Message]) -> None:
        try:
            self.inner.publish(messages)
        except Unavailable:
            self._metrics.count("mesh_broker_failures_total", operation="publish")
            raise


class ObservedSubscription:
    """A subscription that remembers what is in hand."""

    def __init__(self, inner: Subscription, topics: Sequence[str], metrics: Metrics) -> None:
        self._inner, self._topics, self._metrics = inner, topics, metrics
        self._held: dict[Place, datetime] = {}

    def poll(self, limit: int, timeout_seconds: float) -> list[Record]:
        """What is in hand afterwards is what came: what was not committed comes again."""
        try:
            records = self._inner.poll(limit, timeout_seconds)
        except Unavailable:
            self._metrics.count("mesh_broker_failures_total", operation="poll")
            raise
        self._held = {_place(record): record.at for record in records}
        return records

    def commit(self, records: Sequence[Record]) -> None:
        """What is committed is out of hand."""
        self._inner.commit(records)
        done = {_place(record) for record in records}
        self._held = {place: at for place, at in self._held.items() if place not in done}

    def seek(self, topic: str, offset: int) -> None:
        """As the subscription does."""
        self._inner.seek(topic, offset)

    def close(self) -> None:
        """As the subscription does; nothing is in hand then."""
        self._held = {}
        self._inner.close()

    def oldest(self, at: datetime) -> dict[str, datetime]:
        """When the oldest record in hand of each topic came; `at` for a topic without any."""
        oldest = dict.fromkeys(self._topics, at)
        for (topic, _, _), came in self._held.items():
            oldest[topic] = min(oldest[topic], came)
        return oldest


def _place(record: Record) -> Place:
    return record.topic, record.partition, record.offset
