"""Blueprints on the wire."""

from typing import Any

from marshmallow import fields

from chassis.schemas import Instant, Wire, without_none
from engagement.blueprints.model import Blueprint


class BeginningSchema(Wire):
    slug = fields.String()
    title = fields.Dict()
    languages = fields.List(fields.String())
    opens_at = Instant()


BEGINNING = BeginningSchema()


def blueprint(of: Blueprint) -> dict[str, Any]:
    """A blueprint as lists show it."""
    phases = [{"title": phase["title"], "days": phase["days"]} for phase in of.plan["phases"]]
    body = {"id": str(of.id), "title": of.title, "description": of.description, "shipped": of.shipped}
    return without_none(body) | {"phases": phases}
