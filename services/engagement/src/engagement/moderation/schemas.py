"""Moderation on the wire."""

from typing import Any
from uuid import UUID

from chassis.clock import text
from engagement.contributions import Kind
from engagement.moderation.model import Entry, Grounds, Rule, Subject, Waiting


def subject(body: dict[str, Any]) -> Subject:
    """The contribution that a body is about."""
    return Subject(Kind(body["subject"]["kind"]), UUID(body["subject"]["id"]))


def grounds(body: dict[str, Any]) -> Grounds:
    """Rule and reason of a moderator."""
    return Grounds(Rule(body["rule"]), body["reason"])


def reported(of: Subject, reports: int) -> dict[str, Any]:
    """What was reported, and how often by now."""
    return {"subject": _subject(of), "reports": reports}


def waiting(of: Waiting) -> dict[str, Any]:
    """One thing in a moderator's queue."""
    return reported(of.subject, of.reports) | {"text": of.text, "reasons": of.reasons}


def entry(of: Entry) -> dict[str, Any]:
    """One line of the public log."""
    return {
        "id": str(of.id),
        "subject": _subject(of.subject),
        "action": of.action,
        "rule": of.rule,
        "reason": of.reason,
        "at": text(of.at),
    }


def _subject(of: Subject) -> dict[str, str]:
    return {"kind": of.kind, "id": str(of.id)}
