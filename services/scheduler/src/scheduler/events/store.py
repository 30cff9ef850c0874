"""Every query about slots."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, insert, select, update

from chassis.database import Transaction
from chassis.errors import NotFound
from scheduler.events.model import Slot, Wanted
from scheduler.tables import slot

_STANDS = slot.c.removed_at.is_(None)
_COLUMNS = [column for column in slot.c if column.name != "removed_at"]


def find(tx: Transaction, slot_id: UUID) -> Slot:
    """Raises NotFound."""
    row = tx.execute(select(*_COLUMNS).where(slot.c.id == slot_id, _STANDS)).mappings().first()
    if row is None:
        raise NotFound("There is no such event.")
    return _slot(row)


def of_phase(tx: Transaction, key: str) -> Slot | None:
    """The slot that follows this phase, held; None before there is one."""
    row = tx.execute(select(*_COLUMNS).where(slot.c.key == key).with_for_update()).mappings().first()
    return _slot(row) if row else None


def at_the_same_time(tx: Transaction, as_: Slot) -> list[Slot]:
    """Of the same host and name, what has an instant in common; one is enough to refuse."""
    same = (slot.c.host_entity_id == as_.host_entity_id) & (slot.c.name == as_.name) & _STANDS
    meets = (slot.c.starts_at < as_.ends_at) & (slot.c.ends_at > as_.starts_at) & (slot.c.id != as_.id)
    return [_slot(row) for row in tx.execute(select(*_COLUMNS).where(same, meets).limit(1)).mappings()]


def page(tx: Transaction, wanted: Wanted) -> list[Slot]:
    """Oldest first; ids are made in that order."""
    query = select(*_COLUMNS).where(_STANDS).order_by(slot.c.id).limit(wanted.limit)
    if wanted.ids is not None:
        query = query.where(slot.c.id.in_(wanted.ids))
    if wanted.name is not None:
        query = query.where(slot.c.name == wanted.name)
    if wanted.category is not None:
        query = query.where(slot.c.category == wanted.category)
    if wanted.host_entity_id is not None:
        query = query.where(slot.c.host_entity_id == wanted.host_entity_id)
    if wanted.since is not None:
        query = query.where(slot.c.ends_at > wanted.since)
    if wanted.until is not None:
        query = query.where(slot.c.starts_at < wanted.until)
    if wanted.after is not None:
        query = query.where(slot.c.id > wanted.after)
    return [_slot(row) for row in tx.execute(query).mappings()]


def add(tx: Transaction, added: Slot) -> None:
    """A new slot."""
    tx.execute(insert(slot).values(asdict(added)))


def save(tx: Transaction, changed: Slot) -> None:
    """Raises Stale when it was removed meanwhile."""
    values = {name: value for name, value in asdict(changed).items() if name not in ("id", "key")}
    tx.change_one(update(slot).where(slot.c.id == changed.id, _STANDS).values(values))


def remove(tx: Transaction, slot_id: UUID, at: datetime) -> None:
    """It stays for the log and its alerts. Raises Stale."""
    tx.change_one(update(slot).where(slot.c.id == slot_id, _STANDS).values(removed_at=at))


def _slot(row: RowMapping) -> Slot:
    return Slot(**row)
