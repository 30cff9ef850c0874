"""The publication record of a process, and what officials did behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from portal.peers.engagement.processes import Process
from portal.peers.gateway import Gateway
from portal.peers.wire import Json, read


@dataclass(frozen=True, slots=True)
class Entry:
    number: int
    what: str  # approved, rescheduled, announced, translated, cancelled, monitored, archived
    at: datetime
    digest: str
    previous: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    items: tuple[Entry, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Audited:
    action: str
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AuditPage:
    items: tuple[Audited, ...]
    next: str | None = None


def record(gateway: Gateway, process_id: str, cursor: str | None = None) -> EntryPage:
    """First to last."""
    query = {"cursor": cursor, "limit": 50}
    return read(EntryPage, gateway.get("engagement", f"v1/processes/{process_id}/publications", query=query))


def entry(gateway: Gateway, process_id: str, number: int) -> tuple[Entry, Process]:
    """An entry, and the process as everybody saw it from then on."""
    raw = gateway.get("engagement", f"v1/processes/{process_id}/publications/{number}")
    content: Mapping[str, Json] = raw["content"]
    return read(Entry, raw), read(Process, content)


def audit(gateway: Gateway, process_id: str, limit: int) -> tuple[Audited, ...]:
    """Newest first."""
    query = {"limit": limit}
    return read(AuditPage, gateway.get("engagement", f"v1/processes/{process_id}/audit", query=query)).items
