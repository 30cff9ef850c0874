"""The door of facts."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis import paging
from chassis.errors import NotFound
from chassis.paging import BadCursor
from chassis.web import caller, created, now, ok, reading, transaction
from engagement.actors import actor
from engagement.cursors import instant_and_id
from engagement.facts import actions, schemas, store
from engagement.processes import actions as processes

Body = dict[str, Any]  # Any: JSON that the contract has checked


def get_facts(process_id: str) -> Response:
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=actor(caller()))
        found = store.latest(tx, process.id)
    if found is None:
        raise NotFound("There are no facts yet.")
    return ok(schemas.box(found))


def list_fact_versions(process_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    before = paging.decode(cursor, 1)
    if before is not None and not (isinstance(before[0], int) and 0 < before[0] < 2**31):
        raise BadCursor("This cursor belongs to another list.")
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=actor(caller()))
        found = store.versions(tx, process.id, before[0] if before else None, limit + 1)
    page = paging.page(found, limit, lambda last: [last.number])
    return ok({"items": [schemas.box(each) for each in page.items], "next": page.next})


def state_facts(process_id: str, body: Body) -> Response:
    said = body["body"], schemas.sources(body), body["after"]
    with transaction() as tx:
        stated = actions.state_facts(tx, UUID(process_id), *said, by=actor(caller()), at=now())
    return created(schemas.box(stated))


def list_rumours(process_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    after = instant_and_id(cursor)
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=actor(caller()))
        found = store.rumours(tx, process.id, after, limit + 1)
    page = paging.page(found, limit, lambda last: [last.at, last.id])
    return ok({"items": [schemas.rumour(each) for each in page.items], "next": page.next})


def register_rumour(process_id: str, body: Body) -> Response:
    claim, answer, by = body["claim"], schemas.answer(body), actor(caller())
    with transaction() as tx:
        registered = actions.register_rumour(tx, UUID(process_id), claim, answer, by=by, at=now())
    return created(schemas.rumour(registered))


def answer_rumour(rumour_id: str, body: Body) -> Response:
    number, answer, by = body["number"], schemas.answer(body), actor(caller())
    with transaction() as tx:
        answered = actions.answer_rumour(tx, UUID(rumour_id), number, answer, by=by, at=now())
    return created(schemas.rumour(answered))
