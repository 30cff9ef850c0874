"""Builders with sensible defaults."""

from base64 import b64encode
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from chassis import ids
from chassis.events import Event
from chassis.testing.plugin import NOON
from messaging.channels.model import Mail

PROCESS = "01900000-0000-7000-8000-000000000001"
PROPOSAL = "01900000-0000-7000-8000-000000000002"


def email(to: str = "ann@example.org", **changes: Any) -> dict[str, Any]:
    """The body of a single e-mail."""
    body = {
        "senderInfo": {"name": "City of Example", "replyTo": "office@example.org"},
        "recipientInfo": {"email": to, "name": "Ann"},
        "emailContent": {"encoding": "UTF-8", "title": "Your application", "content": "It has arrived."},
    }
    return body | changes


def batch(*recipients: Any, **changes: Any) -> dict[str, Any]:
    """The body of a batch; recipients are addresses or whole entries."""
    entries = [each if not isinstance(each, str) else {"recipientInfo": {"email": each}} for each in recipients]
    encoded = b64encode(orjson.dumps(entries)).decode()
    return email(**changes) | {"recipientInfo": {"batchEmailAsBase64": encoded}}


def mail(to: str = "ann@example.org", **changes: Any) -> Mail:
    """A mail that is ready to leave."""
    values = {"to_name": "Ann", "subject": "Hello", "text": "Text\n", "at": NOON, "sender_name": "City"}
    return Mail(**{"id": ids.new(), "to": to, **values, **changes})


def feedback_due(
    recipient: str | None = "entry-ann", participant: UUID | None = None, process: str = PROCESS, at: datetime = NOON
) -> Event:
    """A contributor is to hear the outcome."""
    participant_id = str(participant or ids.new())
    data = {"slug": "green-streets", "recipient": recipient, "language": "ca"}
    return Event(
        "engagement.feedback-due.v1",
        participant_id,
        at,
        {"processId": process, "participantId": participant_id, **data},
    )


def endorsed(recipient: str | None = "entry-ann", proposal: str = PROPOSAL, at: datetime = NOON) -> Event:
    """A participant supports a proposal."""
    data = {"processId": PROCESS, "proposalId": proposal, "endorsementId": str(ids.new()), "recipient": recipient}
    return Event("engagement.proposal-endorsed.v1", proposal, at, data)


def commented(
    recipient: str | None = "entry-ann", answered: str | None = None, proposal: str = PROPOSAL, at: datetime = NOON
) -> Event:
    """Someone commented on a proposal."""
    data = {"processId": PROCESS, "proposalId": proposal, "commentId": str(ids.new()), "position": None}
    return Event(
        "engagement.comment-posted.v1", proposal, at, data | {"recipient": recipient, "parentRecipient": answered}
    )
