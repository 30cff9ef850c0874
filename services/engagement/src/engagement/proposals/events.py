"""What others may know about proposals: ids and states. `recipient` is an address reference of the registry, never an
address."""

from datetime import datetime

from chassis.events import Event
from engagement.proposals.model import Endorsement, Proposal


def published(of: Proposal, at: datetime) -> Event:
    return _event("proposal-published", of, at, channel=of.channel)


def endorsed(of: Proposal, by: Endorsement, recipient: str | None) -> Event:
    return _event("proposal-endorsed", of, by.at, endorsementId=str(by.id), recipient=recipient)


def endorsement_withdrawn(of: Proposal, at: datetime) -> Event:
    return _event("endorsement-withdrawn", of, at)


def hidden(of: Proposal, at: datetime) -> Event:
    return _event("contribution-hidden", of, at, kind="proposal", contributionId=str(of.id))


def restored(of: Proposal, at: datetime) -> Event:
    return _event("contribution-restored", of, at, kind="proposal", contributionId=str(of.id))


def _event(fact: str, of: Proposal, at: datetime, **data: object) -> Event:
    ids: dict[str, object] = {"processId": str(of.process_id), "proposalId": str(of.id)}
    return Event(f"engagement.{fact}.v1", str(of.id), at, ids | data)
