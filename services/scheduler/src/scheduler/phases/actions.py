"""The story of a phase: its slot and alerts stand where engagement says, however often it says it."""

from datetime import datetime
from uuid import UUID

from chassis import ids
from chassis.database import Transaction
from scheduler.actors import ITSELF
from scheduler.alerts import actions as alerts
from scheduler.alerts.model import Kind
from scheduler.entities import store as entities
from scheduler.entities.model import Entity
from scheduler.events import store as events
from scheduler.events.model import Slot
from scheduler.log import store as log
from scheduler.log.model import Category
from scheduler.phases.model import Phase
from scheduler.wire import named

PROCESS = "participation-process"
PHASE = "participation-phase"


def follow(tx: Transaction, process_id: str, phase: Phase, *, told_at: datetime, at: datetime) -> None:
    """`told_at`: when the fact happened. Nothing moves when a later one is known."""
    entity_id = _entity(tx, process_id, at)
    slot = events.of_phase(tx, phase.id)
    if slot is None:
        slot_id = _add(tx, entity_id, phase, told_at, at)
    elif slot.told_at is None or slot.told_at <= told_at:
        slot_id = slot.id
        events.save(tx, slot.moved(phase.opens_at, phase.closes_at, told_at))
        log.record(tx, Category.EVENT_MODIFIED, named("event", slot_id), entity_id, by=ITSELF, at=at)
    else:
        return
    instants = {Kind.PHASE_OPENS: phase.opens_at, Kind.PHASE_CLOSES: phase.closes_at}
    alerts.follow(tx, slot_id, entity_id, phase.id, instants, by=ITSELF, at=at)


def _entity(tx: Transaction, process_id: str, at: datetime) -> UUID:
    known = entities.of_process(tx, process_id)
    if known is not None:
        return known
    entity = Entity(ids.new(), f"process {process_id}", PROCESS, key=process_id)
    entities.add_for_process(tx, entity)
    log.record(tx, Category.ENTITY_REGISTERED, named("entity", entity.id), entity.id, by=ITSELF, at=at)
    return entity.id


def _add(tx: Transaction, entity_id: UUID, phase: Phase, told_at: datetime, at: datetime) -> UUID:
    slot = Slot(
        id=ids.new(),
        host_entity_id=entity_id,
        name=f"phase {phase.id}",
        category=PHASE,
        starts_at=phase.opens_at,
        ends_at=phase.closes_at,
        key=phase.id,
        told_at=told_at,
    )
    events.add(tx, slot)
    log.record(tx, Category.EVENT_ADDED, named("event", slot.id), entity_id, by=ITSELF, at=at)
    return slot.id
