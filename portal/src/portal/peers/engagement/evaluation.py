"""Verification and decisions: what officials do after the last phase closed."""

from dataclasses import dataclass
from datetime import datetime

from portal.peers.gateway import Gateway
from portal.peers.wire import Json, Text, read

OUTCOMES = ("accepted", "accepted_in_part", "already_planned", "merged", "out_of_scope", "rejected")
REASON_CODES = (
    "included_in_plan",
    "already_done",
    "duplicate",
    "in_conflict",
    "incomplete",
    "infeasible_technical",
    "infeasible_legal",
    "infeasible_cost",
    "infeasible",
    "not_prioritised",
    "out_of_competence",
    "other",
)


@dataclass(frozen=True, slots=True)
class Decision:
    proposal_id: str
    outcome: str
    reason_code: str
    decided_at: datetime
    reason: Text | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DetailedDecision:
    """With all that is said of it; `cost` is in whole units of `currency`."""

    proposal_id: str
    outcome: str
    reason_code: str
    decided_at: datetime
    reason: Text | None = None
    published_at: datetime | None = None
    office: str | None = None
    cost: int | None = None
    currency: str | None = None
    timeline: Text | None = None
    legal_basis: Text | None = None
    publish_at: datetime | None = None


def verify(gateway: Gateway, proposal_id: str, outcome: str, note: str | None = None) -> None:
    """`outcome` is valid or invalid."""
    body = {"outcome": outcome} | ({"note": note} if note else {})
    gateway.put("engagement", f"v1/proposals/{proposal_id}/verification", body=body)


def seal(gateway: Gateway, process_id: str) -> None:
    gateway.post("engagement", f"v1/processes/{process_id}/seal")


def decide(gateway: Gateway, proposal_id: str, ruling: Json) -> None:
    """`ruling` in the contract's spelling."""
    gateway.put("engagement", f"v1/proposals/{proposal_id}/decision", body=ruling)


def decide_together(gateway: Gateway, process_id: str, proposal_ids: list[str], ruling: Json) -> int:
    """The same decision on all of these, or on none; how many."""
    body = {"proposalIds": proposal_ids, **ruling}
    return int(gateway.post("engagement", f"v1/processes/{process_id}/decisions", body=body)["decided"])


@dataclass(frozen=True, slots=True)
class NamedProposal:
    id: str
    reference: str
    title: Text


@dataclass(frozen=True, slots=True)
class Merge:
    """What a proposal was merged into, None where it was not, and from what."""

    originals: tuple[NamedProposal, ...]
    into: NamedProposal | None = None


def merge(gateway: Gateway, process_id: str, original_ids: list[str], content: Json) -> str:
    """The reference of the official proposal; `content` is title, summary, body, category on the wire."""
    body = {"originalIds": original_ids, **content}
    return str(gateway.post("engagement", f"v1/processes/{process_id}/merges", body=body)["reference"])


def merge_of(gateway: Gateway, proposal_id: str) -> Merge:
    return read(Merge, gateway.get("engagement", f"v1/proposals/{proposal_id}/merge"))


def carry_support(gateway: Gateway, proposal_id: str) -> None:
    """The support that whoever is signed in gave to an original."""
    gateway.post("engagement", f"v1/proposals/{proposal_id}/carried-support")


def publish_decisions(gateway: Gateway, process_id: str) -> None:
    gateway.post("engagement", f"v1/processes/{process_id}/answers")
