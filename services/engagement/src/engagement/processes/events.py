"""What others may know about a process."""

from datetime import datetime

from chassis.clock import text
from chassis.events import Event
from engagement.phases.model import Phase, PhaseState
from engagement.processes.model import Process


def drafted(of: Process) -> Event:
    return Event("engagement.process-drafted.v1", str(of.id), of.created_at, {"processId": str(of.id), "slug": of.slug})


def review_requested(of: Process, at: datetime) -> Event:
    return _event("process-review-requested", of, at)


def approved(of: Process, at: datetime) -> Event:
    return _event("process-approved", of, at, phases=[_phase(phase) for phase in of.phases])


def phase_rescheduled(of: Process, moved: Phase, at: datetime) -> Event:
    return _event("phase-rescheduled", of, at, **_phase(moved))


def phase_opened(of: Process, opened: Phase, at: datetime) -> Event:
    return _event("phase-opened", of, at, phaseId=str(opened.id))


def phase_closed(of: Process, closed: Phase, at: datetime) -> Event:
    last = all(phase.state is PhaseState.CLOSED for phase in of.phases)
    return _event("phase-closed", of, at, phaseId=str(closed.id), last=last)


def phase_announced(of: Process, phase: Phase, at: datetime) -> Event:
    return _event("phase-announced", of, at, phaseId=str(phase.id))


def cancelled(of: Process, at: datetime) -> Event:
    return _event("process-cancelled", of, at)


def monitored(of: Process, at: datetime) -> Event:
    return _event("process-monitored", of, at)


def archived(of: Process, at: datetime) -> Event:
    return _event("process-archived", of, at)


def _event(fact: str, of: Process, at: datetime, **data: object) -> Event:
    return Event(f"engagement.{fact}.v1", str(of.id), at, {"processId": str(of.id), **data})


def _phase(of: Phase) -> dict[str, object]:
    """Its end is told with the grace: the scheduler rings when nothing is taken any more."""
    return {"phaseId": str(of.id), "opensAt": text(of.opens_at), "closesAt": text(of.ends_at)}
