"""Reports, the moderators' queue and their acts, the public log, and the thresholds of filters."""

from dataclasses import dataclass, field
from datetime import datetime

from portal.peers.gateway import Gateway
from portal.peers.wire import Json, Text, read

RULES = (
    "spam",
    "offensive",
    "personal_data",
    "illegal",
    "off_topic",
    "impersonation",
    "misinformation",
    "duplicate",
)
FILTERS = ("words", "links", "repeats", "capitals", "new_account")
_ADDRESSES = {
    "hide": "hidings",
    "restore": "restorations",
    "keep": "keepings",
    "warn": "warnings",
    "unlabel": "label-removals",
}
ACTIONS = (*_ADDRESSES, "label")


@dataclass(frozen=True, slots=True)
class Subject:
    kind: str  # of contribution: proposal, comment…
    id: str


@dataclass(frozen=True, slots=True)
class Case:
    """A contribution that waits for a moderator; `held_at` is None while everybody sees it."""

    subject: Subject
    text: Text
    reports: int
    reasons: tuple[str, ...]
    findings: tuple[str, ...]
    severity: int
    since: datetime
    held_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    items: tuple[Case, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class ModerationEntry:
    id: str
    subject: Subject
    action: str
    rule: str
    reason: str
    at: datetime
    number: int | None = None
    digest: str | None = None
    appeal: str | None = None  # open, upheld, overturned


@dataclass(frozen=True, slots=True)
class ModerationLog:
    items: tuple[ModerationEntry, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """`month` is 2026-06; `actions` is acts by action."""

    month: str
    actions: dict[str, int]
    appeals: int
    overturned: int


@dataclass(frozen=True, slots=True)
class Months:
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """Context that a moderator put beside a contribution."""

    id: str
    subject: Subject
    words: Text
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Labels:
    items: tuple[Label, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds; zero is off."""

    hold_after_reports: int
    links_most: int
    repeats_most: int
    capitals_percent: int
    new_account_minutes: int
    appeal_days: int
    answer_days: int
    version: int
    words: dict[str, list[str]] = field(default_factory=dict)
    holds: tuple[str, ...] = ()


def report(gateway: Gateway, subject: Subject, reason: str, note: str | None) -> None:
    body: dict[str, object] = {"subject": spelled(subject), "reason": reason}
    if note:
        body["note"] = note
    gateway.post("engagement", "v1/reports", body=body)


def queue(gateway: Gateway, process_id: str, cursor: str | None = None) -> Queue:
    """What does most harm first, then what most people reported."""
    return read(Queue, gateway.get("engagement", f"v1/processes/{process_id}/reports", query={"cursor": cursor}))


def act(gateway: Gateway, action: str, subject: Subject, rule: str, reason: str) -> None:
    """Any of ACTIONS but `label`."""
    body = {"subject": spelled(subject), "rule": rule, "reason": reason}
    gateway.post("engagement", f"v1/moderation/{_ADDRESSES[action]}", body=body)


def label(gateway: Gateway, subject: Subject, rule: str, reason: str, words: Text, source: str) -> None:
    body = {"subject": spelled(subject), "rule": rule, "reason": reason, "words": dict(words), "source": source}
    gateway.post("engagement", "v1/moderation/labels", body=body)


def log(gateway: Gateway, process_id: str, cursor: str | None = None) -> ModerationLog:
    """Newest first, without texts or names."""
    path = f"v1/processes/{process_id}/moderation-log"
    return read(ModerationLog, gateway.get("engagement", path, query={"cursor": cursor, "limit": 50}))


def months(gateway: Gateway, process_id: str) -> tuple[Month, ...]:
    """Newest first."""
    return read(Months, gateway.get("engagement", f"v1/processes/{process_id}/moderation-counts")).months


def labels(gateway: Gateway, process_id: str, cursor: str | None = None) -> Labels:
    """All context that stands in a process, newest first."""
    query = {"cursor": cursor, "limit": 20}
    return read(Labels, gateway.get("engagement", f"v1/processes/{process_id}/labels", query=query))


def rules(gateway: Gateway, process_id: str) -> Rules:
    return read(Rules, gateway.get("engagement", f"v1/processes/{process_id}/moderation-rules"))


def set_rules(gateway: Gateway, process_id: str, wanted: Json) -> None:
    """`wanted` is all of them, in the contract's spelling."""
    gateway.put("engagement", f"v1/processes/{process_id}/moderation-rules", body=wanted)


def spelled(subject: Subject) -> dict[str, str]:
    """On the wire."""
    return {"kind": subject.kind, "id": subject.id}
