"""Every query of the firing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from scheduler.alerts.model import State
from scheduler.firing.model import Firing
from scheduler.tables import alert, fire, slot


def due(tx: Transaction, at: datetime, limit: int) -> list[Firing]:
    """Alerts whose instant has come, earliest first; another scheduler may see the same."""
    query = (
        select(alert.c.id, slot.c.host_entity_id, alert.c.subject, alert.c.kind, alert.c.due_at)
        .join(slot, slot.c.id == alert.c.slot_id)
        .where(alert.c.state == State.WAITING, alert.c.due_at <= at)
        .order_by(alert.c.due_at, alert.c.id)
        .limit(limit)
    )
    return [
        Firing(row.id, row.host_entity_id, row.subject, row.kind, row.due_at, fired_at=at) for row in tx.execute(query)
    ]


def claim(tx: Transaction, due: Sequence[Firing], at: datetime) -> list[Firing]:
    """Those that this transaction is the one to fire, earliest first. An alert that was moved to come, cancelled or
    fired meanwhile is left out; the primary key of `fire` has the last word."""
    known = {firing.alert_id: firing for firing in due}
    still = alert.c.id.in_(known) & (alert.c.state == State.WAITING) & (alert.c.due_at <= at)
    marked = update(alert).where(still).values(state=State.FIRED).returning(alert.c.id, alert.c.due_at)
    held = {row.id: replace(known[row.id], due_at=row.due_at) for row in tx.execute(marked)}
    rows = [{"schedule_id": one.alert_id, "due_at": one.due_at, "fired_at": at} for one in held.values()]
    if not rows:
        return []
    dialect = sqlite if tx.database.is_sqlite else postgresql
    added = tx.execute(dialect.insert(fire).on_conflict_do_nothing().returning(fire.c.schedule_id), rows)
    return sorted((held[row.schedule_id] for row in added), key=lambda firing: (firing.due_at, firing.alert_id))


def counts(tx: Transaction) -> dict[str, int]:
    """Alerts by state."""
    rows = tx.execute(select(alert.c.state, func.count().label("number")).group_by(alert.c.state))
    return dict.fromkeys((str(state) for state in State), 0) | {row.state: row.number for row in rows}


def oldest_due(tx: Transaction, at: datetime) -> datetime | None:
    """The instant of the oldest alert that is due and has not fired; None when there is none."""
    waiting = (alert.c.state == State.WAITING) & (alert.c.due_at <= at)
    query = select(alert.c.due_at).where(waiting).order_by(alert.c.due_at).limit(1)
    found: datetime | None = tx.execute(query).scalar()
    return found
