"""What an institution promised and how far it is; and the way of a proposal up to that."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.peers.engagement.criteria import Found
from portal.peers.engagement.evaluation import DetailedDecision
from portal.peers.gateway import Gateway
from portal.peers.wire import Json, Text, read

STATES = ("planned", "started", "delayed", "done", "dropped")


@dataclass(frozen=True, slots=True)
class Commitment:
    """`progress` is percent; money is in whole units of `currency`."""

    id: str
    process_id: str
    title: Text
    office: str
    due_on: date
    status: str
    progress: int
    weight: int
    overdue: bool
    updated_at: datetime
    version: int
    parts: tuple["Commitment", ...]
    proposal_id: str | None = None
    parent_id: str | None = None
    description: Text | None = None
    starts_on: date | None = None
    dropped_reason: Text | None = None
    budget: int | None = None
    spent: int | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Commitments:
    items: tuple[Commitment, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    id: str
    reached_on: date
    words: Text


@dataclass(frozen=True, slots=True)
class Shown:
    commitment: Commitment
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """None for what is not there, or not public, yet."""

    proposal_id: str
    commitments: tuple[Commitment, ...]
    found: Found | None = None
    decision: DetailedDecision | None = None


def commitments(gateway: Gateway, process_id: str, cursor: str | None = None) -> Commitments:
    """Newest first; parts stand with the whole."""
    query = {"cursor": cursor, "limit": 20}
    return read(Commitments, gateway.get("engagement", f"v1/processes/{process_id}/commitments", query=query))


def commitment(gateway: Gateway, commitment_id: str) -> Shown:
    return read(Shown, gateway.get("engagement", f"v1/commitments/{commitment_id}"))


def make(gateway: Gateway, process_id: str, promise: Json) -> Commitment:
    """`promise` in the contract's spelling."""
    return read(Commitment, gateway.post("engagement", f"v1/processes/{process_id}/commitments", body=promise))


def report(gateway: Gateway, commitment_id: str, step: Json) -> None:
    """`step` in the contract's spelling."""
    gateway.put("engagement", f"v1/commitments/{commitment_id}/progress", body=step)


def reach(gateway: Gateway, commitment_id: str, reached_on: date, words: Text) -> None:
    body = {"reachedOn": reached_on.isoformat(), "words": dict(words)}
    gateway.post("engagement", f"v1/commitments/{commitment_id}/milestones", body=body)


def trace(gateway: Gateway, proposal_id: str) -> Trace:
    return read(Trace, gateway.get("engagement", f"v1/proposals/{proposal_id}/trace"))
