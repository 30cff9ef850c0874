"""The stories of an entity: register, modify, remove."""

from datetime import datetime
from uuid import UUID

from chassis import ids
from chassis.database import Transaction
from chassis.sealing import Sealer
from scheduler.actors import Actor
from scheduler.entities import policy, store
from scheduler.entities.model import Contact, Entity
from scheduler.log import store as log
from scheduler.log.model import Category
from scheduler.wire import named


def register(
    tx: Transaction, name: str, category: str, contact: Contact, *, by: Actor, at: datetime, sealer: Sealer
) -> Entity:
    """Raises EntityExists."""
    entity = Entity(ids.new(), name, category, contact)
    store.add(tx, entity, sealer)
    log.record(tx, Category.ENTITY_REGISTERED, named("entity", entity.id), entity.id, by=by, at=at)
    return entity


def modify(
    tx: Transaction, entity_id: UUID, changes: dict[str, str], *, by: Actor, at: datetime, sealer: Sealer
) -> None:
    """`changes` are name, category, phone, email, website; what is not named stays. Raises NotFound, EntityExists,
    FollowsAProcess."""
    entity = store.find(tx, entity_id, sealer)
    policy.may_modify(entity).require()
    contact = {name: value for name, value in changes.items() if name not in ("name", "category")}
    store.save(tx, entity.modified(changes.get("name"), changes.get("category"), contact), sealer)
    log.record(tx, Category.ENTITY_MODIFIED, named("entity", entity.id), entity.id, by=by, at=at)


def remove(tx: Transaction, entity_id: UUID, *, by: Actor, at: datetime, sealer: Sealer) -> None:
    """Raises NotFound, EntityInUse, FollowsAProcess."""
    store.lock(tx, entity_id)
    entity = store.find(tx, entity_id, sealer)
    policy.may_remove(entity, hosts=store.hosts(tx, entity_id, at)).require()
    store.remove(tx, entity_id, at)
    log.record(tx, Category.ENTITY_REMOVED, named("entity", entity.id), entity.id, by=by, at=at)
