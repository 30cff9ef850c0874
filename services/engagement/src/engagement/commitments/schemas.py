"""Commitments on the wire."""

from datetime import date
from typing import Any
from uuid import UUID

from chassis.clock import text
from chassis.errors import Invalid
from chassis.schemas import without_none
from engagement.commitments.model import Branch, Milestone, Promise, Status, Step, Trace
from engagement.criteria import schemas as criteria
from engagement.evaluation import schemas as evaluation


def promise(body: dict[str, Any]) -> Promise:
    """What an institution promises."""
    return Promise(
        title=body["title"],
        office=body["office"],
        due_on=_day(body, "dueOn"),
        description=body.get("description"),
        proposal_id=_id(body.get("proposalId")),
        parent_id=_id(body.get("parentId")),
        starts_on=_day(body, "startsOn") if "startsOn" in body else None,
        weight=body.get("weight", 1),
        budget=body.get("budget"),
        currency=body.get("currency"),
    )


def step(body: dict[str, Any]) -> Step:
    """How far it is."""
    due_on, reason = _day(body, "dueOn"), body.get("droppedReason")
    return Step(Status(body["status"]), body["progress"], due_on, body.get("spent"), reason)


def branch(of: Branch, today: date) -> dict[str, Any]:
    """A commitment with its parts."""
    its, promised = of.commitment, of.commitment.promise
    optional = {
        "proposalId": str(promised.proposal_id) if promised.proposal_id else None,
        "parentId": str(promised.parent_id) if promised.parent_id else None,
        "description": promised.description,
        "startsOn": promised.starts_on.isoformat() if promised.starts_on else None,
        "droppedReason": its.dropped_reason,
        "budget": promised.budget,
        "spent": its.spent,
        "currency": promised.currency,
    }
    return {
        "id": str(its.id),
        "processId": str(its.process_id),
        "title": promised.title,
        "office": promised.office,
        "dueOn": promised.due_on.isoformat(),
        "status": its.status,
        "progress": of.progress,
        "weight": promised.weight,
        "overdue": its.is_overdue(today),
        "updatedAt": text(its.updated_at),
        "version": its.version,
        "parts": [branch(each, today) for each in of.parts],
    } | without_none(optional)


def milestone(of: Milestone) -> dict[str, Any]:
    """Something that was reached."""
    return {"id": str(of.id), "reachedOn": of.reached_on.isoformat(), "words": of.words, "at": text(of.at)}


def trace(of: Trace, today: date) -> dict[str, Any]:
    """The way of a proposal."""
    optional = {
        "found": criteria.found(of.found) if of.found else None,
        "decision": evaluation.decided(of.decided) if of.decided else None,
    }
    body = {"proposalId": str(of.proposal_id), "commitments": [branch(each, today) for each in of.commitments]}
    return body | without_none(optional)


def reached_on(body: dict[str, Any]) -> date:
    """The day of a milestone."""
    return _day(body, "reachedOn")


def _day(body: dict[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(body[name])
    except ValueError:
        raise Invalid("This is no day of the calendar.", [(f"/{name}", "is no day")]) from None


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None
