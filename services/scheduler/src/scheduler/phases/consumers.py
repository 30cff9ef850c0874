"""What the scheduler does when engagement speaks of phases."""

from typing import Any

from chassis.clock import parse
from chassis.database import Transaction
from chassis.events import Event
from scheduler.phases import actions
from scheduler.phases.model import Phase


def on_process_approved(tx: Transaction, event: Event) -> None:
    for phase in event.data["phases"]:
        _follow(tx, event, phase)


def on_phase_rescheduled(tx: Transaction, event: Event) -> None:
    _follow(tx, event, event.data)


def _follow(tx: Transaction, event: Event, said: dict[str, Any]) -> None:
    phase = Phase(said["phaseId"], parse(said["opensAt"]), parse(said["closesAt"]))
    actions.follow(tx, event.data["processId"], phase, told_at=event.at, at=event.at)
