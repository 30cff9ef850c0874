"""A task and what can happen to it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict


class State(StrEnum):
    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class CompletedByEvent(Conflict):
    """A fact of the engagement block completes this task."""


class TaskNotOpen(Conflict):
    """It was completed or cancelled before."""


TITLES = {  # of the tasks that follow a participation process, by element
    "approve": {"en": "Approve the process", "ca": "Aprovar el procés", "ar": "الموافقة على العملية"},
    "verify": {
        "en": "Verify and seal the input",
        "ca": "Verificar i segellar les aportacions",
        "ar": "التحقق من المساهمات وختمها",
    },
    "decide": {
        "en": "Decide and publish the decisions",
        "ca": "Decidir i publicar les decisions",
        "ar": "اتخاذ القرارات ونشرها",
    },
}


@dataclass(frozen=True, slots=True)
class Task:
    """`element` is its place in the definition and its kind on the wire; `process_id` the participation process that
    its instance follows, None for other instances."""

    id: UUID
    instance_id: UUID
    process_id: UUID | None
    element: str
    name: str
    lane: str | None
    opened_at: datetime
    state: State = State.OPEN
    completed_at: datetime | None = None

    @property
    def follows(self) -> bool:
        """Whether a fact of the engagement block completes it."""
        return self.process_id is not None and self.element in TITLES

    @property
    def title(self) -> dict[str, str]:
        """By language; a deployed definition has one name, in the language of its author."""
        return TITLES[self.element] if self.follows else {"und": self.name}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tasks; None asks for all."""

    limit: int
    state: State | None = None
    element: str | None = None
    process_id: UUID | None = None
    before: UUID | None = None
