"""What others may know about proposals: ids and states. `recipient` is an address reference of the registry, never an
address."""

from datetime import datetime
from uuid import UUID

from chassis.events import Event
from engagement.proposals.model import Endorsement, Proposal


def published(of: Proposal, at: datetime) -> Event:
    return _event("proposal-published", of, at, channel=of.channel)


def endorsed(of: Proposal, by: Endorsement, recipient: str | None) -> Event:
    return _event("proposal-endorsed", of, by.at, endorsementId=str(by.id), recipient=recipient)


def endorsement_withdrawn(of: Proposal, endorsement_id: UUID, at: datetime) -> Event:
    return _event("endorsement-withdrawn", of, at, endorsementId=str(endorsement_id))


def hidden(of: Proposal, at: datetime, *, counted: bool) -> Event:
    """`counted`: whether it counted before."""
    return _moderated("contribution-hidden", of, at, counted)


def restored(of: Proposal, at: datetime, *, counted: bool) -> Event:
    """`counted`: whether it counts again."""
    return _moderated("contribution-restored", of, at, counted)


def invalidated(of: Proposal, at: datetime) -> Event:
    return _event("contribution-invalidated", of, at, kind="proposal", contributionId=str(of.id))


def validated(of: Proposal, at: datetime) -> Event:
    """What was found invalid counts again."""
    return _event("contribution-validated", of, at, kind="proposal", contributionId=str(of.id))


def edited(of: Proposal, at: datetime) -> Event:
    return _event("proposal-edited", of, at, textNumber=of.text_number)


def withdrawn(of: Proposal, at: datetime, *, counted: bool) -> Event:
    """`counted`: whether it counted before."""
    return _moderated("contribution-withdrawn", of, at, counted)


def _moderated(fact: str, of: Proposal, at: datetime, counted: bool) -> Event:
    return _event(fact, of, at, kind="proposal", contributionId=str(of.id), counted=counted)


def _event(fact: str, of: Proposal, at: datetime, **data: object) -> Event:
    ids: dict[str, object] = {"processId": str(of.process_id), "proposalId": str(of.id)}
    return Event(f"engagement.{fact}.v1", str(of.id), at, ids | data)
