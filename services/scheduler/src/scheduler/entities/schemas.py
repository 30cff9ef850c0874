"""Entities on the wire, with the standard's spelling."""

from dataclasses import asdict
from typing import Any

from chassis.schemas import without_none
from scheduler.entities.model import Entity
from scheduler.wire import named


def entity(of: Entity) -> dict[str, Any]:
    details = without_none({"name": of.name, "category": of.category, **asdict(of.contact)})
    return {"entity_id": named("entity", of.id), "details": details}
