"""An attempt, as the log keeps it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Delivery:
    """`code` is the provider's reply. `source` is the application that asked, None when an event did."""

    id: UUID
    message_id: UUID
    attempt: int
    at: datetime
    channel: str
    status: str
    code: int | None = None
    reason: str | None = None
    source: str | None = None
    template: str | None = None
