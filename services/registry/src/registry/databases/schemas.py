"""Registries on the wire."""

from dataclasses import dataclass, field
from typing import Any

from chassis.schemas import without_none
from registry.databases.model import Registry


@dataclass(frozen=True, slots=True)
class Draft:
    """What an administrator writes down."""

    name: str
    schema: dict[str, Any]
    description: str | None = None
    one_entry_per_person: bool = False
    sealed: list[str] = field(default_factory=list)


def draft(body: dict[str, Any]) -> Draft:
    """From the wire. Raises KeyError when something is missing."""
    return Draft(
        name=body["name"],
        schema=body["schema"],
        description=body.get("description"),
        one_entry_per_person=body.get("oneEntryPerPerson", False),
        sealed=body.get("sealed", []),
    )


def registry(of: Registry) -> dict[str, Any]:
    """A version of a registry."""
    return without_none(
        {
            "name": of.name,
            "version": str(of.number),
            "state": of.state,
            "description": of.description,
            "oneEntryPerPerson": of.one_entry_per_person,
            "sealed": of.sealed,
            "schema": of.schema,
        }
    )
