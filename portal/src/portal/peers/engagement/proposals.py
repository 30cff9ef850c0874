"""Proposals (shown as ideas) and the support that they find."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from portal.peers.engagement.evaluation import Decision
from portal.peers.engagement.results import Positions, Receipt
from portal.peers.gateway import Gateway, Refusal
from portal.peers.wire import Text, read

ORDERS = ("random", "newest", "best", "most_supported")
BY_SUPPORT = frozenset({"best", "most_supported"})
DISPLAYS = ("name", "pseudonym", "anonymous")


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """`amount` in whole units; `estimated_by` is None for the author."""

    amount: int
    currency: str
    estimated_by: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """Width and height are those of the large file, in pixels."""

    id: str
    alt: Text
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Proposal:
    id: str
    process_id: str
    reference: str
    title: Text
    state: str  # draft, published, withdrawn, hidden
    channel: str
    created_at: datetime
    comments: int
    endorsements: int = 0  # also while support is hidden
    counts_hidden: bool = False
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
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None
    text_number: int = 1
    place: Place | None = None
    cost: Cost | None = None
    pictures: tuple[Picture, ...] = ()
    display: str = "name"  # name, pseudonym, anonymous
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
class Threshold:
    measure: str  # supporters, percent
    value: float


@dataclass(frozen=True, slots=True)
class Rules:
    """What the process allows; None is no limit."""

    support_most: int | None = None
    threshold: Threshold | None = None
    other_names: bool = True
    amendments: bool = True
    version: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    cause: str  # submitted, edited, amended
    at: datetime
    amendment_id: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    op: str  # equal, delete, insert
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    field: str  # title, summary, body
    language: str
    pieces: tuple[Piece, ...]

    def pairs(self) -> list[tuple[str, str]]:
        """As the page shows them: `(op, text)`."""
        return [(each.op, each.text) for each in self.pieces]


@dataclass(frozen=True, slots=True)
class _Versions:
    items: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class _Changes:
    changes: tuple[Change, ...]


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


def mine(gateway: Gateway, process_id: str, cursor: str | None = None) -> ProposalPage:
    """What the person wrote in the process, whatever became of it, newest first."""
    path = f"v1/processes/{process_id}/proposals/mine"
    return read(ProposalPage, gateway.get("engagement", path, query={"cursor": cursor}))


def revise(gateway: Gateway, proposal_id: str, content: dict[str, object]) -> SubmittedProposal:
    """With `draft` it stays a draft."""
    return read(SubmittedProposal, gateway.put("engagement", f"v1/proposals/{proposal_id}", body=content))


def withdraw(gateway: Gateway, proposal_id: str) -> None:
    gateway.post("engagement", f"v1/proposals/{proposal_id}/withdrawal")


def discard(gateway: Gateway, proposal_id: str) -> None:
    gateway.delete("engagement", f"v1/proposals/{proposal_id}")


def rules(gateway: Gateway, process_id: str) -> Rules:
    return read(Rules, gateway.get("engagement", f"v1/processes/{process_id}/proposal-rules"))


def set_rules(gateway: Gateway, process_id: str, wanted: dict[str, object]) -> None:
    gateway.put("engagement", f"v1/processes/{process_id}/proposal-rules", body=wanted)


def versions(gateway: Gateway, proposal_id: str) -> tuple[Version, ...]:
    """The first one first."""
    return read(_Versions, gateway.get("engagement", f"v1/proposals/{proposal_id}/versions")).items


def changes(gateway: Gateway, proposal_id: str, number: int) -> tuple[Change, ...]:
    """What this text changed in the one before."""
    path = f"v1/proposals/{proposal_id}/versions/{number}/changes"
    return read(_Changes, gateway.get("engagement", path)).changes


def record_similar(gateway: Gateway, process_id: str, outcome: str) -> None:
    """`shown`, `supported_instead` or `continued`. A refusal is passed over: it is a figure, no step of anybody's."""
    path = f"v1/processes/{process_id}/similar-proposals/outcomes"
    with suppress(Refusal):
        gateway.post("engagement", path, body={"outcome": outcome})
