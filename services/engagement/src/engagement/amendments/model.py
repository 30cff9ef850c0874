"""An amendment, from proposed to decided."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict, Invalid
from engagement.contributions import Channel, Kind, Status
from engagement.participants.model import REGISTERED
from engagement.processes.model import Text
from engagement.texts.model import Change, Words

AMENDMENT = Kind("amendment")
OPEN_MOST = 10  # a proposal


class State(StrEnum):
    EVALUATING = "evaluating"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    PROMOTED = "promoted"  # refused by the authors, and a proposal of its own now


class NothingChanged(Invalid):
    """An amendment changes a word at least."""


class TooManyAmendments(Conflict):
    """So many wait for the authors already."""


class AmendmentClosed(Conflict):
    """It does not wait for the authors any more, or is not theirs to promote."""


class AmendmentOutdated(Conflict):
    """The text that it changes has been changed since."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Other words, and why. A text that is left out stays the proposal's."""

    rationale: Text
    title: Text | None = None
    summary: Text | None = None
    body: Text | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """`base` is the number of the text that it changes; `reason` is the authors'."""

    id: UUID
    process_id: UUID
    proposal_id: UUID
    participant_id: UUID
    actor_key: str
    title: Text
    summary: Text | None
    body: Text | None
    rationale: Text
    base: int
    at: datetime
    channel: Channel = Channel.WEB
    ladder_step: int = REGISTERED
    status: Status = Status.COUNTED
    hidden_reason: str | None = None
    state: State = State.EVALUATING
    reason: Text | None = None
    promoted_id: UUID | None = None
    decided_at: datetime | None = None
    version: int = 1

    def words(self) -> Words:
        """What is compared word by word."""
        return {"title": self.title, "summary": self.summary, "body": self.body}

    def decided(self, outcome: State, reason: Text, at: datetime) -> "Amendment":
        """By the authors. Raises AmendmentClosed."""
        self._waiting()
        return replace(self, state=outcome, reason=reason, decided_at=at, version=self.version + 1)

    def withdrawn(self, at: datetime) -> "Amendment":
        """By whoever proposed it. Raises AmendmentClosed."""
        self._waiting()
        gone = {"state": State.WITHDRAWN, "status": Status.WITHDRAWN, "decided_at": at}
        return replace(self, version=self.version + 1, **gone)  # type: ignore[arg-type]

    def promoted(self, proposal_id: UUID) -> "Amendment":
        """A proposal of its own. Raises AmendmentClosed."""
        if self.state is not State.REJECTED or self.status is not Status.COUNTED:
            raise AmendmentClosed("Only what the authors refused becomes a proposal.")
        return replace(self, state=State.PROMOTED, promoted_id=proposal_id, version=self.version + 1)

    def hidden(self, reason: str) -> "Amendment":
        """Out of the public's sight. Raises AmendmentClosed."""
        if self.status is not Status.COUNTED:
            raise AmendmentClosed("Only what is shown can be hidden.")
        return replace(self, status=Status.HIDDEN, hidden_reason=reason, version=self.version + 1)

    def restored(self) -> "Amendment":
        """Public again. Raises AmendmentClosed."""
        if self.status is not Status.HIDDEN:
            raise AmendmentClosed("Only what is hidden can be restored.")
        return replace(self, status=Status.COUNTED, hidden_reason=None, version=self.version + 1)

    def _waiting(self) -> None:
        if self.state is not State.EVALUATING or self.status is not Status.COUNTED:
            raise AmendmentClosed("It does not wait for a decision any more.")


@dataclass(frozen=True, slots=True)
class Seen:
    """An amendment with the words that it changes, for one reader; `decides` when she is the proposal's author."""

    amendment: Amendment
    changes: list[Change]
    author: str | None
    mine: bool
    decides: bool
