"""A firing: an alert whose instant has come."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Firing:
    """`subject` and `kind` are the alert's."""

    alert_id: UUID
    entity_id: UUID
    subject: str
    kind: str
    due_at: datetime
    fired_at: datetime

    @property
    def lateness_seconds(self) -> float:
        """Never below zero: what fires has been due."""
        return max((self.fired_at - self.due_at).total_seconds(), 0.0)
