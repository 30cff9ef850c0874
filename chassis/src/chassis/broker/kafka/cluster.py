"""The cluster: publishing, topics, lag."""

import contextlib
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.errors import KafkaError, TopicAlreadyExistsError

from chassis.broker import Message, Topic
from chassis.broker.kafka import clients
from chassis.broker.kafka.clients import ANSWER_MS, DELIVERY_MS
from chassis.broker.kafka.group import KafkaSubscription
from chassis.errors import Unavailable

_DAY_MS = 86_400_000


class Kafka:
    """A cluster by its address. One object serves all threads of an app."""

    def __init__(self, url: str) -> None:
        self.options = clients.options_of(url)
        self._lock = threading.Lock()
        self._producer: KafkaProducer | None = None
        self._meta: tuple[KafkaAdminClient, KafkaConsumer] | None = None

    def ensure(self, topics: Sequence[Topic]) -> None:
        """Replicas are the cluster's default."""
        with self._asking() as (admin, _):
            known = set(admin.list_topics())
            for topic in topics:
                if topic.name not in known:
                    configs = {"retention.ms": str(topic.retention_days * _DAY_MS)}
                    wanted = {"num_partitions": topic.partitions, "configs": configs}
                    with contextlib.suppress(TopicAlreadyExistsError):
                        admin.create_topics({topic.name: wanted}, timeout_ms=ANSWER_MS, wait_for_metadata=True)

    def publish(self, messages: Sequence[Message]) -> None:
        """All of them are on enough replicas when it returns; on a failure some may be, and come again."""
        with self._lock:
            try:
                if self._producer is None:
                    self._producer = clients.producer(self.options)
                sent = [self._producer.send(m.topic, m.value, m.key.encode(), _packed(m)) for m in messages]
                for each in sent:
                    each.get(DELIVERY_MS / 1000)
            except KafkaError as error:
                self._forget_producer()  # a new one cannot send what the old one still holds in another order
                raise Unavailable("The broker took no events.") from error

    def subscribe(self, group: str, topics: Sequence[str]) -> KafkaSubscription:
        """Partitions are shared among the members of the group."""
        return KafkaSubscription(self.options, group, topics)

    def lag(self, group: str, topics: Sequence[str]) -> int:
        """Ends of all partitions less the group's offsets, what retention has removed not counted."""
        with self._asking() as (admin, consumer):
            parts = [TopicPartition(topic, part) for topic in topics for part in _partitions(consumer, topic)]
            if not parts:
                return 0
            committed = admin.list_group_offsets({group: parts}).get(group, {})
            ends, starts = consumer.end_offsets(parts, ANSWER_MS), consumer.beginning_offsets(parts, ANSWER_MS)
            return sum(ends[part] - max(_offset(committed.get(part)), starts[part]) for part in parts)

    def close(self) -> None:
        with self._lock:
            self._forget_producer()
            self._forget_meta()

    @contextlib.contextmanager
    def _asking(self) -> Iterator[tuple[KafkaAdminClient, KafkaConsumer]]:
        with self._lock:
            try:
                if self._meta is None:
                    self._meta = clients.asking(self.options)
                yield self._meta
            except KafkaError as error:
                self._forget_meta()
                raise Unavailable("The broker does not answer.") from error

    def _forget_producer(self) -> None:
        if self._producer is not None:
            with contextlib.suppress(KafkaError):
                self._producer.close(timeout=1, null_logger=True)
            self._producer = None
            clients.sweep()

    def _forget_meta(self) -> None:
        for client in self._meta or ():
            with contextlib.suppress(KafkaError):
                client.close()
        self._meta = None
        clients.sweep()


def _partitions(consumer: KafkaConsumer, topic: str) -> list[int]:
    return sorted(consumer.partitions_for_topic(topic) or ())


def _offset(committed: Any) -> int:  # Any: the driver's named tuple, or nothing
    return max(committed.offset, 0) if committed is not None else 0


def _packed(message: Message) -> list[tuple[str, bytes]]:
    return [(name, value.encode()) for name, value in message.headers.items()]
