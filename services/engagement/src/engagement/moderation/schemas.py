"""Moderation on the wire."""

from typing import Any
from uuid import UUID

from chassis.clock import text
from engagement.cases.model import Subject, Waiting
from engagement.contributions import Kind
from engagement.moderation.model import Context, Entry, Grounds, Label, Month
from engagement.rulebook.model import Rule


def subject(body: dict[str, Any]) -> Subject:
    """The contribution that a body is about."""
    return Subject(Kind(body["subject"]["kind"]), UUID(body["subject"]["id"]))


def grounds(body: dict[str, Any]) -> Grounds:
    """Rule and reason of a moderator."""
    return Grounds(Rule(body["rule"]), body["reason"])


def context(body: dict[str, Any]) -> Context:
    """What a moderator puts beside a contribution."""
    return Context(body["words"], body["source"])


def reported(of: Subject, reports: int) -> dict[str, Any]:
    """What was reported, and how often by now."""
    return {"subject": spelled(of), "reports": reports}


def waiting(of: Waiting) -> dict[str, Any]:
    """One thing in a moderator's queue."""
    case = of.case
    return reported(case.subject, case.reports) | {
        "text": of.text,
        "reasons": of.reasons,
        "findings": of.findings,
        "severity": case.severity,
        "since": text(case.opened_at),
        "heldAt": text(case.held_at) if case.held_at else None,
    }


def entry(of: Entry) -> dict[str, Any]:
    """One line of the public log."""
    return {
        "id": str(of.id),
        "subject": spelled(of.subject),
        "action": of.action,
        "rule": of.rule,
        "reason": of.reason,
        "at": text(of.at),
        "number": of.number,
        "digest": of.digest,
        "appeal": of.appeal,
    }


def label(of: Label) -> dict[str, Any]:
    """Context beside a contribution."""
    return {
        "id": str(of.id),
        "subject": spelled(of.subject),
        "words": of.context.words,
        "source": of.context.source,
        "at": text(of.at),
    }


def month(of: Month) -> dict[str, Any]:
    """A month in numbers."""
    return {"month": of.month, "actions": of.actions, "appeals": of.appeals, "overturned": of.overturned}


def spelled(of: Subject) -> dict[str, str]:
    """A contribution by kind and id."""
    return {"kind": of.kind, "id": str(of.id)}
