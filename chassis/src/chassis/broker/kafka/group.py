"""A member of a consumer group."""

import contextlib
import logging
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from heapq import merge
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError, NoOffsetForPartitionError, OffsetOutOfRangeError
from kafka.structs import OffsetAndMetadata

from chassis.broker import Overtaken, Record
from chassis.broker.kafka import clients
from chassis.broker.kafka.clients import ANSWER_MS, Options
from chassis.errors import Unavailable

log = logging.getLogger(__name__)
_SWEEP_SECONDS = 60.0
_DOUBT_SECONDS = 10.0  # without a record, until the member asks whether the cluster still knows it


class KafkaSubscription:
    """A member of a group. What it polled and did not commit is read again at the next poll."""

    def __init__(self, options: Options, group: str, topics: Sequence[str]) -> None:
        self._options, self._group, self._topics = options, group, list(topics)
        self._consumer: KafkaConsumer | None = None
        self._unsettled: dict[TopicPartition, range] = {}  # offsets that were polled and not committed
        self._swept_at = self._sure_at = time.monotonic()

    def poll(self, limit: int, timeout_seconds: float) -> list[Record]:
        deadline = time.monotonic() + timeout_seconds
        try:
            if self._consumer is None:
                self._consumer = clients.member(self._options, self._group, self._topics)
                self._sure_at = time.monotonic()
            self._rewind(self._consumer)
            polled = self._polled(self._consumer, limit, deadline)
        except OffsetOutOfRangeError as error:
            self._to_the_start(error.args[0])
            raise Overtaken(sorted({part.topic for part in error.args[0]})) from error
        except KafkaError as error:
            self._leave()
            raise Unavailable("The broker gives no events.") from error
        self._unsettled = {part: range(found[0].offset, found[-1].offset + 1) for part, found in polled.items()}
        # nearly the order of the whole log, and in each partition exactly its own
        return [_record(each) for each in merge(*polled.values(), key=lambda each: each.timestamp)]

    def commit(self, records: Sequence[Record]) -> None:
        """A commit that fails is a redelivery, which the inbox eats."""
        following = {TopicPartition(each.topic, each.partition): each.offset + 1 for each in records}
        if self._consumer is None or not following:
            return
        try:
            offsets = {part: OffsetAndMetadata(offset, "", -1) for part, offset in following.items()}
            self._consumer.commit(offsets, ANSWER_MS)
        except KafkaError as error:
            log.info("offsets were not taken; their records come again", extra={"reason": type(error).__name__})
            self._leave()
            return
        for part, offset in following.items():
            if part in self._unsettled:
                self._unsettled[part] = range(offset, self._unsettled[part].stop)

    def seek(self, topic: str, offset: int) -> None:
        """Of the partitions that this member holds."""
        assert self._consumer is not None  # noqa: S101 - only a member that has polled holds partitions
        parts = [part for part in self._consumer.assignment() if part.topic == topic]
        starts = self._consumer.beginning_offsets(parts, ANSWER_MS)
        chosen = {part: max(offset, starts[part]) for part in parts}
        for part, start in chosen.items():
            self._consumer.seek(part, start)
            self._unsettled.pop(part, None)
        self._consumer.commit({part: OffsetAndMetadata(start, "", -1) for part, start in chosen.items()}, ANSWER_MS)

    def close(self) -> None:
        self._leave()

    def _polled(self, consumer: KafkaConsumer, limit: int, deadline: float) -> dict[TopicPartition, list[Any]]:
        """Records by partition. A partition that the group reads for the first time is read from its start."""
        while True:
            left = max(deadline - time.monotonic(), 0)
            try:
                polled: dict[TopicPartition, list[Any]] = consumer.poll(int(left * 1000), max_records=limit)
            except NoOffsetForPartitionError as error:
                self._to_the_start(error.args[0])
                continue
            if polled:
                self._sure_at = time.monotonic()
                return polled
            self._sweep_sometimes()
            self._doubt_sometimes(consumer)
            if not left:
                return {}

    def _rewind(self, consumer: KafkaConsumer) -> None:
        held = consumer.assignment()
        for part, left in self._unsettled.items():
            if left and part in held:
                consumer.seek(part, left.start)

    def _to_the_start(self, parts: Any) -> None:  # Any: the partitions as the driver's error names them
        assert self._consumer is not None  # noqa: S101 - its poll raised
        held = self._consumer.assignment()
        self._consumer.seek_to_beginning(*(part for part in parts if part in held))

    def _sweep_sometimes(self) -> None:
        """While nothing comes the broker may be away, and each try to reach it costs a socket."""
        if time.monotonic() - self._swept_at > _SWEEP_SECONDS:
            clients.sweep()
            self._swept_at = self._sure_at = time.monotonic()

    def _doubt_sometimes(self, consumer: KafkaConsumer) -> None:
        """kafka-python can take itself for a member whom the cluster has long forgotten, and then hears nothing for
        ever, whether or not others are left in the group. Raises KafkaError, after which it joins anew."""
        if time.monotonic() - self._sure_at > _DOUBT_SECONDS:
            self._sure_at = time.monotonic()
            if consumer.group_metadata().member_id not in clients.known_members(self._options, self._group):
                raise KafkaError("the cluster has forgotten this member")

    def _leave(self) -> None:
        if self._consumer is not None:
            with contextlib.suppress(KafkaError):
                self._consumer.close(autocommit=False, timeout_ms=2_000)
            self._consumer = None
            clients.sweep()
        self._unsettled.clear()


def _record(each: Any) -> Record:  # Any: the driver's named tuple
    """Whatever a stranger put there becomes a record, so that the consumer can bury it."""
    headers = {name: (value or b"").decode(errors="replace") for name, value in each.headers}
    key, value = (each.key or b"").decode(errors="replace"), each.value or b""
    at = datetime.fromtimestamp(each.timestamp / 1000, UTC)
    return Record(each.topic, key, value, headers, each.partition, each.offset, at)
