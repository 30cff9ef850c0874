"""Every query about registries."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import RowMapping, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from chassis.database import Transaction
from chassis.errors import NotFound, Stale
from registry.databases.model import Registry, State
from registry.tables import registry_version

_FIND = select(registry_version)
_INSERT = insert(registry_version)


def find(tx: Transaction, name: str, number: int) -> Registry:
    """Raises NotFound."""
    row = tx.execute(_FIND.where(_its(name, number))).mappings().first()
    if row is None:
        raise NotFound("There is no such registry.")
    return _registry(row)


def published(tx: Transaction, name: str, number: int) -> Registry:
    """Raises NotFound, also for a draft."""
    found = find(tx, name, number)
    if found.state is not State.PUBLISHED:
        raise NotFound("There is no such registry.")
    return found


def newest(tx: Transaction, name: str) -> Registry | None:
    """The latest version; None when the registry has none."""
    latest = select(func.max(registry_version.c.number)).where(registry_version.c.name == name)
    number = tx.execute(latest).scalar()
    return find(tx, name, number) if number is not None else None


def page(tx: Transaction, limit: int) -> list[Registry]:
    """By name and number."""
    rows = tx.execute(_FIND.order_by(registry_version.c.name, registry_version.c.number).limit(limit)).mappings()
    return [_registry(row) for row in rows]


def add(tx: Transaction, added: Registry) -> None:
    """Raises Stale when another draft took the number."""
    try:
        with tx.savepoint():
            tx.execute(_INSERT, asdict(added))
    except IntegrityError:
        raise Stale("Someone else drafted this version.") from None


def publish(tx: Transaction, of: Registry) -> None:
    """Raises Stale."""
    draft = _its(of.name, of.number) & (registry_version.c.state == State.DRAFT)
    values = {"state": of.state, "published_at": of.published_at}
    tx.change_one(update(registry_version).where(draft).values(values))


def _its(name: str, number: int) -> Any:  # Any: a condition
    return (registry_version.c.name == name) & (registry_version.c.number == number)


def _registry(row: RowMapping) -> Registry:
    return Registry(**dict(row) | {"state": State(row["state"])})
