"""A message from acceptance to its end."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from uuid import UUID

from chassis import ids
from chassis.errors import Invalid, TooMany
from messaging.channels.model import Outcome, Result
from messaging.templates.model import Item

LIFETIME = timedelta(hours=24)  # after the first attempt (GovStack messaging 5.1.24: longer than a day is failed)
DUPLICATE_WINDOW = timedelta(hours=24)
FARTHEST_AHEAD = timedelta(days=30)
_FIRST_WAIT_SECONDS = 2
_LONGEST_WAIT_SECONDS = 900


class Status(StrEnum):
    """GovStack's, in its spelling."""

    SCHEDULED = "scheduled"
    PROCESSING = "processing"
    DEFERRED = "deferred"
    BOUNCED = "bounced"
    NOT_SENT = "notSent"
    DELIVERED = "delivered"


SETTLED = (Status.BOUNCED, Status.NOT_SENT, Status.DELIVERED)
OPEN = (Status.SCHEDULED, Status.PROCESSING, Status.DEFERRED)


class Priority(IntEnum):
    EMERGENCY = 0
    ORDINARY = 1


class UnusableLetter(Invalid):
    """An address, a name or the time of sending is missing or malformed."""


class UnreadableBatch(Invalid):
    """A batch is Base64 of a JSON list of recipients."""


class CallbackNotMade(Invalid):
    """This block calls nobody whom a request names."""


class QuotaExceeded(TooMany):
    """The application handed in too many messages in a minute."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What an application wrote. `to` is None when the recipient is an address reference. `unsubscribe` is where one
    POST ends further letters."""

    to: str | None
    to_name: str
    subject: str
    text: str
    sender_name: str | None = None
    reply_to: str | None = None
    copies: tuple[str, ...] = ()
    hidden_copies: tuple[str, ...] = ()
    unsubscribe: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What goes into the message's template: where to read more, as a path of the portal, or a list of such places."""

    path: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """`once` is what no second message may be about. `content` is None once the message is settled."""

    id: UUID
    content: Letter | Notice | None
    accepted_at: datetime
    due_at: datetime
    expires_at: datetime | None = None
    request_id: UUID | None = None
    event_id: UUID | None = None
    once: str | None = None
    template: str | None = None
    about: UUID | None = None
    recipient: str | None = None
    language: str | None = None
    priority: Priority = Priority.ORDINARY
    status: Status = Status.SCHEDULED
    reason: str | None = None
    attempts: int = 0
    settled_at: datetime | None = None

    def after(self, outcome: Outcome, at: datetime) -> "Message":
        """The message after an attempt: settled, or waiting longer each time until its day is over."""
        if outcome.result is not Result.DEFERRED:
            return self._settled(Status(outcome.result), outcome.reason, at)
        ends_at = self.expires_at or at + LIFETIME
        if at >= ends_at:
            return self._settled(Status.NOT_SENT, "expired", at)
        wait = min(_FIRST_WAIT_SECONDS * 2 ** min(self.attempts - 1, 16), _LONGEST_WAIT_SECONDS)
        due_at = min(at + timedelta(seconds=wait), ends_at)
        return replace(self, status=Status.DEFERRED, reason=outcome.reason, due_at=due_at)

    def _settled(self, status: Status, reason: str | None, at: datetime) -> "Message":
        return replace(self, status=status, reason=reason, settled_at=at, content=None)


@dataclass(frozen=True, slots=True)
class Request:
    """What an application asked for at once: one letter, or a batch of them."""

    id: UUID
    application: str
    mhash: str
    messages: int
    accepted_at: datetime

    @property
    def fingerprint(self) -> str:
        """The same request on the same day is the same row."""
        return f"{self.mhash} {self.accepted_at:%Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class Wish:
    """A request as it came in, read. `send_at` is None for now."""

    letters: tuple[Letter, ...]
    recipients: tuple[str | None, ...]  # address references, one a letter; None where the letter has the address
    priority: Priority
    send_at: datetime | None


def message(content: Letter | Notice, at: datetime, due_at: datetime | None = None) -> Message:
    """A new message that waits; `due_at` None means at once."""
    return Message(ids.new(), content, accepted_at=at, due_at=due_at or at)
