"""Every query of the log."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, insert, select

from chassis import ids
from chassis.database import Transaction
from scheduler.actors import Actor
from scheduler.log.model import Category, Entry, Wanted
from scheduler.tables import log

_INSERT = insert(log)


def record(tx: Transaction, category: Category, data: str, entity_id: UUID, *, by: Actor, at: datetime) -> None:
    """Note what was done, in the transaction that does it."""
    record_all(tx, category, [(data, entity_id)], by=by, at=at)


def record_all(
    tx: Transaction, category: Category, about: Sequence[tuple[str, UUID]], *, by: Actor, at: datetime
) -> None:
    """The same done to several, `[(data, entity_id)]`."""
    row = {"at": at, "logger_role": by.role, "logger_id": by.id, "category": category}
    rows = [row | {"id": ids.new(), "entity_id": entity_id, "data": data} for data, entity_id in about]
    if rows:
        tx.execute(_INSERT, rows)


def page(tx: Transaction, wanted: Wanted) -> list[Entry]:
    """Oldest first; ids are made in that order."""
    query = select(log).order_by(log.c.id).limit(wanted.limit)
    if wanted.ids is not None:
        query = query.where(log.c.id.in_(wanted.ids))
    if wanted.entity_id is not None:
        query = query.where(log.c.entity_id == wanted.entity_id)
    if wanted.category is not None:
        query = query.where(log.c.category == wanted.category)
    if wanted.since is not None:
        query = query.where(log.c.at > wanted.since)
    if wanted.until is not None:
        query = query.where(log.c.at < wanted.until)
    if wanted.after is not None:
        query = query.where(log.c.id > wanted.after)
    return [_entry(row) for row in tx.execute(query).mappings()]


def _entry(row: RowMapping) -> Entry:
    by = Actor(row["logger_role"], row["logger_id"])
    return Entry(row["id"], row["at"], by, row["entity_id"], Category(row["category"]), row["data"])
