"""An appeal against an act of moderation."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict, Forbidden
from engagement.moderation.model import Action, Entry

APPEALABLE = frozenset({Action.HIDE, Action.LABEL, Action.WARN})


class State(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    OVERTURNED = "overturned"


class NotTheAuthor(Forbidden):
    """Only whoever wrote it appeals."""


class AnotherModerator(Forbidden):
    """Whoever acted does not decide the appeal against it."""


class NotAppealable(Conflict):
    """This act is not one to appeal against, or the time for it is over."""


class AlreadyAppealed(Conflict):
    """An act is appealed against once."""


class AppealDecided(Conflict):
    """An appeal is decided once."""


@dataclass(frozen=True, slots=True)
class Appeal:
    """`reason` is the author's, for moderators alone; `decision` is theirs, for her. None until decided."""

    id: UUID
    entry_id: UUID
    process_id: UUID
    participant_id: UUID
    reason: str
    at: datetime
    due_at: datetime
    state: State = State.OPEN
    decided_by: str | None = None
    decision: str | None = None
    decided_at: datetime | None = None

    def decided(self, outcome: State, decision: str, by: str, at: datetime) -> "Appeal":
        """Raises AppealDecided."""
        if self.state is not State.OPEN:
            raise AppealDecided("This appeal is decided already.")
        return replace(self, state=outcome, decision=decision, decided_by=by, decided_at=at)


@dataclass(frozen=True, slots=True)
class Looked:
    """An act as one reader meets it: whether she may appeal now, and her own appeal against it; None without one."""

    entry: Entry
    may_appeal: bool
    appeal: Appeal | None
