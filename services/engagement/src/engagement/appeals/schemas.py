"""Appeals on the wire."""

from typing import Any

from chassis.clock import text
from engagement.appeals.model import Appeal, Looked
from engagement.moderation import schemas as moderation


def looked(of: Looked) -> dict[str, Any]:
    """An act, and what its reader can do about it."""
    own = {"myAppeal": appeal(of.appeal)} if of.appeal else {}
    return {"entry": moderation.entry(of.entry), "mayAppeal": of.may_appeal} | own


def appeal(of: Appeal) -> dict[str, Any]:
    """An appeal, for its author and for moderators."""
    return {
        "id": str(of.id),
        "entryId": str(of.entry_id),
        "reason": of.reason,
        "state": of.state,
        "at": text(of.at),
        "dueAt": text(of.due_at),
        "decision": of.decision,
        "decidedAt": text(of.decided_at) if of.decided_at else None,
    }
