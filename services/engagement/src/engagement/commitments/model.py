"""A commitment, its parts and its milestones."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict, Invalid
from engagement.criteria.model import Found
from engagement.evaluation.model import CostWithoutCurrency, Decided
from engagement.processes.model import Text

DEEPEST = 2  # levels under a whole
OVERDUE = timedelta(days=14)


class Status(StrEnum):
    PLANNED = "planned"
    STARTED = "started"
    DELAYED = "delayed"
    DONE = "done"
    DROPPED = "dropped"


class TooDeep(Conflict):
    """A commitment has parts, and those have parts, but no deeper."""


class DroppedWithoutReason(Invalid):
    """What is dropped owes a reason."""


class DueBeforeStart(Invalid):
    """It is due when it starts, or later."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What an institution promises. `weight` counts among the parts of the whole; money is in whole units."""

    title: Text
    office: str
    due_on: date
    description: Text | None = None
    proposal_id: UUID | None = None
    parent_id: UUID | None = None
    starts_on: date | None = None
    weight: int = 1
    budget: int | None = None
    currency: str | None = None

    def sound(self) -> "Promise":
        """The same promise. Raises DueBeforeStart, CostWithoutCurrency."""
        if self.starts_on is not None and self.due_on < self.starts_on:
            raise DueBeforeStart("It is due before it starts.", [("/dueOn", "is before the start")])
        if (self.budget is None) != (self.currency is None):
            raise CostWithoutCurrency("A budget needs its currency.", [("/currency", "stands with a budget")])
        return self


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is now, as its office reports it."""

    status: Status
    progress: int
    due_on: date
    spent: int | None = None
    dropped_reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """`progress` is percent, as reported; of a whole with parts see `Branch`."""

    id: UUID
    process_id: UUID
    promise: Promise
    created_at: datetime
    updated_at: datetime
    status: Status = Status.PLANNED
    progress: int = 0
    spent: int | None = None
    dropped_reason: Text | None = None
    version: int = 1

    def reported(self, step: Step, at: datetime) -> "Commitment":
        """Raises DroppedWithoutReason, DueBeforeStart."""
        if step.status is Status.DROPPED and not step.dropped_reason:
            raise DroppedWithoutReason("Say why it is dropped.", [("/droppedReason", "is missing")])
        return replace(
            self,
            promise=replace(self.promise, due_on=step.due_on).sound(),
            status=step.status,
            progress=100 if step.status is Status.DONE else step.progress,
            spent=self.spent if step.spent is None else step.spent,
            dropped_reason=step.dropped_reason if step.status is Status.DROPPED else None,
            updated_at=at,
            version=self.version + 1,
        )

    def is_overdue(self, today: date) -> bool:
        """More than two weeks after it was due, and neither done nor dropped."""
        return self.status not in (Status.DONE, Status.DROPPED) and today > self.promise.due_on + OVERDUE


@dataclass(frozen=True, slots=True)
class Branch:
    """A commitment with its parts, in the order in which they were made."""

    commitment: Commitment
    parts: tuple["Branch", ...] = ()

    @property
    def progress(self) -> int:
        """Percent: of a whole, the mean of its parts by their weights; parts that were dropped do not count."""
        counted = [each for each in self.parts if each.commitment.status is not Status.DROPPED]
        if not counted:
            return self.commitment.progress
        weights = sum(each.commitment.promise.weight for each in counted)
        return round(sum(each.progress * each.commitment.promise.weight for each in counted) / weights)


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that was reached."""

    id: UUID
    commitment_id: UUID
    reached_on: date
    words: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class Trace:
    """The way of a proposal as the public may see it; None for what is not there yet."""

    proposal_id: UUID
    found: Found | None
    decided: Decided | None
    commitments: tuple[Branch, ...]


def branches(wholes: Iterable[Commitment], below: Iterable[Commitment]) -> list[Branch]:
    """Wholes with everything below them."""
    children: dict[UUID | None, list[Commitment]] = {}
    for each in below:
        children.setdefault(each.promise.parent_id, []).append(each)

    def grown(of: Commitment) -> Branch:
        return Branch(of, tuple(map(grown, children.get(of.id, ()))))

    return list(map(grown, wholes))
