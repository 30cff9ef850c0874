"""What others may know about thresholds."""

from chassis.events import Event
from engagement.thresholds.model import Reached


def reached(of: Reached, recipient: str | None) -> Event:
    """`recipient` is the author's address reference; None without one."""
    ids = {"processId": str(of.process_id), "proposalId": str(of.proposal_id)}
    data: dict[str, object] = {**ids, "needed": of.needed, "counted": of.counted, "recipient": recipient}
    return Event("engagement.threshold-reached.v1", str(of.proposal_id), of.at, data)
