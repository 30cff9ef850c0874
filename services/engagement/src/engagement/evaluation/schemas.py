"""Verifications and decisions on the wire. How a decision is shown, proposals know."""

from typing import Any

from chassis.clock import text
from engagement.evaluation.model import Outcome, ReasonCode, Ruling
from engagement.proposals.model import Proposal


def ruling(body: dict[str, Any]) -> Ruling:
    """What an official decides."""
    return Ruling(Outcome(body["outcome"]), ReasonCode(body["reasonCode"]), body.get("reason"))


def verification(of: Proposal) -> dict[str, Any]:
    """That a proposal was checked, and when."""
    return {
        "proposalId": str(of.id),
        "outcome": of.verification,
        "at": text(of.verified_at) if of.verified_at else None,
    }
