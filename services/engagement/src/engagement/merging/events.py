"""What others may know about merging. `recipient` is an address reference, never an address."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from chassis.events import Event
from engagement.merging.model import Supporter
from engagement.proposals.model import Proposal


def merged(into: Proposal, originals: Iterable[UUID], at: datetime) -> Event:
    data = {**_about(into), "originalIds": [str(each) for each in originals]}
    return Event("engagement.proposals-merged.v1", str(into.id), at, data)


def notice_due(into: Proposal, to: Supporter, at: datetime) -> Event:
    """She is asked whether her support goes along."""
    who = {"participantId": str(to.participant_id), "recipient": to.recipient, "language": to.language}
    return Event("engagement.merge-notice-due.v1", str(into.id), at, _about(into) | who)


def _about(of: Proposal) -> dict[str, object]:
    return {"processId": str(of.process_id), "proposalId": str(of.id)}
