"""What others may know about moderation: which act concerns whom. `recipient` is an address reference, never an
address."""

from datetime import datetime

from chassis.events import Event
from engagement.moderation.model import Author, Entry


def notice_due(of: Entry, author: Author, at: datetime) -> Event:
    """The author is to hear what was done, by which rule, and how to appeal."""
    data = {
        "processId": str(of.process_id),
        "entryId": str(of.id),
        "kind": of.subject.kind,
        "contributionId": str(of.subject.id),
        "action": of.action,
        "rule": of.rule,
        "participantId": str(author.participant_id),
        "recipient": author.recipient,
        "language": author.language,
    }
    return Event("engagement.moderation-notice-due.v1", str(of.subject.id), at, data)
