"""An act of moderation, and the chain that acts stand in."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

import orjson

from chassis.errors import Conflict
from engagement.cases.model import Subject
from engagement.processes.model import Text
from engagement.rulebook.model import Rule


class Action(StrEnum):
    """What is done to a contribution: `hold` by the number of reports or by a filter, the rest by moderators."""

    HIDE = "hide"
    RESTORE = "restore"
    KEEP = "keep"
    HOLD = "hold"
    LABEL = "label"
    UNLABEL = "unlabel"
    WARN = "warn"


class AlreadyReported(Conflict):
    """One person reports a contribution once."""


class NothingWaits(Conflict):
    """Only what waits for a moderator is kept."""


class NotLabelled(Conflict):
    """There is no context to take away."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """By which rule a moderator acts, and why; the public reads both."""

    rule: Rule
    reason: str


@dataclass(frozen=True, slots=True)
class Context:
    """Words that stand beside a contribution, and the address of what they rest on."""

    words: Text
    source: str


@dataclass(frozen=True, slots=True)
class Label:
    """Context that a moderator added to a contribution."""

    id: UUID
    process_id: UUID
    subject: Subject
    entry_id: UUID
    context: Context
    at: datetime


@dataclass(frozen=True, slots=True)
class Author:
    """Whose a contribution is, as far as notices must know."""

    participant_id: UUID
    recipient: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One act, as the public log shows it; `by` stays inside, and is empty for numbers and filters. `appeal` is the
    state of the appeal against it, None without one; `number` and `digest` are None for entries older than the
    chain."""

    id: UUID
    process_id: UUID
    subject: Subject
    action: Action
    rule: Rule
    reason: str
    by: str
    at: datetime
    number: int | None = None
    digest: str | None = None
    appeal: str | None = None

    def chained(self, number: int, before: str) -> "Entry":
        """In its place of the log. The digest covers the one before, so that no entry can be changed or taken out."""
        said = [number, before, str(self.id), self.subject.kind, str(self.subject.id), self.action, self.rule]
        digest = sha256(orjson.dumps([*said, self.reason, self.at.isoformat(timespec="milliseconds")])).hexdigest()
        return replace(self, number=number, digest=digest)


@dataclass(frozen=True, slots=True)
class Month:
    """What was done in a month (`2026-06`, UTC): acts by their action, appeals against them that were decided, and how
    many of those overturned the act."""

    month: str
    actions: dict[str, int]
    appeals: int
    overturned: int
