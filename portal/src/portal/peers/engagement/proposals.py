"""Proposals (shown as ideas) and the support that they find."""

from dataclasses import dataclass, field
from datetime import datetime

from portal.peers.engagement.evaluation import Decision
from portal.peers.engagement.results import Positions, Receipt
from portal.peers.gateway import Gateway
from portal.peers.wire import Text, read

ORDERS = ("random", "newest", "most_supported")


@dataclass(frozen=True, slots=True)
class Proposal:
    id: str
    process_id: str
    reference: str
    title: Text
    state: str  # draft, published, withdrawn, hidden
    channel: str
    created_at: datetime
    endorsements: int
    comments: int
    summary: Text | None = None
    body: Text | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    author: str | None = None
    mine: bool = False
    endorsed_by_me: bool = False
    meeting: str | None = None
    hidden_reason: str | None = None
    published_at: datetime | None = None
    positions: Positions = field(default_factory=Positions)
    verification: str = "pending"
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class ProposalPage:
    items: tuple[Proposal, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class SubmittedProposal:
    id: str
    reference: str
    state: str
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class Endorsement:
    id: str
    proposal_id: str
    at: datetime
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows. None means no restriction; `seed` belongs to the order `random`."""

    order: str = "newest"
    seed: int = 0
    category: str | None = None
    outcome: str | None = None
    search: str | None = None
    work: str | None = None  # to_verify, to_decide
    cursor: str | None = None
    limit: int = 20


def list_proposals(gateway: Gateway, process_id: str, wanted: Filter) -> ProposalPage:
    query = {
        "order": wanted.order,
        "seed": wanted.seed if wanted.order == "random" else None,
        "category": wanted.category,
        "outcome": wanted.outcome,
        "search": wanted.search,
        "work": wanted.work,
        "cursor": wanted.cursor,
        "limit": wanted.limit,
    }
    return read(ProposalPage, gateway.get("engagement", f"v1/processes/{process_id}/proposals", query=query))


def similar(gateway: Gateway, process_id: str, title: str) -> tuple[Proposal, ...]:
    """At most five, most alike first."""
    path = f"v1/processes/{process_id}/similar-proposals"
    return read(ProposalPage, gateway.get("engagement", path, query={"title": title})).items


def proposal(gateway: Gateway, proposal_id: str) -> Proposal:
    return read(Proposal, gateway.get("engagement", f"v1/proposals/{proposal_id}"))


def submit(gateway: Gateway, process_id: str, content: dict[str, object], *, key: str) -> SubmittedProposal:
    """`key` makes a repeat of the same form harmless."""
    path = f"v1/processes/{process_id}/proposals"
    return read(SubmittedProposal, gateway.post("engagement", path, body=content, idempotency_key=key))


def endorse(gateway: Gateway, proposal_id: str) -> Endorsement:
    return read(Endorsement, gateway.post("engagement", f"v1/proposals/{proposal_id}/endorsements"))


def withdraw_endorsement(gateway: Gateway, proposal_id: str) -> None:
    gateway.delete("engagement", f"v1/proposals/{proposal_id}/endorsements/mine")
