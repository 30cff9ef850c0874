"""The door of the rules."""

from uuid import UUID

from flask import Response

from chassis.web import caller, now, ok, reading, transaction
from engagement.actors import actor
from engagement.rulebook import actions, schemas


def get_moderation_rules(process_id: str) -> Response:
    with reading() as tx:
        found = actions.read(tx, UUID(process_id), by=actor(caller()))
    return ok(schemas.shown(found))


def set_moderation_rules(process_id: str, body: dict[str, object]) -> Response:
    with transaction() as tx:
        changed = actions.change(tx, UUID(process_id), schemas.rules(body), by=actor(caller()), at=now())
    return ok(schemas.shown(changed))
