"""Every query of the audit."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, tuple_

from chassis import ids
from chassis.database import Transaction
from engagement.actors import Actor
from engagement.audit.model import Audited
from engagement.tables import audit

_INSERT = insert(audit)


def record(
    tx: Transaction, process_id: UUID, action: str, about: UUID, *, by: Actor, at: datetime, reason: str | None = None
) -> None:
    """Note what an official did, in the transaction that does it."""
    row = {"id": ids.new(), "process_id": process_id, "action": action, "about": str(about), "by": by.subject or ""}
    tx.execute(_INSERT, row | {"at": at, "reason": reason})


def page(tx: Transaction, process_id: UUID, after: tuple[datetime, UUID] | None, limit: int) -> list[Audited]:
    """Newest first."""
    query = select(audit).where(audit.c.process_id == process_id).order_by(audit.c.at.desc(), audit.c.id.desc())
    if after is not None:
        query = query.where(tuple_(audit.c.at, audit.c.id) < after)
    rows = tx.execute(query.limit(limit))
    return [Audited(row.id, row.action, row.about, row.by, row.reason, row.at) for row in rows]
