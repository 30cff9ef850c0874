"""A phase: when it is, what it is for, what it takes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from engagement.contributions import Kind

Text = dict[str, str]  # {language: text}


class PhaseState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class PhaseKind(StrEnum):
    """What a phase is for, as people are told."""

    INFORM = "inform"
    COLLECT = "collect"
    DISCUSS = "discuss"
    PRIORITISE = "prioritise"
    VOTE = "vote"
    EVALUATE = "evaluate"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Phase:
    """A span of time in which some kinds of contribution are taken."""

    id: UUID
    title: Text
    opens_at: datetime
    closes_at: datetime
    accepts: frozenset[Kind]
    state: PhaseState = PhaseState.PLANNED
    kind: PhaseKind = PhaseKind.COLLECT
    may_overlap: bool = False
    grace_minutes: int = 0  # in which what was begun before the end is still taken
    hides_results: bool = False  # from the public, until the phase has closed
    announcement: Text | None = None

    @property
    def ends_at(self) -> datetime:
        """From when on nothing is taken any more."""
        return self.closes_at + timedelta(minutes=self.grace_minutes)

    def takes(self, kind: Kind, at: datetime) -> bool:
        """By the instants alone: what was received before the end counts, whatever the scheduler is late by."""
        return self.opens_at <= at < self.ends_at and kind in self.accepts
