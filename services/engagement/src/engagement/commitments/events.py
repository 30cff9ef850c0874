"""What others may know about commitments."""

from datetime import datetime

from chassis.events import Event
from engagement.commitments.model import Commitment


def made(of: Commitment) -> Event:
    return _event("commitment-made", of, of.created_at)


def updated(of: Commitment, at: datetime) -> Event:
    return _event("commitment-updated", of, at)


def _event(fact: str, of: Commitment, at: datetime) -> Event:
    data = {
        "processId": str(of.process_id),
        "commitmentId": str(of.id),
        "proposalId": str(of.promise.proposal_id) if of.promise.proposal_id else None,
        "status": of.status,
        "progress": of.progress,
    }
    return Event(f"engagement.{fact}.v1", str(of.id), at, data)
