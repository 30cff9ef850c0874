"""The door of access without an account."""

from typing import Any
from uuid import UUID

from flask import Response, request

from chassis.web import VISITOR_KEY, caller, created, now, ok, reading, runtime, transaction
from engagement.access import actions, schemas
from engagement.access.model import check_key
from engagement.actors import actor
from engagement.participants.schemas import PARTICIPATION


def issue_visitor_key(process_id: str) -> Response:
    with reading() as tx:
        key = actions.new_key(tx, UUID(process_id), by=actor(caller()))
    return created({"key": key})


def ask_for_code(process_id: str, body: dict[str, Any]) -> Response:
    own = runtime()
    check_key(request.headers.get(VISITOR_KEY), UUID(process_id))
    with transaction() as tx:
        proof = actions.ask_for_code(
            tx,
            UUID(process_id),
            body["address"],
            body.get("language"),
            refused_domains=own.settings.refused_mail_domains,
            by=actor(caller()),
            at=now(),
            sealer=own.sealer,
        )
    return created(schemas.proof(proof))


def confirm_code(proof_id: str, body: dict[str, Any]) -> Response:
    with transaction() as tx:
        proof = actions.confirm(tx, UUID(proof_id), body["code"], by=actor(caller()), at=now(), sealer=runtime().sealer)
    return ok(schemas.proof(actions.require_confirmed(proof)))


def enter_process(process_id: str, body: dict[str, Any]) -> Response:
    check_key(request.headers.get(VISITOR_KEY), UUID(process_id))
    wanted = schemas.entering(body)
    with transaction() as tx:
        participant, new = actions.enter(
            tx, UUID(process_id), wanted, by=actor(caller()), at=now(), sealer=runtime().sealer
        )
    return (created if new else ok)(PARTICIPATION.dump(participant))
