"""Verifications and decisions on the wire. How a decision is shown, proposals know."""

from datetime import datetime
from typing import Any

from chassis.clock import parse, text
from chassis.errors import Invalid
from chassis.schemas import without_none
from engagement.evaluation.model import Decided, Details, Outcome, ReasonCode, Ruling
from engagement.proposals import schemas as proposals
from engagement.proposals.model import Proposal


def ruling(body: dict[str, Any]) -> Ruling:
    """What an official decides."""
    publish_at = body.get("publishAt")
    details = Details(
        office=body.get("office"),
        cost=body.get("cost"),
        currency=body.get("currency"),
        timeline=body.get("timeline"),
        legal_basis=body.get("legalBasis"),
        publish_at=_instant(publish_at) if publish_at else None,
    )
    return Ruling(Outcome(body["outcome"]), ReasonCode(body["reasonCode"]), body.get("reason"), details)


def decided(of: Decided) -> dict[str, Any]:
    """A decision with all that is said of it."""
    details = of.details
    said = {
        "office": details.office,
        "cost": details.cost,
        "currency": details.currency,
        "timeline": details.timeline,
        "legalBasis": details.legal_basis,
        "publishAt": text(details.publish_at) if details.publish_at else None,
    }
    return proposals.decision(of.decision) | without_none(said)


def verification(of: Proposal) -> dict[str, Any]:
    """That a proposal was checked, and when."""
    return {
        "proposalId": str(of.id),
        "outcome": of.verification,
        "at": text(of.verified_at) if of.verified_at else None,
    }


def _instant(value: str) -> datetime:
    try:
        return parse(value)
    except (ValueError, OverflowError):
        raise Invalid("This is no instant with a zone.", [("/publishAt", "is no instant with a zone")]) from None
