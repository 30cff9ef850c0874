"""Plans: drafts as officials write them, blueprints to begin from, texts in every language."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from portal.peers.engagement.processes import Process
from portal.peers.gateway import Gateway
from portal.peers.wire import Json, Text, read

_OF_A_DRAFT = (
    "slug", "title", "summary", "languages", "area", "categories", "strategy", "limits", "phases", "dataAgreementId",
)  # fmt: skip
_OF_A_PHASE = (
    "title", "opensAt", "closesAt", "accepts", "kind", "mayOverlap", "graceMinutes", "hidesResults", "announcement",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """A process with its draft on the wire, which steps of the editor change and send back whole."""

    process: Process
    draft: dict[str, Any]
    version: int

    def copy(self, version: int) -> "Plan":
        """To be changed; `version` is the one that the form was made from."""
        return Plan(self.process, deepcopy(self.draft), version)


@dataclass(frozen=True, slots=True)
class Blueprint:
    id: str
    title: Text
    shipped: bool
    description: Text | None = None


@dataclass(frozen=True, slots=True)
class BlueprintPage:
    items: tuple[Blueprint, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class PlanText:
    """`lacks` are the languages in which people read the text in another one."""

    pointer: str
    text: Text
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanTexts:
    items: tuple[PlanText, ...]


def plan(gateway: Gateway, process_id: str) -> Plan:
    raw = gateway.get("engagement", f"v1/processes/{process_id}")
    draft = {name: raw[name] for name in _OF_A_DRAFT if name in raw}
    draft["phases"] = [{name: phase[name] for name in _OF_A_PHASE if name in phase} for phase in raw["phases"]]
    return Plan(read(Process, raw), draft, raw["version"])


def draft(gateway: Gateway, named: Mapping[str, Json], key: str) -> Process:
    """A plan with a name and nothing else."""
    return read(Process, gateway.post("engagement", "v1/processes", body=dict(named), idempotency_key=key))


def draft_from(gateway: Gateway, blueprint_id: str, named: Mapping[str, Json], key: str) -> Process:
    address = f"v1/blueprints/{blueprint_id}/processes"
    return read(Process, gateway.post("engagement", address, body=dict(named), idempotency_key=key))


def revise(gateway: Gateway, changed: Plan) -> None:
    body = changed.draft | {"version": changed.version}
    gateway.put("engagement", f"v1/processes/{changed.process.id}", body=body)


def blueprints(gateway: Gateway) -> tuple[Blueprint, ...]:
    return read(BlueprintPage, gateway.get("engagement", "v1/blueprints", query={"limit": 50})).items


def save_blueprint(gateway: Gateway, process_id: str, title: Text) -> None:
    gateway.post("engagement", f"v1/processes/{process_id}/blueprint", body={"title": title})


def texts(gateway: Gateway, process_id: str) -> tuple[PlanText, ...]:
    """In the order of the plan."""
    return read(PlanTexts, gateway.get("engagement", f"v1/processes/{process_id}/texts")).items


def translate(gateway: Gateway, process_id: str, language: str, wanted: Mapping[str, str]) -> None:
    """`wanted` is `{pointer: text}`."""
    gateway.put("engagement", f"v1/processes/{process_id}/texts/{language}", body={"texts": dict(wanted)})
