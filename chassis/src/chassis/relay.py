"""The relay: moves unpublished outbox rows to the broker, in order, one process at a time.

It reads what is *unpublished*, never "greater than the last id": a row whose transaction commits late would be skipped.
"""

import logging

import orjson
from sqlalchemy import RowMapping, select, update

import contracts
from chassis.broker import Broker, Message, Topic
from chassis.clock import text
from chassis.errors import Unavailable
from chassis.outbox import BELL
from chassis.runtime import Runtime
from chassis.tables import outbox

log = logging.getLogger(__name__)
_BATCH = 100
_IDLE_SECONDS = 1.0
_GATHER_SECONDS = 0.01  # between batches that are not full: three transactions a batch, so a busy time makes them fewer
_PARTITIONS = 8  # of a topic that does not say; more than a group has members, so that each has some
_UNPUBLISHED = select(outbox).where(outbox.c.published_at.is_(None)).order_by(outbox.c.seq).limit(_BATCH)


def run(runtime: Runtime) -> None:
    """Relay until the app stops; a broker that is away is asked again every second."""
    assert runtime.broker is not None  # noqa: S101 - workers without a broker do not start this loop
    bell = runtime.database.bell(BELL)
    own_topics_are_there = False
    with runtime.database.leader("relay") as mine:
        while mine and not runtime.stopping.is_set():
            bell.clear()
            try:
                if not own_topics_are_there:
                    ensure_topics(runtime, runtime.broker)
                    own_topics_are_there = True
                moved = relay_once(runtime, runtime.broker)
            except Unavailable:
                log.warning("the broker is away; events wait in the outbox")
                moved, own_topics_are_there = 0, False  # it may come back empty
            if not moved:
                bell.wait(_IDLE_SECONDS)
            elif moved < _BATCH:
                runtime.stopping.wait(_GATHER_SECONDS)


def ensure_topics(runtime: Runtime, broker: Broker) -> None:
    """Make the topics that the block owns, unless somebody else is to."""
    if runtime.settings.create_topics:
        broker.ensure(own_topics(runtime.service.name))


def own_topics(block: str) -> list[Topic]:
    """The topics that a block owns, each with its dead letters."""
    return [
        made
        for name, topic in contracts.topics().items()
        if topic["owner"] == block
        for made in (
            Topic(name, topic.get("partitions", _PARTITIONS), topic["retention_days"]),
            Topic(topic["dead_letters"], 1, topic["retention_days"]),
        )
    ]


def relay_once(runtime: Runtime, broker: Broker) -> int:
    """Publish one batch and mark it; how many rows. A crash between is a duplicate, which inboxes eat."""
    with runtime.reading() as tx:
        rows = tx.execute(_UNPUBLISHED).mappings().all()
    if not rows:
        return 0
    runtime.failpoints.hit("relay.after_read")
    broker.publish([_message(row, runtime.service.name) for row in rows])
    runtime.failpoints.hit("relay.after_produce")
    with runtime.transaction() as tx:
        marked = update(outbox).where(outbox.c.seq.in_([row["seq"] for row in rows]))
        tx.execute(marked.values(published_at=runtime.clock()))
    runtime.metrics.count("mesh_events_published_total", len(rows))
    return len(rows)


def _message(row: RowMapping, source: str) -> Message:
    headers = {
        "ce_specversion": "1.0",
        "ce_id": str(row["id"]),
        "ce_type": row["type"],
        "ce_source": f"/{source}",
        "ce_subject": row["key"],
        "ce_time": text(row["occurred_at"]),
        "content-type": "application/json",
        **row["headers"],
    }
    return Message(row["topic"], row["key"], orjson.dumps(row["data"]), headers)
