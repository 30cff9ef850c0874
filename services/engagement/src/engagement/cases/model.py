"""A contribution that waits for a moderator, and why."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engagement.contributions import Kind
from engagement.processes.model import Text
from engagement.rulebook.model import Filter, Rule

_MOST_REPORTS = 999  # that count for a place in the queue


@dataclass(frozen=True, slots=True)
class Subject:
    """The contribution that it is about, of any kind that a tool lets moderators reach."""

    kind: Kind
    id: UUID


@dataclass(frozen=True, slots=True)
class Report:
    """What one person tells the moderators. `actor_key` is her pairwise subject: she need not have joined."""

    id: UUID
    process_id: UUID
    subject: Subject
    actor_key: str
    reason: Rule
    note: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """`held_at` is None while the public sees the contribution, `settled_at` while it waits."""

    subject: Subject
    process_id: UUID
    reports: int
    severity: int
    opened_at: datetime
    held_at: datetime | None = None
    settled_at: datetime | None = None

    @property
    def key(self) -> tuple[int, datetime, UUID]:
        """What orders the queue."""
        return place(self.severity, self.reports), self.opened_at, self.subject.id


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case as moderators see it: with the text, the rules that people named and the filters that struck."""

    case: Case
    text: Text
    reasons: list[Rule]
    findings: list[Filter]


def place(severity: int, reports: int) -> int:
    """In the queue, the smaller the sooner: what does most harm, then what most people reported."""
    return -(severity * (_MOST_REPORTS + 1) + min(reports, _MOST_REPORTS))
