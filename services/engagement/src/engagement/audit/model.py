"""What an official did."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Audited:
    """`about` is the id of what was acted on; `by` the official's subject here."""

    id: UUID
    action: str
    about: str
    by: str
    reason: str | None
    at: datetime
