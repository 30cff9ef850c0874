"""The door of appeals."""

from uuid import UUID

from flask import Response

from chassis import paging
from chassis.web import caller, created, now, ok, reading, runtime, transaction
from engagement.actors import actor
from engagement.appeals import actions, schemas
from engagement.appeals.model import State
from engagement.cursors import instant_and_id


def get_moderation_entry(entry_id: str) -> Response:
    with reading() as tx:
        looked = actions.look(tx, UUID(entry_id), by=actor(caller()), at=now(), sealer=runtime().sealer)
    return ok(schemas.looked(looked))


def submit_appeal(entry_id: str, body: dict[str, str]) -> Response:
    with transaction() as tx:
        appeal = actions.submit(
            tx, UUID(entry_id), body["reason"], by=actor(caller()), at=now(), sealer=runtime().sealer
        )
    return created(schemas.appeal(appeal))


def list_appeals(process_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    after = instant_and_id(cursor)
    with reading() as tx:
        found = actions.waiting(tx, UUID(process_id), after, limit + 1, by=actor(caller()))
    page = paging.page(found, limit, lambda last: [last.due_at, last.id])
    return ok({"items": [schemas.appeal(each) for each in page.items], "next": page.next})


def decide_appeal(appeal_id: str, body: dict[str, str]) -> Response:
    outcome = State(body["outcome"])
    with transaction() as tx:
        appeal = actions.decide(tx, UUID(appeal_id), outcome, body["reason"], by=actor(caller()), at=now())
    return ok(schemas.appeal(appeal))
