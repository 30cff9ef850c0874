"""Every query about appeals."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.appeals.model import Appeal, State
from engagement.tables import appeal

_APPEAL = select(appeal)
_PLACE = tuple_(appeal.c.due_at, appeal.c.id)


def add(tx: Transaction, added: Appeal) -> bool:
    """False when the act was appealed against already: the unique constraint has the last word."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    once = dialect.insert(appeal).on_conflict_do_nothing(index_elements=["entry_id"]).returning(appeal.c.id)
    row = {column.name: getattr(added, column.name) for column in appeal.columns}
    return tx.execute(once, row).first() is not None


def find(tx: Transaction, appeal_id: UUID) -> Appeal:
    """Raises NotFound."""
    row = tx.execute(_APPEAL.where(appeal.c.id == appeal_id)).first()
    if row is None:
        raise NotFound("There is no such appeal.")
    return _appeal(row)


def of_entry(tx: Transaction, entry_id: UUID) -> Appeal | None:
    """The appeal against an act; None without one."""
    row = tx.execute(_APPEAL.where(appeal.c.entry_id == entry_id)).first()
    return _appeal(row) if row else None


def save_decision(tx: Transaction, changed: Appeal) -> None:
    """Raises Stale when someone else decided meanwhile."""
    waits = (appeal.c.id == changed.id) & (appeal.c.state == State.OPEN)
    values = {name: getattr(changed, name) for name in ("state", "decision", "decided_by", "decided_at")}
    tx.change_one(update(appeal).where(waits).values(values))


def waiting(tx: Transaction, process_id: UUID, after: tuple[datetime, UUID] | None, limit: int) -> list[Appeal]:
    """Those that nobody has decided, the soonest due first."""
    query = _APPEAL.where(appeal.c.process_id == process_id, appeal.c.state == State.OPEN)
    if after is not None:
        query = query.where(after < _PLACE)
    return [_appeal(row) for row in tx.execute(query.order_by(appeal.c.due_at, appeal.c.id).limit(limit))]


def _appeal(row: Row[Any]) -> Appeal:
    values = {column.name: getattr(row, column.name) for column in appeal.columns}
    return Appeal(**values | {"state": State(row.state)})
