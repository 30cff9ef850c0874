"""Reports, hiding and restoring, and the public log of both."""

from dataclasses import dataclass
from datetime import datetime

from portal.peers.gateway import Gateway
from portal.peers.wire import Text, read

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


@dataclass(frozen=True, slots=True)
class Subject:
    kind: str  # proposal, comment
    id: str


@dataclass(frozen=True, slots=True)
class Reported:
    subject: Subject
    text: Text
    reports: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportQueue:
    items: tuple[Reported, ...]


@dataclass(frozen=True, slots=True)
class ModerationEntry:
    id: str
    subject: Subject
    action: str  # hide, restore
    rule: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ModerationLog:
    items: tuple[ModerationEntry, ...]
    next: str | None = None


def report(gateway: Gateway, subject: Subject, reason: str, note: str | None) -> None:
    body: dict[str, object] = {"subject": _wire(subject), "reason": reason}
    if note:
        body["note"] = note
    gateway.post("engagement", "v1/reports", body=body)


def queue(gateway: Gateway, process_id: str) -> tuple[Reported, ...]:
    """Most reported first, at most 100."""
    return read(ReportQueue, gateway.get("engagement", f"v1/processes/{process_id}/reports")).items


def hide(gateway: Gateway, subject: Subject, rule: str, reason: str) -> None:
    gateway.post("engagement", "v1/moderation/hidings", body=_action(subject, rule, reason))


def restore(gateway: Gateway, subject: Subject, rule: str, reason: str) -> None:
    gateway.post("engagement", "v1/moderation/restorations", body=_action(subject, rule, reason))


def log(gateway: Gateway, process_id: str, cursor: str | None = None) -> ModerationLog:
    """Newest first, without texts or names."""
    path = f"v1/processes/{process_id}/moderation-log"
    return read(ModerationLog, gateway.get("engagement", path, query={"cursor": cursor, "limit": 50}))


def _action(subject: Subject, rule: str, reason: str) -> dict[str, object]:
    return {"subject": _wire(subject), "rule": rule, "reason": reason}


def _wire(subject: Subject) -> dict[str, str]:
    return {"kind": subject.kind, "id": subject.id}
