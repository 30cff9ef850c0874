"""Amendments on the wire."""

from typing import Any

from chassis.clock import text
from engagement.amendments.model import Amendment, Seen, Wanted
from engagement.receipts.model import Leaf
from engagement.receipts.schemas import receipt
from engagement.texts import schemas as texts


def wanted(body: dict[str, Any]) -> Wanted:
    """What someone proposes; its form is checked already."""
    return Wanted(body["rationale"], body.get("title"), body.get("summary"), body.get("body"))


def proposed(of: Amendment, leaf: Leaf) -> dict[str, Any]:
    """As it stands after it was sent, with its receipt."""
    return amendment(of, None) | {"receipt": receipt(leaf)}


def seen(of: Seen) -> dict[str, Any]:
    """With what it changes, for one reader."""
    more = {"mine": of.mine, "decidedByMe": of.decides, "changes": texts.changes(of.changes)}
    return amendment(of.amendment, of.author) | more


def amendment(of: Amendment, author: str | None) -> dict[str, Any]:
    """In a list."""
    return {
        "id": str(of.id),
        "proposalId": str(of.proposal_id),
        "author": author,
        "title": of.title,
        "rationale": of.rationale,
        "base": of.base,
        "state": of.state,
        "hiddenReason": of.hidden_reason,
        "reason": of.reason,
        "promotedId": str(of.promoted_id) if of.promoted_id else None,
        "at": text(of.at),
        "decidedAt": text(of.decided_at) if of.decided_at else None,
    }
