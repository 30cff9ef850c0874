"""Processes on the wire."""

from dataclasses import dataclass, field, fields
from typing import Any

from marshmallow import fields as wire
from marshmallow import post_load

from chassis import ids
from chassis.clock import text
from chassis.schemas import Instant, Wire, camel, without_none
from engagement.audit.model import Audited
from engagement.counts.model import ProcessCounts
from engagement.phases.model import Phase, PhaseKind
from engagement.processes.model import Limits, Process
from engagement.strategy.model import Strategy
from engagement.strategy.schemas import StrategySchema


@dataclass(frozen=True, slots=True)
class Draft:
    """What an official writes down: a process without the things that it gets by itself."""

    slug: str
    title: dict[str, str]
    languages: list[str]
    summary: dict[str, str] | None = None
    area: dict[str, str] | None = None
    categories: tuple[dict[str, object], ...] = ()
    strategy: Strategy = field(default_factory=Strategy)
    limits: Limits = field(default_factory=Limits)
    phases: tuple[Phase, ...] = ()
    data_agreement_id: str | None = None

    def values(self) -> dict[str, Any]:
        """As a process takes them."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return values | {"categories": list(self.categories)}


class LimitsSchema(Wire):
    title_min = wire.Integer()
    title_max = wire.Integer()
    summary_max = wire.Integer()
    body_max = wire.Integer()
    comment_max = wire.Integer()
    comment_depth = wire.Integer()
    reason_min = wire.Integer()

    @post_load
    def _made(self, values: dict[str, Any], **_: Any) -> Limits:
        return Limits(**values)


class PhaseSchema(Wire):
    id = wire.UUID(dump_only=True)
    title = wire.Dict()
    opens_at = Instant()
    closes_at = Instant()
    accepts = wire.List(wire.String())
    state = wire.String(dump_only=True)
    kind = wire.Enum(PhaseKind, by_value=True)
    may_overlap = wire.Boolean()
    grace_minutes = wire.Integer()
    hides_results = wire.Boolean()
    announcement = wire.Dict()

    @post_load
    def _made(self, values: dict[str, Any], **_: Any) -> Phase:
        return Phase(id=ids.new(), **values | {"accepts": frozenset(values["accepts"])})


class DraftSchema(Wire):
    slug = wire.String()
    title = wire.Dict()
    summary = wire.Dict()
    languages = wire.List(wire.String())
    area = wire.Dict()
    categories = wire.List(wire.Dict())
    strategy = wire.Nested(StrategySchema)
    limits = wire.Nested(LimitsSchema)
    phases = wire.List(wire.Nested(PhaseSchema))
    data_agreement_id = wire.String()

    @post_load
    def _made(self, values: dict[str, Any], **_: Any) -> Draft:
        for name in ("categories", "phases"):
            values[name] = tuple(values.get(name, ()))
        return Draft(**values)


class ProcessSchema(DraftSchema):
    id = wire.UUID()
    state = wire.String()
    version = wire.Integer()
    created_at = Instant()
    published_at = Instant()
    cancelled_because = wire.Dict()


class RescheduleSchema(Wire):
    opens_at = Instant()
    closes_at = Instant()


DRAFT = DraftSchema()
RESCHEDULE = RescheduleSchema()
DRAFTED = frozenset(str(field.data_key) for field in DRAFT.fields.values())  # what a draft's object may hold
_PROCESS = ProcessSchema()


def process(of: Process, counts: ProcessCounts, *, staff: bool = True, hidden: bool = False) -> dict[str, Any]:
    """A process as answers show it, with what the checklist still asks for. `hidden` figures are shown as none."""
    body = public(of)
    body["missing"] = [camel(pointer) for pointer in of.missing()]
    body["resultsHidden"] = hidden
    body["counts"] = {
        "proposals": 0 if hidden else counts.proposals,
        "comments": 0 if hidden else counts.comments,
        "endorsements": 0 if hidden else counts.endorsements,
    }
    return body | ({"reviewNote": of.review_note} if staff and of.review_note else {})


def public(of: Process) -> dict[str, Any]:
    """A process as everybody sees it at any time: without counts, and without what officials tell each other."""
    body = without_none(_PROCESS.dump(of))
    body["strategy"] = _whole(body["strategy"])
    body["phases"] = [without_none(each) for each in body["phases"]]
    return body


def audited(of: Audited) -> dict[str, Any]:
    """One line of what officials did."""
    body = {"id": str(of.id), "action": of.action, "about": of.about, "by": of.by, "at": text(of.at)}
    return body | ({"reason": of.reason} if of.reason else {})


def _whole(strategy: dict[str, Any]) -> dict[str, Any]:
    return without_none(strategy) | {"dataFields": [without_none(each) for each in strategy["dataFields"]]}
