"""Every query about triggers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from workflow.tables import trigger
from workflow.triggers.model import Fact, State

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


def lock(tx: Transaction, process_id: UUID) -> None:
    """Let the facts of one process come one after the other, until the transaction ends: of two at once neither would
    see what the other leaves waiting. There may be no row yet to lock; SQLite has one writer anyhow."""
    if not tx.database.is_sqlite:
        tx.execute(_LOCK, {"name": f"trigger {process_id}"})


def note(tx: Transaction, process_id: UUID, fact: Fact, at: datetime) -> None:
    """Keep it until it is applied; a second time changes nothing."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    row = {"process_id": process_id, "fact": fact, "received_at": at, "state": State.WAITING}
    tx.execute(dialect.insert(trigger).on_conflict_do_nothing(), row)


def waiting(tx: Transaction, process_id: UUID) -> list[Fact]:
    """In the order of a process's life."""
    its = (trigger.c.process_id == process_id) & (trigger.c.state == State.WAITING)
    found = {Fact(row.fact) for row in tx.execute(select(trigger.c.fact).where(its))}
    return [fact for fact in Fact if fact in found]


def settle(tx: Transaction, process_id: UUID, fact: Fact, state: State) -> None:
    """Applied or void."""
    its = (trigger.c.process_id == process_id) & (trigger.c.fact == fact)
    tx.execute(update(trigger).where(its).values(state=state))


def counts(tx: Transaction) -> dict[str, int]:
    """Triggers by state."""
    rows = tx.execute(select(trigger.c.state, func.count().label("number")).group_by(trigger.c.state))
    return dict.fromkeys((str(state) for state in State), 0) | {row.state: row.number for row in rows}
