"""A blueprint, and the draft that it becomes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.clock import text
from engagement.contributions import Kind
from engagement.phases.model import Phase
from engagement.processes.model import Text

Plan = dict[str, Any]  # a draft on the wire, without name; its phases have `days` and `gapDays` instead of instants
_NAMED_ANEW = ("slug", "title", "languages", "phases")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """`shipped` ones come with the block; nobody changes them."""

    id: UUID
    title: Text
    description: Text | None
    plan: Plan
    created_at: datetime
    shipped: bool = False

    def kinds(self) -> frozenset[Kind]:
        """What its phases accept; a block without such a tool does not offer it."""
        return frozenset(Kind(kind) for phase in self.plan["phases"] for kind in phase["accepts"])

    def draft(self, named: Mapping[str, Any], opens_at: datetime) -> Plan:
        """A draft on the wire: `slug`, `title` and `languages` from `named`, phases one after the other from
        `opens_at` on, and of its texts those in the languages of the process."""
        phases, at = [], opens_at
        for phase in self.plan["phases"]:
            rest = dict(phase)
            opens = at + rest.pop("gapDays", 0) * _DAY
            at = opens + rest.pop("days") * _DAY
            phases.append(rest | {"opensAt": text(opens), "closesAt": text(at)})
        languages = named["languages"]
        return _spoken(self.plan | {"phases": phases}, languages) | dict(named)


def plan(draft: Plan, phases: tuple[Phase, ...]) -> Plan:
    """What a process's draft (on the wire) is worth for others: everything but its name and its dates."""
    kept = {name: value for name, value in draft.items() if name not in _NAMED_ANEW}
    rests, before = [], phases[0].opens_at if phases else None
    for phase, written in zip(phases, draft.get("phases", ()), strict=True):
        rest = {name: value for name, value in written.items() if name not in ("id", "opensAt", "closesAt", "state")}
        gap = max(round((phase.opens_at - (before or phase.opens_at)) / _DAY), 0)
        rests.append(rest | {"days": max(round((phase.closes_at - phase.opens_at) / _DAY), 1), "gapDays": gap})
        before = phase.closes_at
    return kept | {"phases": rests}


def _spoken(plan_: Plan, languages: Collection[str]) -> Plan:
    """Without texts in other languages; a text in none of these keeps its first, so that nothing is lost."""

    def spoken(value: Any) -> Any:
        if isinstance(value, list):
            return [spoken(each) for each in value]
        if not isinstance(value, dict):
            return value
        if value and all(isinstance(each, str) and _is_language(name) for name, each in value.items()):
            kept = {tag: each for tag, each in value.items() if tag in languages}
            return kept or dict([next(iter(value.items()))])
        return {name: spoken(each) for name, each in value.items()}

    return {name: spoken(value) for name, value in plan_.items()}


def _is_language(name: str) -> bool:
    return 2 <= len(name.partition("-")[0]) <= 3 and name.partition("-")[0].islower()
