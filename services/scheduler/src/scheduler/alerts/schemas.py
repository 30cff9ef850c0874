"""Alert schedules on the wire, with the standard's spelling."""

from typing import Any

from chassis.clock import text
from chassis.schemas import without_none
from scheduler.alerts.model import Shown
from scheduler.wire import named


def alert(of: Shown) -> dict[str, Any]:
    its = of.alert
    details = {
        "event_id": named("event", its.slot_id),
        "entity_id": named("entity", of.entity_id),
        "target_category": its.target_category,
        "message_id": its.message_id,
        "alert_datetime": text(its.due_at),
        "subject": its.subject,
        "kind": its.kind,
        "state": its.state,
        "fired_at": text(of.fired_at) if of.fired_at else None,
    }
    return {"alert_schedule_id": named("alert_schedule", its.id), "details": without_none(details)}
