"""Every query about entities. Contacts are sealed at rest."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy import Executable, RowMapping, insert, select, update
from sqlalchemy.exc import IntegrityError

from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from scheduler.entities.model import Contact, Entity, EntityExists
from scheduler.tables import entity, slot

_PLACE = "entity.contact"
_STANDS = entity.c.removed_at.is_(None)


def find(tx: Transaction, entity_id: UUID, sealer: Sealer) -> Entity:
    """Raises NotFound."""
    row = tx.execute(select(entity).where(entity.c.id == entity_id, _STANDS)).mappings().first()
    if row is None:
        raise NotFound("There is no such entity.")
    return _entity(row, sealer)


def lock(tx: Transaction, entity_id: UUID) -> str | None:
    """Hold the host while its events are compared; its key. Raises NotFound."""
    query = select(entity.c.key).where(entity.c.id == entity_id, _STANDS).with_for_update()
    row = tx.execute(query).first()
    if row is None:
        raise NotFound("There is no such entity.")
    key: str | None = row.key
    return key


def of_process(tx: Transaction, key: str) -> UUID | None:
    """The id of the entity that stands for this process, held; None before there is one."""
    found: UUID | None = tx.execute(select(entity.c.id).where(entity.c.key == key).with_for_update()).scalar()
    return found


def page(
    tx: Transaction,
    ids: list[UUID] | None,
    name: str | None,
    category: str | None,
    after: UUID | None,
    limit: int,
    sealer: Sealer,
) -> list[Entity]:
    """Oldest first; ids are made in that order."""
    query = select(entity).where(_STANDS).order_by(entity.c.id).limit(limit)
    if ids is not None:
        query = query.where(entity.c.id.in_(ids))
    if name is not None:
        query = query.where(entity.c.name == name)
    if category is not None:
        query = query.where(entity.c.category == category)
    if after is not None:
        query = query.where(entity.c.id > after)
    return [_entity(row, sealer) for row in tx.execute(query).mappings()]


def hosts(tx: Transaction, entity_id: UUID, at: datetime) -> bool:
    """Whether an event that is not over has it as its host."""
    coming = (slot.c.host_entity_id == entity_id) & slot.c.removed_at.is_(None) & (slot.c.ends_at > at)
    return tx.execute(select(slot.c.id).where(coming).limit(1)).first() is not None


def add(tx: Transaction, added: Entity, sealer: Sealer) -> None:
    """Raises EntityExists: the unique index has the last word."""
    _settled(tx, insert(entity).values({"id": added.id, "key": added.key} | _values(added, sealer)))


def add_for_process(tx: Transaction, added: Entity) -> None:
    """One entity a process: the unique index has the last word. It has no contact of its own."""
    row = {"id": added.id, "key": added.key, "name": added.name, "category": added.category, "contact": None}
    tx.execute(insert(entity), row)


def save(tx: Transaction, changed: Entity, sealer: Sealer) -> None:
    """Raises EntityExists."""
    _settled(tx, update(entity).where(entity.c.id == changed.id).values(_values(changed, sealer)))


def remove(tx: Transaction, entity_id: UUID, at: datetime) -> None:
    """It stays for the log, and its name is free again. Raises Stale."""
    tx.change_one(update(entity).where(entity.c.id == entity_id, _STANDS).values(removed_at=at))


def _settled(tx: Transaction, statement: Executable) -> None:
    try:
        with tx.savepoint():
            tx.execute(statement)
    except IntegrityError:
        raise EntityExists("An entity of this name and category is registered.") from None


def _values(of: Entity, sealer: Sealer) -> dict[str, object]:
    known = {name: value for name, value in asdict(of.contact).items() if value is not None}
    sealed = sealer.seal(orjson.dumps(known).decode(), _PLACE) if known else None
    return {"name": of.name, "category": of.category, "contact": sealed}


def _entity(row: RowMapping, sealer: Sealer) -> Entity:
    contact = Contact(**orjson.loads(sealer.open(row["contact"], _PLACE))) if row["contact"] else Contact()
    return Entity(row["id"], row["name"], row["category"], contact, row["key"])
