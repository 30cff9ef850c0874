"""What may be done to an alert, and when."""

from datetime import datetime

from chassis.verdict import ALLOWED, Verdict, refused
from scheduler.alerts.model import Alert, AlertPast, AlertSpent, Occasion, SlotOver, State
from scheduler.entities.model import FollowsAProcess


def may_schedule(occasion: Occasion, due_at: datetime, at: datetime) -> Verdict:
    """Before, during or after the event, but not once it is over, and only for an instant to come."""
    if occasion.key is not None:
        return refused(FollowsAProcess("This event follows a phase of a participation process."))
    if occasion.ends_at <= at:
        return refused(SlotOver("This event is over."))
    if due_at <= at:
        return refused(AlertPast("This instant has passed.", [("alert_datetime", "has passed")]))
    return ALLOWED


def may_change(occasion: Occasion, alert: Alert) -> Verdict:
    """While it waits; a fired alert is not reused."""
    if occasion.key is not None:
        return refused(FollowsAProcess("This alert follows a phase of a participation process."))
    if alert.state is not State.WAITING:
        return refused(AlertSpent("This alert has fired."))
    return ALLOWED
