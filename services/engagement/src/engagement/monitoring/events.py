"""What others may know about participation: that it is low, and why."""

from datetime import datetime

from chassis.events import Event
from engagement.monitoring.model import Alert
from engagement.processes.model import Process


def participation_low(of: Process, alert: Alert, at: datetime) -> Event:
    data: dict[str, object] = {
        "processId": str(of.id),
        "slug": of.slug,
        "reason": alert.reason,
        "participants": alert.participants,
        "expected": alert.expected,
    }
    return Event("engagement.participation-low.v1", str(of.id), at, data)
