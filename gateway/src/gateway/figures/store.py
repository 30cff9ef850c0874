"""The log's last numbers; each is one step in an index."""

from sqlalchemy import func, select

from chassis.database import Transaction
from gateway.tables import message_head, message_record


def last_record(tx: Transaction) -> int:
    """Number of the last record; 0 without any."""
    return tx.execute(select(func.max(message_record.c.seq))).scalar() or 0


def last_signed(tx: Transaction) -> int:
    """Number of the last record under a signed head; 0 without any."""
    return tx.execute(select(func.max(message_head.c.seq))).scalar() or 0
