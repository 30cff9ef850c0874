"""What others may know about appeals."""

from chassis.events import Event
from engagement.appeals.model import Appeal
from engagement.moderation.model import Author


def submitted(of: Appeal) -> Event:
    data = {"processId": str(of.process_id), "entryId": str(of.entry_id), "appealId": str(of.id)}
    return Event("engagement.appeal-submitted.v1", str(of.entry_id), of.at, data)


def decided(of: Appeal, author: Author | None) -> Event:
    """The author is to hear it. `recipient` is an address reference, never an address."""
    assert of.decided_at is not None  # noqa: S101 - only what is decided is told
    data = {
        "processId": str(of.process_id),
        "entryId": str(of.entry_id),
        "appealId": str(of.id),
        "outcome": of.state,
        "participantId": str(of.participant_id),
        "recipient": author.recipient if author else None,
        "language": author.language if author else None,
    }
    return Event("engagement.appeal-decided.v1", str(of.entry_id), of.decided_at, data)
