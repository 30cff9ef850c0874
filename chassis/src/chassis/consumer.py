"""The consumer: poll → inbox → handle, in one transaction → move the cursor.

A batch shares a transaction; when one record fails the batch is undone and its records are tried one by one. What can
never be handled goes to the topic's dead letters with the reason; what cannot be handled *now* waits, nothing is lost.
"""

import logging
from collections.abc import Sequence
from uuid import UUID

import orjson

import contracts
from chassis import database_faults, events, inbox
from chassis.broker import Broker, Message, Overtaken, Record, Subscription
from chassis.clock import parse
from chassis.errors import Unavailable
from chassis.events import Event
from chassis.runtime import Runtime
from chassis.tracing import SpanKind, of_record

log = logging.getLogger(__name__)
_BATCH = 50
_POLL_SECONDS = 1.0
_GATHER_SECONDS = 0.01  # between batches that are not full: a batch is two transactions, however many records it has
_TRIES = 3
_DEAD_IN_A_ROW = 10  # a bad release must not drain a topic into its dead letters


class Stopped(RuntimeError):
    """Too many records in a row could not be handled; a person must look."""


def topics(runtime: Runtime) -> list[str]:
    """The topics that carry what the block listens to, sorted."""
    return sorted({contracts.topic_of(event_type) for event_type in runtime.service.subscriptions})


def run(runtime: Runtime) -> None:
    """Consume until the app stops. Raises Stopped."""
    assert runtime.broker is not None  # noqa: S101 - workers without a broker do not start this loop
    consumer = Consumer(runtime, runtime.broker)
    try:
        while not runtime.stopping.is_set():
            if 0 < consumer.once(_POLL_SECONDS) < _BATCH:
                runtime.stopping.wait(_GATHER_SECONDS)
    finally:
        consumer.close()


class Consumer:
    """One member of the block's consumer group."""

    def __init__(self, runtime: Runtime, broker: Broker) -> None:
        self._runtime, self._broker = runtime, broker
        self._subscription: Subscription = broker.subscribe(runtime.service.name, topics(runtime))
        self._dead_in_a_row = 0

    def once(self, timeout_seconds: float) -> int:
        """Handle what one poll brings; how many records. Raises Stopped."""
        records = self._poll(timeout_seconds)
        if not records:
            return 0
        self._runtime.failpoints.hit("consumer.before_transaction")
        try:
            self._handle(records)
        except Exception as error:  # whichever record it is, one by one will tell
            if _must_wait(error):
                self._wait()
                return 0
            log.info("a batch failed; its records are tried one by one", extra={"records": len(records)})
            return self._one_by_one(records)
        self._dead_in_a_row = 0
        return self._committed(records)

    def close(self) -> None:
        """Leave the group."""
        self._subscription.close()

    def _poll(self, timeout_seconds: float) -> list[Record]:
        try:
            return self._subscription.poll(_BATCH, timeout_seconds)
        except Unavailable:
            log.warning("the broker is away; the consumer waits")
            self._runtime.stopping.wait(1.0)
        except Overtaken as overtaken:
            log.error("events are gone that were not read; have them republished", extra={"topics": overtaken.topics})
            for topic in overtaken.topics:
                self._runtime.metrics.count("mesh_events_overtaken_total", topic=topic)
        return []

    def _one_by_one(self, records: Sequence[Record]) -> int:
        for record in records:
            if not self._until_settled(record):
                return 0
            self._committed([record])
        return len(records)

    def _until_settled(self, record: Record) -> bool:
        """True once the record is handled or dead; False when it must wait and the app stops."""
        failures = 0
        while not self._runtime.stopping.is_set():
            try:
                self._handle([record])
                self._dead_in_a_row = 0
                return True
            except Exception as error:
                if _must_wait(error):
                    self._wait()
                    continue
                failures += 1
                if failures == _TRIES:
                    self._bury(record, error)
                    return True
        return False

    def _handle(self, records: Sequence[Record]) -> None:
        runtime = self._runtime
        with runtime.transaction() as tx:
            for record in records:
                handler = runtime.service.subscriptions.get(record.headers.get("ce_type", ""))
                if handler is None:
                    continue  # a type that this block does not know or does not need
                event = _event(record)
                facts = of_record(
                    "process",
                    record.topic,
                    runtime.service.name,
                    **{
                        "messaging.destination.partition.id": str(record.partition),
                        "messaging.kafka.offset": str(record.offset),
                    },
                )
                with runtime.tracing.span(f"process {record.topic}", SpanKind.CONSUMER, record.headers, **facts):
                    if inbox.first_time(tx, event.id, runtime.clock()):
                        handler(tx, event)
                    else:
                        runtime.metrics.count("mesh_events_duplicate_total")
        for record in records:
            late = (runtime.clock() - record.at).total_seconds()
            runtime.metrics.observe("mesh_event_handled_seconds", max(late, 0.0), topic=record.topic)

    def _committed(self, records: Sequence[Record]) -> int:
        self._runtime.failpoints.hit("consumer.after_transaction")
        self._subscription.commit(records)
        return len(records)

    def _bury(self, record: Record, error: Exception) -> None:
        runtime = self._runtime
        reason = f"{type(error).__name__}"  # the text of an error may quote data; its kind does not
        log.error("a record cannot be handled", exc_info=error, extra={"topic": record.topic, "offset": record.offset})
        dead = Message(
            f"{record.topic}-dlq",
            record.key,
            record.value,
            {**record.headers, "baraza_reason": reason, "baraza_group": runtime.service.name},
        )
        self._broker.publish([dead])
        runtime.metrics.count("mesh_events_dead_total", topic=record.topic)
        if (event_id := _id(record)) is not None:
            with runtime.transaction() as tx:
                inbox.give_up(tx, event_id, runtime.clock())
        self._dead_in_a_row += 1
        if self._dead_in_a_row >= _DEAD_IN_A_ROW:
            raise Stopped(f"{self._dead_in_a_row} records in a row went to the dead letters")

    def _wait(self) -> None:
        log.warning("a record cannot be handled now and waits")
        self._runtime.stopping.wait(1.0)


def _must_wait(error: Exception) -> bool:
    """Whether the record is innocent: what it needs is away now."""
    return isinstance(error, Unavailable) or database_faults.is_away(error)


def _event(record: Record) -> Event:
    event = Event(
        type=record.headers["ce_type"],
        key=record.key,
        at=parse(record.headers["ce_time"]),
        data=orjson.loads(record.value),
        id=UUID(record.headers["ce_id"]),
    )
    events.check(event)
    return event


def _id(record: Record) -> UUID | None:
    try:
        return UUID(record.headers.get("ce_id", ""))
    except ValueError:
        return None
