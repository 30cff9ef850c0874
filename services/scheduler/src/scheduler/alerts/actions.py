"""The stories of an alert: schedule, modify, cancel, and move those of a phase."""

from datetime import datetime
from uuid import UUID

from chassis import ids
from chassis.database import Transaction
from scheduler.actors import Actor
from scheduler.alerts import policy, store
from scheduler.alerts.model import Alert, AlertSpent, Kind, move
from scheduler.log import store as log
from scheduler.log.model import Category
from scheduler.wire import named


def schedule(
    tx: Transaction,
    slot_id: UUID,
    due_at: datetime,
    target_category: str,
    message_id: str | None,
    *,
    by: Actor,
    at: datetime,
) -> Alert:
    """Raises NotFound, SlotOver, AlertPast, FollowsAProcess."""
    occasion = store.occasion(tx, slot_id)
    policy.may_schedule(occasion, due_at, at).require()
    alert = Alert(ids.new(), slot_id, str(slot_id), Kind.EVENT_ALERT, due_at, target_category, message_id)
    _add(tx, alert, occasion.entity_id, by=by, at=at)
    return alert


def modify(
    tx: Transaction,
    alert_id: UUID,
    due_at: datetime | None,
    target_category: str | None,
    message_id: str | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """What is None stays. Raises NotFound, AlertSpent, AlertPast, SlotOver, FollowsAProcess."""
    alert = store.find(tx, alert_id)
    occasion = store.occasion(tx, alert.slot_id)
    policy.may_change(occasion, alert).require()
    changed = alert.modified(due_at, target_category, message_id)
    policy.may_schedule(occasion, changed.due_at, at).require()
    store.save(tx, changed)
    log.record(tx, Category.ALERT_MODIFIED, named("alert_schedule", alert.id), occasion.entity_id, by=by, at=at)


def cancel(tx: Transaction, alert_id: UUID, *, by: Actor, at: datetime) -> None:
    """Raises NotFound, AlertSpent, FollowsAProcess."""
    alert = store.find(tx, alert_id)
    occasion = store.occasion(tx, alert.slot_id)
    policy.may_change(occasion, alert).require()
    if not _cancel(tx, [alert.id], occasion.entity_id, by=by, at=at):
        raise AlertSpent("This alert has fired.")


def cancel_all(tx: Transaction, slot_id: UUID, entity_id: UUID, *, by: Actor, at: datetime) -> None:
    """A slot is removed, and with it what has not fired."""
    _cancel(tx, [alert.id for alert in store.of_slot(tx, slot_id)], entity_id, by=by, at=at)


def follow(
    tx: Transaction,
    slot_id: UUID,
    entity_id: UUID,
    phase_id: str,
    instants: dict[Kind, datetime],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Put the alerts of a phase at its instants; said twice, nothing changes the second time."""
    known = store.of_slot(tx, slot_id)
    for kind, due_at in instants.items():
        moved = move(known, kind, due_at)
        _cancel(tx, [alert.id for alert in moved.cancelled], entity_id, by=by, at=at)
        if moved.new:
            _add(tx, Alert(ids.new(), slot_id, phase_id, kind, due_at), entity_id, by=by, at=at)


def _add(tx: Transaction, alert: Alert, entity_id: UUID, *, by: Actor, at: datetime) -> None:
    store.add(tx, alert)
    log.record(tx, Category.ALERT_SCHEDULED, named("alert_schedule", alert.id), entity_id, by=by, at=at)


def _cancel(tx: Transaction, alert_ids: list[UUID], entity_id: UUID, *, by: Actor, at: datetime) -> int:
    """How many still waited."""
    cancelled = store.cancel(tx, alert_ids)
    for alert_id in cancelled:
        log.record(tx, Category.ALERT_CANCELLED, named("alert_schedule", alert_id), entity_id, by=by, at=at)
    return len(cancelled)
