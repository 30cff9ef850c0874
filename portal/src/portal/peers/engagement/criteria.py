"""By what proposals are judged, and what evaluators found."""

from dataclasses import dataclass, field
from datetime import datetime

from portal.peers.gateway import Gateway, Refusal
from portal.peers.wire import Json, Text, read


@dataclass(frozen=True, slots=True)
class Criterion:
    """Points go from 0 to `scale`, more is better; `weight` is relative to the others'."""

    code: str
    name: Text
    description: Text
    weight: int
    scale: int


@dataclass(frozen=True, slots=True)
class Criteria:
    criteria: tuple[Criterion, ...]
    version: int
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Evaluator:
    office: str
    at: datetime
    me: bool


@dataclass(frozen=True, slots=True)
class Evaluators:
    items: tuple[Evaluator, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """`total` is in thousandths of what could be reached; None with a conflict of interest."""

    id: str
    conflict: bool
    at: datetime
    scores: dict[str, int] = field(default_factory=dict)
    total: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Mean and spread of totals, in thousandths; `criteria` is `{code: {"mean", "spread"}}` in points."""

    assessments: int
    total: int
    spread: int
    criteria: dict[str, dict[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Looked:
    """What is seen of the assessments of a proposal; `found` is None while they are blind."""

    criteria: Criteria
    assessments: int
    others: tuple[Assessment, ...]
    mine: Assessment | None = None
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Score:
    proposal_id: str
    reference: str
    title: Text
    assessments: int
    total: int | None = None
    spread: int | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    items: tuple[Score, ...]
    next: str | None = None


def criteria(gateway: Gateway, process_id: str) -> Criteria | None:
    """None while they are not public, for whoever may not see them yet."""
    try:
        return read(Criteria, gateway.get("engagement", f"v1/processes/{process_id}/criteria"))
    except Refusal as refusal:
        if refusal.status != 404:
            raise
        return None


def choose(gateway: Gateway, process_id: str, wanted: list[Json], version: int) -> None:
    """`wanted` in the contract's spelling; `version` is the one that was read."""
    body = {"criteria": wanted, "version": version}
    gateway.put("engagement", f"v1/processes/{process_id}/criteria", body=body)


def publish(gateway: Gateway, process_id: str) -> None:
    gateway.post("engagement", f"v1/processes/{process_id}/criteria/publication")


def enter(gateway: Gateway, process_id: str, office: str) -> None:
    """Whoever is signed in assesses in the process from now on."""
    gateway.put("engagement", f"v1/processes/{process_id}/evaluators/me", body={"office": office})


def evaluators(gateway: Gateway, process_id: str) -> tuple[Evaluator, ...]:
    return read(Evaluators, gateway.get("engagement", f"v1/processes/{process_id}/evaluators")).items


def assess(gateway: Gateway, proposal_id: str, given: Json) -> None:
    """`given` in the contract's spelling."""
    gateway.put("engagement", f"v1/proposals/{proposal_id}/assessment", body=given)


def look(gateway: Gateway, proposal_id: str) -> Looked:
    return read(Looked, gateway.get("engagement", f"v1/proposals/{proposal_id}/assessments"))


def scores(gateway: Gateway, process_id: str, cursor: str | None = None) -> Scores:
    """By reference number."""
    query = {"cursor": cursor, "limit": 50}
    return read(Scores, gateway.get("engagement", f"v1/processes/{process_id}/scores", query=query))
