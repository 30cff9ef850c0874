"""What others may know about a participation: ids alone."""

from datetime import datetime

from chassis.events import Event
from engagement.participants.model import Participant


def joined(of: Participant, at: datetime) -> Event:
    return _event("participant-joined", of, at)


def withdrawn(of: Participant, at: datetime) -> Event:
    return _event("participant-withdrawn", of, at)


def _event(fact: str, of: Participant, at: datetime) -> Event:
    ids: dict[str, object] = {"processId": str(of.process_id), "participantId": str(of.id)}
    return Event(f"engagement.{fact}.v1", str(of.id), at, ids)
