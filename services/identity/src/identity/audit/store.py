"""Every query of the audit."""

from datetime import datetime

from sqlalchemy import insert

from chassis import ids
from chassis.database import Transaction
from identity.actors import Actor
from identity.tables import audit

_INSERT = insert(audit)


def record(tx: Transaction, action: str, about: object, *, by: Actor, at: datetime, reason: str | None = None) -> None:
    """Note what was done to an account or a client, in the transaction that does it."""
    row = {"id": ids.new(), "at": at, "action": action, "about": str(about), "by": by.id}
    tx.execute(_INSERT, row | {"application": by.application, "reason": reason})
