"""The door of officials."""

from uuid import UUID

from flask import Response

from chassis import paging
from chassis.web import caller, now, ok, reading, runtime, transaction
from engagement.actors import actor
from engagement.cursors import instant_and_id
from engagement.officials import actions, policy, schemas, store
from engagement.processes.model import Role


def introduce_myself(body: dict[str, str]) -> Response:
    name, unit, sealer = body["displayName"], body.get("unit"), runtime().sealer
    with transaction() as tx:
        official = actions.introduce(tx, name, unit, by=actor(caller()), at=now(), sealer=sealer)
    return ok(schemas.official(official))


def list_officials(cursor: str | None = None, limit: int = 20) -> Response:
    after = instant_and_id(cursor)
    policy.may_know_colleagues(actor(caller())).require()
    with reading() as tx:
        found = store.page(tx, after, limit + 1, runtime().sealer)
    page = paging.page(found, limit, lambda last: [last[1], last[0].id])
    return ok({"items": [schemas.official(each) for each, _ in page.items], "next": page.next})


def list_roles(process_id: str) -> Response:
    with reading() as tx:
        found = actions.assignments(tx, UUID(process_id), by=actor(caller()), sealer=runtime().sealer)
    return ok({"items": [schemas.assignment(each) for each in found]})


def assign_roles(process_id: str, official_id: str, body: dict[str, list[str]]) -> Response:
    wanted = [Role(each) for each in body["roles"]]
    with transaction() as tx:
        given = actions.assign(
            tx,
            UUID(process_id),
            UUID(official_id),
            wanted,
            by=actor(caller()),
            at=now(),
            sealer=runtime().sealer,
        )
    return ok(schemas.assignment(given))
