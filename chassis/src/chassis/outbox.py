"""The outbox: an event is written in the transaction of the fact that it tells, so that both are true or neither."""

from sqlalchemy import insert

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
