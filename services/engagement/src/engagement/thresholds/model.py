"""A threshold that a proposal reached."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Reached:
    """`needed` and `counted` are supporters; the latter when it was noticed."""

    proposal_id: UUID
    process_id: UUID
    needed: int
    counted: int
    at: datetime
