"""The inbox: which events this block has handled; its row and the effect commit together."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from chassis.tables import inbox

_SEEN = select(inbox.c.event_id)
_ADD = insert(inbox)


def first_time(tx: Transaction, event_id: UUID, at: datetime) -> bool:
    """Whether the event is new here; if so it is noted as handled. The primary key has the last word, and of two at
    once the second waits for it."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    once = dialect.insert(inbox).on_conflict_do_nothing().returning(inbox.c.event_id)
    return tx.execute(once, {"event_id": event_id, "handled_at": at}).first() is not None


def give_up(tx: Transaction, event_id: UUID, at: datetime) -> None:
    """Note that the event went to the dead letters. One that is broken in its form may come, and go there, again."""
    if not tx.execute(_SEEN.where(inbox.c.event_id == event_id)).first():
        tx.execute(_ADD, {"event_id": event_id, "handled_at": at, "dead": True})
