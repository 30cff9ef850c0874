"""The door of alert schedules."""

from typing import Any

from flask import Response

from chassis.web import caller, now, ok, reading, transaction
from scheduler.actors import actor
from scheduler.alerts import actions, schemas, store
from scheduler.alerts.model import Wanted
from scheduler.wire import bare, bare_all, details, instant, maybe, maybe_instant, named

_KIND = "alert_schedule"


def schedule_alert(body: dict[str, Any]) -> Response:
    wanted = details(body, _KIND)
    slot_id, due_at = bare(wanted["event_id"]), instant(wanted["alert_datetime"], "alert_datetime")
    target = wanted.get("target_category", "both")
    with transaction() as tx:
        alert = actions.schedule(tx, slot_id, due_at, target, wanted.get("message_id"), by=actor(caller()), at=now())
    return ok(named(_KIND, alert.id))


def modify_alert_schedule(body: dict[str, Any]) -> Response:
    alert_id, wanted = bare(body["alert_schedule_id"]), details(body, _KIND)
    due_at = maybe_instant(wanted.get("alert_datetime"), "alert_datetime")
    target, message = wanted.get("target_category"), wanted.get("message_id")
    with transaction() as tx:
        actions.modify(tx, alert_id, due_at, target, message, by=actor(caller()), at=now())
    return ok(named(_KIND, alert_id))


def cancel_alert(body: dict[str, Any]) -> Response:
    alert_id = bare(body["alert_schedule_id"])
    with transaction() as tx:
        actions.cancel(tx, alert_id, by=actor(caller()), at=now())
    return ok(named(_KIND, alert_id))


def list_alert_schedules(
    alert_schedule_id: list[str] | None = None,
    event_id: str | None = None,
    entity_id: str | None = None,
    subject: str | None = None,
    from_: str | None = None,
    to: str | None = None,
    after: str | None = None,
    limit: int = 100,
) -> Response:
    wanted = Wanted(
        limit,
        bare_all(alert_schedule_id),
        maybe(event_id),
        maybe(entity_id),
        subject,
        maybe_instant(from_, "from"),
        maybe_instant(to, "to"),
        maybe(after),
    )
    with reading() as tx:
        return ok([[schemas.alert(each) for each in store.page(tx, wanted)]])
