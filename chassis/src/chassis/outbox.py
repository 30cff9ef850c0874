"""The outbox: an event is written in the transaction of the fact that it tells, so that both are true or neither."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, update

import contracts
from chassis import events, tracing
from chassis.database import Transaction
from chassis.events import Event
from chassis.tables import outbox

BELL = "outbox"
_PUT = insert(outbox)


def put(tx: Transaction, *told: Event) -> None:
    """Tell these facts when the transaction commits. Raises BadEvent when one breaks its contract."""
    headers = tracing.headers()
    for event in told:
        events.check(event)
    rows = [
        {
            "id": event.id,
            "topic": contracts.topic_of(event.type),
            "key": event.key,
            "type": event.type,
            "data": event.data,
            "headers": headers,
            "occurred_at": event.at,
        }
        for event in told
    ]
    if rows:
        tx.execute(_PUT, rows)
        tx.after_commit(tx.database.bell(BELL).set)


def republish(tx: Transaction, topics: Sequence[str], since: datetime) -> int:
    """Have the relay send again what these topics were told since then, in order; how many events. Inboxes drop what
    they know, so that this only fills what a broker has lost."""
    again = outbox.c.topic.in_(topics) & (outbox.c.occurred_at >= since) & outbox.c.published_at.is_not(None)
    found = tx.execute(update(outbox).where(again).values(published_at=None)).rowcount
    tx.after_commit(tx.database.bell(BELL).set)
    return found
