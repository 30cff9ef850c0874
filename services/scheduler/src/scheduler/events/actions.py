"""The stories of a slot: add, modify, remove."""

from datetime import datetime
from itertools import repeat
from typing import Any
from uuid import UUID

from chassis import ids
from chassis.database import Transaction
from scheduler.actors import Actor
from scheduler.alerts import actions as alerts
from scheduler.entities import store as entities
from scheduler.events import policy, store
from scheduler.events.model import NewSlots, Slot
from scheduler.log import store as log
from scheduler.log.model import Category
from scheduler.wire import named


def add(tx: Transaction, wanted: NewSlots, *, by: Actor, at: datetime) -> list[Slot]:
    """All of them or none. Raises NotFound, SlotOver, SlotOrder, SlotOverlap, FollowsAProcess."""
    host_key = entities.lock(tx, wanted.host_entity_id)
    slots = wanted.slots(ids.new() for _ in repeat(None))
    for slot in slots:
        policy.may_add(slot, host_key, at).require()
        policy.fits(slot, store.at_the_same_time(tx, slot)).require()
        store.add(tx, slot)
        log.record(tx, Category.EVENT_ADDED, named("event", slot.id), slot.host_entity_id, by=by, at=at)
    return slots


def modify(tx: Transaction, slot_id: UUID, changes: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """What is not named stays. Raises NotFound, SlotOver, SlotOrder, SlotOverlap, FollowsAProcess."""
    host = changes.get("host_entity_id") or store.find(tx, slot_id).host_entity_id
    host_key = entities.lock(tx, host)
    slot = store.find(tx, slot_id)
    policy.may_change(slot, at).require()
    changed = slot.modified(changes)
    policy.may_add(changed, host_key, at).require()
    policy.fits(changed, store.at_the_same_time(tx, changed)).require()
    store.save(tx, changed)
    log.record(tx, Category.EVENT_MODIFIED, named("event", slot.id), changed.host_entity_id, by=by, at=at)


def remove(tx: Transaction, slot_id: UUID, *, by: Actor, at: datetime) -> None:
    """Its alerts that wait go with it. Raises NotFound, SlotOver, FollowsAProcess."""
    slot = store.find(tx, slot_id)
    policy.may_change(slot, at).require()
    store.remove(tx, slot_id, at)
    alerts.cancel_all(tx, slot_id, slot.host_entity_id, by=by, at=at)
    log.record(tx, Category.EVENT_REMOVED, named("event", slot.id), slot.host_entity_id, by=by, at=at)
