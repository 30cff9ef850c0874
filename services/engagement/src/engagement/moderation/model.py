"""A report, and an act of moderation."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict
from engagement.contributions import Kind
from engagement.processes.model import Text


class Rule(StrEnum):
    """What a contribution may break."""

    SPAM = "spam"
    OFFENSIVE = "offensive"
    PERSONAL_DATA = "personal_data"
    ILLEGAL = "illegal"
    OFF_TOPIC = "off_topic"
    IMPERSONATION = "impersonation"
    MISINFORMATION = "misinformation"
    DUPLICATE = "duplicate"


class Action(StrEnum):
    HIDE = "hide"
    RESTORE = "restore"


class AlreadyReported(Conflict):
    """One person reports a contribution once."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The contribution that it is about: a proposal or a comment."""

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
class Waiting:
    """A contribution that waits for a moderator, with its text and how often it was reported for what."""

    subject: Subject
    text: Text
    reports: int
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Grounds:
    """By which rule a moderator acts, and why; the public reads both."""

    rule: Rule
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One act of moderation, as the public log shows it; `by` stays inside."""

    id: UUID
    process_id: UUID
    subject: Subject
    action: Action
    rule: Rule
    reason: str
    by: str
    at: datetime
