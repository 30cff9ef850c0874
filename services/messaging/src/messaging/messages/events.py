"""What others may know of a message: that it came to be delivered."""

from datetime import datetime
from uuid import UUID

from chassis.events import Event
from messaging.messages.model import Message


def notice_delivered(of: Message, about: UUID, at: datetime) -> Event:
    """Keyed by what the notice is about, so that whoever counts gets them in order."""
    data = {"messageId": str(of.id), "template": of.template, "about": str(about)}
    return Event("messaging.notice-delivered.v1", str(about), at, data)
