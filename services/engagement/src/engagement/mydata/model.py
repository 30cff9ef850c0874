"""What a person is told of her own data."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.errors import Forbidden
from engagement.contributions import Channel, Kind, Status
from engagement.participants.model import Participant


class NotYourReceipt(Forbidden):
    """What was said with an account is erased with that account."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One of her own. `code` is its receipt's, None for a draft; `said` is what it holds, as its tool spells it."""

    kind: Kind
    id: UUID
    process_id: UUID
    channel: Channel
    ladder_step: int
    status: Status
    at: datetime
    code: str | None
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A participation with the name of its process."""

    participant: Participant
    slug: str
    title: dict[str, str]


@dataclass(frozen=True, slots=True)
class Left:
    """What became of a participation that ended: how many contributions of each kind stay counted without a name, and
    of how many the words were erased."""

    participant: Participant
    kept: dict[str, int]
    erased: int
