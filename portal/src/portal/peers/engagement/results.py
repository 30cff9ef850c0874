"""Receipts, and the process in figures."""

from dataclasses import dataclass, field
from datetime import datetime

from portal.peers.gateway import Gateway
from portal.peers.wire import read


@dataclass(frozen=True, slots=True)
class Positions:
    in_favour: int = 0
    neutral: int = 0
    against: int = 0
    none: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    code: str
    leaf: str


@dataclass(frozen=True, slots=True)
class ReceiptStatus:
    code: str
    process_id: str
    kind: str  # proposal, comment, endorsement
    status: str  # pending, counted, withdrawn, hidden, invalidated
    at: datetime
    leaf: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Each figure is defined in the contract, once."""

    process_id: str
    at: datetime
    proposals: int
    comments: int
    endorsements: int
    contributors: int
    participants: int
    answered: int
    with_reason: int
    notices: int
    exceptions: int = 0
    proposals_by_channel: dict[str, int] = field(default_factory=dict)
    decisions: dict[str, int] = field(default_factory=dict)  # outcome to number
    positions: Positions = field(default_factory=Positions)


def figures(gateway: Gateway, process_id: str) -> Figures:
    return read(Figures, gateway.get("engagement", f"v1/processes/{process_id}/figures"))


def receipt(gateway: Gateway, code: str) -> ReceiptStatus:
    return read(ReceiptStatus, gateway.get("engagement", f"v1/receipts/{code}"))
