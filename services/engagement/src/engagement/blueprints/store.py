"""Every query about blueprints that officials saved."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, insert, select, tuple_

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.blueprints.model import Blueprint
from engagement.tables import blueprint

_COLUMNS = (blueprint.c.id, blueprint.c.title, blueprint.c.description, blueprint.c.plan, blueprint.c.created_at)


def add(tx: Transaction, saved: Blueprint, by: str) -> None:
    row = {column.name: getattr(saved, column.name) for column in _COLUMNS}
    tx.execute(insert(blueprint), row | {"by": by})


def find(tx: Transaction, blueprint_id: UUID) -> Blueprint:
    """Raises NotFound."""
    row = tx.execute(select(*_COLUMNS).where(blueprint.c.id == blueprint_id)).mappings().first()
    if row is None:
        raise NotFound("There is no such blueprint.")
    return _blueprint(row)


def page(tx: Transaction, after: tuple[datetime, UUID] | None, limit: int) -> list[Blueprint]:
    """First to last."""
    query = select(*_COLUMNS).order_by(blueprint.c.created_at, blueprint.c.id).limit(limit)
    if after is not None:
        query = query.where(tuple_(blueprint.c.created_at, blueprint.c.id) > after)
    return [_blueprint(row) for row in tx.execute(query).mappings()]


def _blueprint(row: RowMapping) -> Blueprint:
    return Blueprint(**dict(row))
