"""An act of moderation, and the appeal against it."""

from dataclasses import dataclass
from datetime import datetime

from portal.peers.engagement.moderation import ModerationEntry
from portal.peers.gateway import Gateway
from portal.peers.wire import read


@dataclass(frozen=True, slots=True)
class Appeal:
    id: str
    entry_id: str
    reason: str
    state: str  # open, upheld, overturned
    at: datetime
    due_at: datetime
    decision: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """An act, and what whoever is signed in can do about it."""

    entry: ModerationEntry
    may_appeal: bool
    my_appeal: Appeal | None = None


@dataclass(frozen=True, slots=True)
class Appeals:
    items: tuple[Appeal, ...]
    next: str | None = None


def look(gateway: Gateway, entry_id: str) -> Looked:
    return read(Looked, gateway.get("engagement", f"v1/moderation/entries/{entry_id}"))


def submit(gateway: Gateway, entry_id: str, reason: str) -> None:
    gateway.post("engagement", f"v1/moderation/entries/{entry_id}/appeal", body={"reason": reason})


def waiting(gateway: Gateway, process_id: str, cursor: str | None = None, limit: int = 20) -> Appeals:
    """Those that nobody has decided, the soonest due first."""
    query = {"cursor": cursor, "limit": limit}
    return read(Appeals, gateway.get("engagement", f"v1/processes/{process_id}/appeals", query=query))


def decide(gateway: Gateway, appeal_id: str, outcome: str, reason: str) -> None:
    gateway.put("engagement", f"v1/appeals/{appeal_id}/decision", body={"outcome": outcome, "reason": reason})
