"""What others may know about amendments. Keyed by the proposal, so that one proposal's facts stay in order."""

from datetime import datetime

from chassis.events import Event
from engagement.amendments.model import Amendment


def proposed(of: Amendment, recipient: str | None) -> Event:
    return _event("amendment-proposed", of, of.at, amendmentId=str(of.id), recipient=recipient)


def decided(of: Amendment, recipient: str | None, at: datetime) -> Event:
    return _event("amendment-decided", of, at, amendmentId=str(of.id), outcome=of.state, recipient=recipient)


def withdrawn(of: Amendment, at: datetime) -> Event:
    return _moderated("contribution-withdrawn", of, at)


def hidden(of: Amendment, at: datetime) -> Event:
    return _moderated("contribution-hidden", of, at)


def restored(of: Amendment, at: datetime) -> Event:
    return _moderated("contribution-restored", of, at)


def _moderated(fact: str, of: Amendment, at: datetime) -> Event:
    return _event(fact, of, at, kind="amendment", contributionId=str(of.id))


def _event(fact: str, of: Amendment, at: datetime, **data: object) -> Event:
    ids: dict[str, object] = {"processId": str(of.process_id), "proposalId": str(of.proposal_id)}
    return Event(f"engagement.{fact}.v1", str(of.proposal_id), at, ids | data)
