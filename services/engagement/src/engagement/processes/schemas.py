"""Processes on the wire."""

from dataclasses import dataclass, field, fields
from typing import Any

from marshmallow import fields as wire
from marshmallow import post_load

from chassis import ids
from chassis.schemas import Instant, Wire, camel, without_none
from engagement.counts.model import ProcessCounts
from engagement.processes.model import Limits, Phase, Process, Strategy


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


class StrategySchema(Wire):
    level = wire.String()
    objective = wire.Dict()
    what_is_decided = wire.Dict()
    who_decides = wire.Dict()
    how_input_is_used = wire.Dict()
    how_feedback_is_given = wire.Dict()
    feedback_due_date = wire.Date()
    privacy_notice = wire.Dict()
    responsible_official = wire.String()
    eligible_population = wire.Integer()
    target_participants = wire.Integer()
    face_to_face_formats = wire.List(wire.Dict())

    @post_load
    def _made(self, values: dict[str, Any], **_: Any) -> Strategy:
        return Strategy(**values)


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


class RescheduleSchema(Wire):
    opens_at = Instant()
    closes_at = Instant()


DRAFT = DraftSchema()
RESCHEDULE = RescheduleSchema()
_PROCESS = ProcessSchema()


def process(of: Process, counts: ProcessCounts) -> dict[str, Any]:
    """A process as answers show it, with what the checklist still asks for."""
    body = without_none(_PROCESS.dump(of))
    body["strategy"] = without_none(body["strategy"])
    body["missing"] = [camel(pointer) for pointer in of.missing()]
    body["counts"] = {
        "proposals": counts.proposals,
        "comments": counts.comments,
        "endorsements": counts.endorsements,
    }
    return body
