"""Strategies on the wire, and in the one column that holds them."""

from dataclasses import asdict
from datetime import date
from typing import Any

from marshmallow import fields as wire
from marshmallow import post_load

from chassis.schemas import Wire
from engagement.strategy.model import Access, Budget, DataField, Strategy


class BudgetSchema(Wire):
    amount = wire.Integer()
    currency = wire.String()

    @post_load
    def _made(self, values: dict[str, Any], **_: Any) -> Budget:
        return Budget(**values)


class DataFieldSchema(Wire):
    name = wire.Dict()
    purpose = wire.Dict()
    legal_basis = wire.String()
    retention_days = wire.Integer()
    recipients = wire.Dict()

    @post_load
    def _made(self, values: dict[str, Any], **_: Any) -> DataField:
        return DataField(**values)


class StrategySchema(Wire):
    level = wire.String()
    objective = wire.Dict()
    what_is_decided = wire.Dict()
    what_is_not_negotiable = wire.Dict()
    who_decides = wire.Dict()
    how_input_is_used = wire.Dict()
    how_feedback_is_given = wire.Dict()
    feedback_due_date = wire.Date()
    privacy_notice = wire.Dict()
    responsible_official = wire.String()
    owner_unit = wire.String()
    eligible_population = wire.Integer()
    target_participants = wire.Integer()
    budget = wire.Nested(BudgetSchema)
    access = wire.Enum(Access, by_value=True)
    data_fields = wire.List(wire.Nested(DataFieldSchema))
    face_to_face_formats = wire.List(wire.Dict())
    mandatory = wire.Boolean()
    legal_basis = wire.Dict()
    notice = wire.Dict()
    minimum_days = wire.Integer()

    @post_load
    def _made(self, values: dict[str, Any], **_: Any) -> Strategy:
        return Strategy(**values)


def kept(of: Strategy) -> dict[str, Any]:
    """As the database holds it; `restored` gives it back."""
    due = of.feedback_due_date
    return asdict(of) | {"feedback_due_date": due.isoformat() if due else None}


def restored(held: dict[str, Any]) -> Strategy:
    """From what the database holds; what an older release did not know takes its default."""
    due, budget = held.get("feedback_due_date"), held.get("budget")
    return Strategy(
        **held
        | {
            "feedback_due_date": date.fromisoformat(due) if due else None,
            "budget": Budget(**budget) if budget else None,
            "access": Access(held.get("access", Access.REGISTERED)),
            "data_fields": [DataField(**each) for each in held.get("data_fields", ())],
        }
    )
