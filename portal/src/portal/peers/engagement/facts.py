"""What an institution knows to be so, and what it says about rumours."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from portal.peers.gateway import Gateway, Refusal
from portal.peers.wire import Text, read

RUMOUR_STATES = ("unconfirmed", "true", "misleading", "false")


@dataclass(frozen=True, slots=True)
class Source:
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Facts:
    number: int
    body: Text
    sources: tuple[Source, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class FactVersions:
    items: tuple[Facts, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Rumour:
    id: str
    number: int
    claim: Text
    status: str
    answer: Text
    sources: tuple[Source, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Rumours:
    items: tuple[Rumour, ...]
    next: str | None = None


def facts(gateway: Gateway, process_id: str) -> Facts | None:
    """None while the institution has stated none."""
    try:
        return read(Facts, gateway.get("engagement", f"v1/processes/{process_id}/facts"))
    except Refusal as refusal:
        if refusal.status != 404:
            raise
        return None


def versions(gateway: Gateway, process_id: str, cursor: str | None = None) -> FactVersions:
    """Newest first."""
    path = f"v1/processes/{process_id}/fact-versions"
    return read(FactVersions, gateway.get("engagement", path, query={"cursor": cursor, "limit": 10}))


def state(gateway: Gateway, process_id: str, body: Text, sources: Sequence[Source], after: int) -> None:
    """The version after number `after`."""
    wire = {"body": dict(body), "sources": _spelled(sources), "after": after}
    gateway.post("engagement", f"v1/processes/{process_id}/facts", body=wire)


def rumours(gateway: Gateway, process_id: str, cursor: str | None = None, limit: int = 20) -> Rumours:
    """Newest answer first."""
    query = {"cursor": cursor, "limit": limit}
    return read(Rumours, gateway.get("engagement", f"v1/processes/{process_id}/rumours", query=query))


def register_rumour(
    gateway: Gateway, process_id: str, claim: Text, status: str, answer: Text, sources: Sequence[Source]
) -> None:
    body = {"claim": dict(claim), "status": status, "answer": dict(answer), "sources": _spelled(sources)}
    gateway.post("engagement", f"v1/processes/{process_id}/rumours", body=body)


def answer_rumour(gateway: Gateway, of: Rumour, status: str, answer: Text, sources: Sequence[Source]) -> None:
    """In the place of the answer that was read."""
    body = {"number": of.number, "status": status, "answer": dict(answer), "sources": _spelled(sources)}
    gateway.put("engagement", f"v1/rumours/{of.id}/answer", body=body)


def _spelled(sources: Sequence[Source]) -> list[dict[str, str]]:
    return [asdict(each) for each in sources]
