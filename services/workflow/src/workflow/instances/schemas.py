"""Instances on the wire, with the standard's spelling."""

from typing import Any

from chassis.clock import text
from chassis.schemas import without_none
from workflow.instances.model import Instance, Life, Step


def values(given: list[dict[str, Any]] | None) -> dict[str, Any]:
    """`[{code, value}]` as `{code: value}`."""
    return {each["code"]: each["value"] for each in given or ()}


def state(of: Instance) -> dict[str, Any]:
    return {
        "id": str(of.id),
        "processRef": str(of.definition_id),
        "suspended": False,
        "ended": of.state is not Life.ACTIVE,
        "state": of.state,
    }


def instance(of: Instance) -> dict[str, Any]:
    body = {
        "id": str(of.id),
        "processRef": str(of.definition_id),
        "deployedVersion": of.definition_version,
        "processId": str(of.process_id) if of.process_id else None,
        "initTime": text(of.started_at),
        "state": of.state,
        "lastChangeTime": text(of.changed_at),
    }
    return without_none(body)


def step(of: Step) -> dict[str, Any]:
    return without_none({"number": of.number, "at": text(of.at), "kind": of.kind, "name": of.name})
