"""Amendments: other words that people propose for an idea."""

from dataclasses import dataclass
from datetime import datetime

from portal.peers.engagement.proposals import Change, SubmittedProposal
from portal.peers.engagement.results import Receipt
from portal.peers.gateway import Gateway
from portal.peers.wire import Text, read


@dataclass(frozen=True, slots=True)
class Amendment:
    """`changes`, `mine` and `decided_by_me` are known of one that was asked for by itself."""

    id: str
    proposal_id: str
    title: Text
    rationale: Text
    state: str  # evaluating, accepted, rejected, withdrawn, promoted
    at: datetime
    author: str | None = None
    reason: Text | None = None
    promoted_id: str | None = None
    hidden_reason: str | None = None
    decided_at: datetime | None = None
    mine: bool = False
    decided_by_me: bool = False
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class AmendmentPage:
    items: tuple[Amendment, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class ProposedAmendment:
    id: str
    receipt: Receipt


def list_amendments(gateway: Gateway, proposal_id: str, cursor: str | None = None) -> AmendmentPage:
    """Newest first."""
    path = f"v1/proposals/{proposal_id}/amendments"
    return read(AmendmentPage, gateway.get("engagement", path, query={"cursor": cursor}))


def amendment(gateway: Gateway, amendment_id: str) -> Amendment:
    return read(Amendment, gateway.get("engagement", f"v1/amendments/{amendment_id}"))


def propose(gateway: Gateway, proposal_id: str, content: dict[str, Text], *, key: str) -> ProposedAmendment:
    path = f"v1/proposals/{proposal_id}/amendments"
    return read(ProposedAmendment, gateway.post("engagement", path, body=content, idempotency_key=key))


def decide(gateway: Gateway, amendment_id: str, outcome: str, reason: Text) -> None:
    """`accepted` or `rejected`."""
    body = {"outcome": outcome, "reason": reason}
    gateway.put("engagement", f"v1/amendments/{amendment_id}/decision", body=body)


def withdraw(gateway: Gateway, amendment_id: str) -> None:
    gateway.post("engagement", f"v1/amendments/{amendment_id}/withdrawal")


def promote(gateway: Gateway, amendment_id: str) -> SubmittedProposal:
    return read(SubmittedProposal, gateway.post("engagement", f"v1/amendments/{amendment_id}/promotion"))
