"""The story of an instant that has come."""

from datetime import datetime

from chassis import outbox
from chassis.database import Transaction
from scheduler.actors import ITSELF
from scheduler.firing import events, store
from scheduler.firing.model import Firing
from scheduler.log import store as log
from scheduler.log.model import Category
from scheduler.wire import named


def fire(tx: Transaction, limit: int, *, at: datetime) -> list[Firing]:
    """Fire what is due, earliest first, at most `limit`; what fired, row and event together."""
    due = store.due(tx, at, limit)
    fired = store.claim(tx, due, at) if due else []
    outbox.put(tx, *(events.fired(firing) for firing in fired))
    about = [(named("alert_schedule", firing.alert_id), firing.entity_id) for firing in fired]
    log.record_all(tx, Category.ALERT_FIRED, about, by=ITSELF, at=at)
    return fired
