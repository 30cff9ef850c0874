"""What others may know about a participation: ids alone."""

from datetime import datetime

from chassis.events import Event
from engagement.participants.model import Participant


def joined(of: Participant, at: datetime) -> Event:
    ids: dict[str, object] = {"processId": str(of.process_id), "participantId": str(of.id)}
    return Event("engagement.participant-joined.v1", str(of.id), at, ids)
