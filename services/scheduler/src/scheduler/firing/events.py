"""What others may know of a firing."""

from chassis.clock import text
from chassis.events import Event
from scheduler.firing.model import Firing


def fired(of: Firing) -> Event:
    data = {"alertId": str(of.alert_id), "subject": of.subject, "kind": of.kind, "dueAt": text(of.due_at)}
    return Event("scheduler.alert-fired.v1", of.subject, of.fired_at, data)
