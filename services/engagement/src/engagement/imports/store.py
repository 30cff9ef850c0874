"""Every query about import exceptions."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, tuple_

from chassis.database import Transaction
from engagement.contributions import Kind
from engagement.imports.model import ImportException
from engagement.tables import import_exception

_INSERT = insert(import_exception)
_PLACE = tuple_(import_exception.c.at, import_exception.c.id)


def add(tx: Transaction, added: list[ImportException]) -> None:
    """They are only ever added."""
    if added:
        tx.execute(_INSERT, [asdict(each) for each in added])


def page(tx: Transaction, process_id: UUID, after: tuple[datetime, UUID] | None, limit: int) -> list[ImportException]:
    """Oldest first."""
    query = select(import_exception).where(import_exception.c.process_id == process_id)
    if after is not None:
        query = query.where(after < _PLACE)
    query = query.order_by(import_exception.c.at, import_exception.c.id).limit(limit)
    return [ImportException(**dict(row) | {"kind": Kind(row["kind"])}) for row in tx.execute(query).mappings()]
