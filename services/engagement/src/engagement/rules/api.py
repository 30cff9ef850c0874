"""The door of the rules."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis.web import caller, now, ok, reading, transaction
from engagement.actors import actor
from engagement.processes import actions as processes
from engagement.rules import actions, schemas, store


def get_proposal_rules(process_id: str) -> Response:
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=actor(caller()))
        found = store.of_process(tx, process.id)
    return ok(schemas.rules(found))


def set_proposal_rules(process_id: str, body: dict[str, Any]) -> Response:
    wanted = schemas.wanted(UUID(process_id), body)
    with transaction() as tx:
        changed = actions.set_rules(tx, wanted, by=actor(caller()), at=now())
    return ok(schemas.rules(changed))
