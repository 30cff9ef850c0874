"""A case of the help desk."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict


class Topic(StrEnum):
    """What a question is about."""

    REGISTRATION = "registration"
    SIGN_IN = "sign_in"
    PARTICIPATION = "participation"
    MY_DATA = "my_data"
    ACCESSIBILITY = "accessibility"
    OTHER = "other"


class State(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"


class CaseAnswered(Conflict):
    """Somebody answered this case."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks."""

    topic: Topic
    text: str
    language: str | None = None
    process_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """`code` opens it to whoever asked; `process_id` is None for a question about no process."""

    id: UUID
    code: str
    topic: Topic
    question: str
    asked_at: datetime
    process_id: UUID | None = None
    language: str | None = None
    state: State = State.OPEN
    answer: str | None = None
    answered_at: datetime | None = None
    answered_by: str | None = None
    version: int = 1

    def answered(self, answer: str, by: str, at: datetime) -> "Case":
        """Raises CaseAnswered."""
        if self.state is not State.OPEN:
            raise CaseAnswered("This case was answered.")
        changed = replace(self, state=State.ANSWERED, answer=answer, answered_at=at, answered_by=by)
        return replace(changed, version=self.version + 1)
