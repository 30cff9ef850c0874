"""Activity that no digest has told yet."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Activity:
    """What happened around one proposal, for one recipient."""

    recipient: str
    proposal_id: UUID
    endorsements: int
    comments: int
    replies: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Digest:
    """One recipient's activity, newest first."""

    recipient: str
    activities: tuple[Activity, ...]


def grouped(activities: list[Activity]) -> list[Digest]:
    """A digest a recipient, in the order of the recipients' references."""
    by_recipient: dict[str, list[Activity]] = {}
    for each in sorted(activities, key=lambda each: each.recipient):
        by_recipient.setdefault(each.recipient, []).append(each)
    newest_first = {
        recipient: tuple(sorted(theirs, key=lambda each: each.last_at, reverse=True))
        for recipient, theirs in by_recipient.items()
    }
    return [Digest(recipient, theirs) for recipient, theirs in newest_first.items()]
