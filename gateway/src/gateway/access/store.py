"""Access rights as they are stored."""

import hashlib

from sqlalchemy import delete, insert, select

from chassis.database import Transaction
from gateway.access.model import Right
from gateway.tables import access_right

_MOST = 100_000
_RIGHT = select(
    access_right.c.subject,
    access_right.c.application,
    access_right.c.methods,
    access_right.c.path,
    access_right.c.on_behalf,
)


def rights(tx: Transaction) -> tuple[Right, ...]:
    """All rights, in a stable order."""
    rows = tx.execute(_RIGHT.order_by(access_right.c.id).limit(_MOST))
    return tuple(Right(row.subject, row.application, frozenset(row.methods), row.path, row.on_behalf) for row in rows)


def add(tx: Transaction, added: tuple[Right, ...]) -> None:
    """Add rights. The primary key refuses one that is there."""
    if added:
        tx.execute(insert(access_right), [_row(right) for right in added])


def remove_all(tx: Transaction) -> None:
    """Remove every right."""
    tx.execute(delete(access_right))


def _row(right: Right) -> dict[str, object]:
    methods = sorted(right.methods)
    told = "\n".join([right.subject, right.application, " ".join(methods), right.path, str(right.on_behalf)])
    return {
        "id": hashlib.sha256(told.encode()).hexdigest(),
        "subject": right.subject,
        "application": right.application,
        "methods": methods,
        "path": right.path,
        "on_behalf": right.on_behalf,
    }
