"""Verification and decisions: what officials do after the last phase closed."""

from dataclasses import dataclass
from datetime import datetime

from portal.peers.gateway import Gateway
from portal.peers.wire import Text

OUTCOMES = ("accepted", "accepted_in_part", "already_planned", "merged", "out_of_scope", "rejected")
REASON_CODES = (
    "included_in_plan",
    "already_done",
    "duplicate",
    "in_conflict",
    "incomplete",
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


def verify(gateway: Gateway, proposal_id: str, outcome: str, note: str | None = None) -> None:
    """`outcome` is valid or invalid."""
    body = {"outcome": outcome} | ({"note": note} if note else {})
    gateway.put("engagement", f"v1/proposals/{proposal_id}/verification", body=body)


def seal(gateway: Gateway, process_id: str) -> None:
    gateway.post("engagement", f"v1/processes/{process_id}/seal")


def decide(gateway: Gateway, proposal_id: str, outcome: str, reason_code: str, reason: Text | None) -> None:
    body: dict[str, object] = {"outcome": outcome, "reasonCode": reason_code}
    if reason:
        body["reason"] = reason
    gateway.put("engagement", f"v1/proposals/{proposal_id}/decision", body=body)


def publish_decisions(gateway: Gateway, process_id: str) -> None:
    gateway.post("engagement", f"v1/processes/{process_id}/answers")
