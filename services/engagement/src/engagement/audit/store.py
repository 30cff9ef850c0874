"""Every query of the audit."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert

from chassis import ids
from chassis.database import Transaction
from engagement.actors import Actor
from engagement.tables import audit

_INSERT = insert(audit)


def record(
    tx: Transaction, process_id: UUID, action: str, about: UUID, *, by: Actor, at: datetime, reason: str | None = None
) -> None:
    """Note what an official did, in the transaction that does it."""
    row = {"id": ids.new(), "process_id": process_id, "action": action, "about": str(about), "by": by.subject or ""}
    tx.execute(_INSERT, row | {"at": at, "reason": reason})
