"""A mail that was caught."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from uuid import UUID

from chassis.errors import NotFound

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class CatcherOff(NotFound):
    """No mails are caught here, or not for whoever asks."""


@dataclass(frozen=True, slots=True)
class Caught:
    """`recipient` is a keyed digest of the addresses; `mail` as it came over the wire."""

    id: UUID
    message_id: str
    template: str | None
    recipient: str
    mail: bytes
    at: datetime

    @property
    def subject(self) -> str:
        return str(read(self.mail)["Subject"] or "")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person reads of a mail."""

    sender: str
    to: str
    subject: str
    language: str
    text: str


def read(mail: bytes) -> EmailMessage:
    """The mail, decoded."""
    return message_from_bytes(mail, policy=default)


def shown(mail: bytes) -> Shown:
    """The mail as its recipient would see it."""
    message = read(mail)
    body = message.get_body(("plain",))
    return Shown(
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        language=str(message["Content-Language"] or "en"),
        text=body.get_content() if isinstance(body, EmailMessage) else "",
    )
