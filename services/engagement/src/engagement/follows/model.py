"""A follow, and what is new in a process."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from engagement.processes.model import Text

ASKED_AGAIN_AFTER = timedelta(hours=1)
UNCONFIRMED_KEPT = timedelta(days=7)


class NewsKind(StrEnum):
    """What happened."""

    PROPOSAL = "proposal"
    ANSWER = "answer"
    PHASE_OPENED = "phase_opened"
    PHASE_CLOSED = "phase_closed"


@dataclass(frozen=True, slots=True)
class Follow:
    """`confirmed_at` is None until the address has answered; news up to `told_until` were told."""

    id: UUID
    process_id: UUID
    address: str
    address_digest: str
    language: str | None
    told_until: datetime
    at: datetime
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened in a process, with the title of what it is about."""

    kind: NewsKind
    id: UUID
    title: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A follower whose period is over, and how much is new since then."""

    id: UUID
    proposals: int
    answers: int
    phases: int

    @property
    def is_worth_a_letter(self) -> bool:
        return bool(self.proposals or self.answers or self.phases)
