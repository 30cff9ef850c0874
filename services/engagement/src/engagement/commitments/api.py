"""The door of commitments."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis import paging
from chassis.web import caller, created, now, ok, reading, transaction
from engagement.actors import actor
from engagement.commitments import actions, schemas, store
from engagement.cursors import instant_and_id
from engagement.processes import actions as processes

Body = dict[str, Any]  # Any: JSON that the contract has checked


def list_commitments(process_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    after, today = instant_and_id(cursor), now().date()
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=actor(caller()))
        found = store.page(tx, process.id, after, limit + 1)
    page = paging.page(found, limit, lambda last: [last.commitment.created_at, last.commitment.id])
    return ok({"items": [schemas.branch(each, today) for each in page.items], "next": page.next})


def make_commitment(process_id: str, body: Body) -> Response:
    at = now()
    with transaction() as tx:
        made = actions.make(tx, UUID(process_id), schemas.promise(body), by=actor(caller()), at=at)
    return created(schemas.branch(made, at.date()))


def get_commitment(commitment_id: str) -> Response:
    with reading() as tx:
        branch = actions.visible(tx, UUID(commitment_id), by=actor(caller()))
        milestones = store.milestones(tx, branch.commitment.id)
    shown = schemas.branch(branch, now().date())
    return ok({"commitment": shown, "milestones": [schemas.milestone(each) for each in milestones]})


def report_progress(commitment_id: str, body: Body) -> Response:
    at, step, version = now(), schemas.step(body), body["version"]
    with transaction() as tx:
        branch = actions.report(tx, UUID(commitment_id), step, version, by=actor(caller()), at=at)
    return ok(schemas.branch(branch, at.date()))


def add_milestone(commitment_id: str, body: Body) -> Response:
    reached_on, words = schemas.reached_on(body), body["words"]
    with transaction() as tx:
        reached = actions.reach(tx, UUID(commitment_id), reached_on, words, by=actor(caller()), at=now())
    return created(schemas.milestone(reached))


def trace_proposal(proposal_id: str) -> Response:
    with reading() as tx:
        found = actions.trace(tx, UUID(proposal_id), by=actor(caller()))
    return ok(schemas.trace(found, now().date()))
