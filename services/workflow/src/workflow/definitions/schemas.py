"""Process definitions on the wire, with the standard's spelling."""

from typing import Any
from uuid import UUID

from chassis.errors import NotFound
from workflow.definitions.model import Definition, Facts


def facts(body: dict[str, Any]) -> Facts:
    """What the contract calls NewProcessDefinition; its form is checked already."""
    return Facts(
        name=body["name"],
        type=body["type"],
        label=body["version"],
        xml=body["processBody"][0]["value"],
        is_executable=body.get("isExecutable", True),
        is_closed=body.get("isClosed", False),
        description=body.get("description", ""),
    )


def process(of: Definition) -> dict[str, Any]:
    fields = {
        "name": of.facts.name,
        "type": of.facts.type,
        "version": of.facts.label,
        "isExecutable": of.facts.is_executable,
        "isClosed": of.facts.is_closed,
        "description": of.facts.description,
        "processBody": [{"code": "bpmn", "value": of.facts.xml}],
    }
    return {"id": str(of.id), "processDefinition": fields, "deployedVersion": of.newest, **fields}


def known(given: str) -> UUID:
    """An id of ours. Raises NotFound for what cannot be one: the standard lets any string stand here."""
    try:
        return UUID(given)
    except ValueError:
        raise NotFound("There is no such process definition or instance.") from None
