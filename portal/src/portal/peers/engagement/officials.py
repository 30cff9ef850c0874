"""Colleagues, and who holds which role in a process."""

from dataclasses import dataclass

from portal.peers.gateway import Gateway
from portal.peers.wire import read

ROLES = (
    "editor", "publisher", "moderator", "evaluator", "data_entry", "analyst", "decision_maker", "auditor",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Official:
    id: str
    display_name: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class OfficialPage:
    items: tuple[Official, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    official: Official
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assignments:
    items: tuple[Assignment, ...]


def introduce(gateway: Gateway, display_name: str) -> None:
    gateway.put("engagement", "v1/officials/me", body={"displayName": display_name})


def colleagues(gateway: Gateway) -> tuple[Official, ...]:
    return read(OfficialPage, gateway.get("engagement", "v1/officials", query={"limit": 100})).items


def assignments(gateway: Gateway, process_id: str) -> tuple[Assignment, ...]:
    return read(Assignments, gateway.get("engagement", f"v1/processes/{process_id}/officials")).items


def assign(gateway: Gateway, process_id: str, official_id: str, roles: list[str]) -> None:
    gateway.put("engagement", f"v1/processes/{process_id}/officials/{official_id}", body={"roles": roles})
