"""What others may know about comments. Keyed by the proposal, so that one proposal's facts stay in order."""

from datetime import datetime

from chassis.events import Event
from chassis.schemas import without_none
from engagement.comments.model import Comment


def posted(of: Comment, recipient: str | None, parent_recipient: str | None) -> Event:
    recipients = {"recipient": recipient, "parentRecipient": parent_recipient}
    return _event("comment-posted", of, of.at, commentId=str(of.id), position=of.position, **recipients)


def hidden(of: Comment, at: datetime) -> Event:
    return _moderated("contribution-hidden", of, at)


def restored(of: Comment, at: datetime) -> Event:
    return _moderated("contribution-restored", of, at)


def edited(of: Comment, at: datetime) -> Event:
    return _event("comment-edited", of, at, commentId=str(of.id))


def removed(of: Comment, at: datetime) -> Event:
    return _moderated("contribution-withdrawn", of, at)


def _moderated(fact: str, of: Comment, at: datetime) -> Event:
    position = without_none({"position": of.position})
    return _event(fact, of, at, kind="comment", contributionId=str(of.id), **position)


def _event(fact: str, of: Comment, at: datetime, **data: object) -> Event:
    ids: dict[str, object] = {"processId": str(of.process_id), "proposalId": str(of.proposal_id)}
    return Event(f"engagement.{fact}.v1", str(of.proposal_id), at, ids | data)
