"""The door of criteria and assessments."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis import paging
from chassis.paging import BadCursor
from chassis.web import caller, now, ok, reading, transaction
from engagement.actors import actor
from engagement.criteria import actions, schemas
from engagement.processes import store as processes

Body = dict[str, Any]  # Any: JSON that the contract has checked
_EVALUATORS_SHOWN = 100


def get_criteria(process_id: str) -> Response:
    with reading() as tx:
        found = actions.visible(tx, UUID(process_id), by=actor(caller()))
    return ok(schemas.criteria_set(found))


def set_criteria(process_id: str, body: Body) -> Response:
    wanted, version = schemas.criteria(body), body["version"]
    with transaction() as tx:
        revised = actions.revise(tx, UUID(process_id), wanted, version, by=actor(caller()), at=now())
    return ok(schemas.criteria_set(revised))


def publish_criteria(process_id: str) -> Response:
    with transaction() as tx:
        published = actions.publish(tx, UUID(process_id), by=actor(caller()), at=now())
    return ok(schemas.criteria_set(published))


def enter_as_evaluator(process_id: str, body: Body) -> Response:
    with transaction() as tx:
        entered = actions.enter(tx, UUID(process_id), body["office"], by=actor(caller()), at=now())
    return ok(schemas.evaluator(entered, me=True))


def list_evaluators(process_id: str) -> Response:
    by = actor(caller())
    with reading() as tx:
        found = actions.evaluators(tx, UUID(process_id), _EVALUATORS_SHOWN, by=by)
    return ok({"items": [schemas.evaluator(each, me=each.subject == by.subject) for each in found]})


def assess_proposal(proposal_id: str, body: Body) -> Response:
    with transaction() as tx:
        given = actions.assess(tx, UUID(proposal_id), schemas.given(body), by=actor(caller()), at=now())
    return ok(schemas.assessment(given))


def list_assessments(proposal_id: str) -> Response:
    with reading() as tx:
        looked = actions.look(tx, UUID(proposal_id), by=actor(caller()))
    return ok(schemas.looked(looked))


def list_scores(process_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    place = paging.decode(cursor, 1)
    if place is not None and not (isinstance(place[0], int) and 0 <= place[0] < 2**31):
        raise BadCursor("This cursor belongs to another list.")
    with reading() as tx:
        found = actions.scores(tx, UUID(process_id), place[0] if place else 0, limit + 1, by=actor(caller()))
        slug = processes.slug(tx, UUID(process_id))
    page = paging.page(found, limit, lambda last: [last.number])
    return ok({"items": [schemas.score(each, slug) for each in page.items], "next": page.next})
