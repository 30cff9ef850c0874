"""The door of processes."""

from datetime import datetime
from uuid import UUID

from flask import Response

from chassis import paging
from chassis.web import answered, caller, created, now, ok, reading, transaction
from engagement.actors import Actor, actor
from engagement.audit import store as audit
from engagement.counts import store as counts
from engagement.counts.model import ProcessCounts
from engagement.cursors import instant_and_id
from engagement.processes import actions, policy, schemas, store
from engagement.processes.model import Process, State

_PUBLIC = [state for state in State if state not in (State.DRAFT, State.IN_REVIEW)]


def list_processes(
    slug: str | None = None, state: str | None = None, cursor: str | None = None, limit: int = 20
) -> Response:
    by, at = actor(caller()), now()
    states = [each for each in (list(State) if by.is_staff else _PUBLIC) if state in (None, each)]
    after = instant_and_id(cursor)
    with reading() as tx:
        found = store.page(tx, states, slug, after, limit + 1)
        page = paging.page(found, limit, lambda last: [last.created_at, last.id])
        counted = counts.of_processes(tx, [process.id for process in page.items])
    return ok({"items": [_shown(each, counted[each.id], by, at) for each in page.items], "next": page.next})


def draft_process(body: dict[str, object]) -> Response:
    with transaction() as tx:
        process = actions.draft(tx, schemas.DRAFT.load(body), by=actor(caller()), at=now())
        return answered(tx, created(schemas.process(process, counts.NONE)))


def get_process(process_id: str) -> Response:
    by = actor(caller())
    with reading() as tx:
        process = actions.visible(tx, UUID(process_id), by=by)
        return ok(_shown(process, counts.of_process(tx, process.id), by, now()))


def revise_process(process_id: str, body: dict[str, object]) -> Response:
    version = int(str(body.pop("version")))
    with transaction() as tx:
        wanted = schemas.DRAFT.load(body)
        process = actions.revise(tx, UUID(process_id), wanted, version, by=actor(caller()), at=now())
    return ok(schemas.process(process, counts.NONE))


def request_review(process_id: str) -> Response:
    with transaction() as tx:
        process = actions.request_review(tx, UUID(process_id), by=actor(caller()), at=now())
    return ok(schemas.process(process, counts.NONE))


def return_process(process_id: str, body: dict[str, str]) -> Response:
    with transaction() as tx:
        process = actions.give_back(tx, UUID(process_id), body["note"], by=actor(caller()), at=now())
    return ok(schemas.process(process, counts.NONE))


def approve_process(process_id: str) -> Response:
    with transaction() as tx:
        process = actions.approve(tx, UUID(process_id), by=actor(caller()), at=now())
    return ok(schemas.process(process, counts.NONE))


def reschedule_phase(process_id: str, phase_id: str, body: dict[str, str]) -> Response:
    instants = schemas.RESCHEDULE.load(body)
    with transaction() as tx:
        process = actions.reschedule(tx, UUID(process_id), UUID(phase_id), **instants, by=actor(caller()), at=now())
        counted = counts.of_process(tx, process.id)
    return ok(schemas.process(process, counted))


def announce_phase(process_id: str, phase_id: str, body: dict[str, dict[str, str]]) -> Response:
    said = body.get("announcement")
    with transaction() as tx:
        process = actions.announce(tx, UUID(process_id), UUID(phase_id), said, by=actor(caller()), at=now())
        counted = counts.of_process(tx, process.id)
    return ok(schemas.process(process, counted))


def cancel_process(process_id: str, body: dict[str, dict[str, str]]) -> Response:
    with transaction() as tx:
        process = actions.cancel(tx, UUID(process_id), body["reason"], by=actor(caller()), at=now())
        counted = counts.of_process(tx, process.id)
    return ok(schemas.process(process, counted))


def monitor_process(process_id: str) -> Response:
    with transaction() as tx:
        process = actions.monitor(tx, UUID(process_id), by=actor(caller()), at=now())
        counted = counts.of_process(tx, process.id)
    return ok(schemas.process(process, counted))


def archive_process(process_id: str) -> Response:
    with transaction() as tx:
        process = actions.archive(tx, UUID(process_id), by=actor(caller()), at=now())
        counted = counts.of_process(tx, process.id)
    return ok(schemas.process(process, counted))


def list_audit(process_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    after, by = instant_and_id(cursor), actor(caller())
    policy.may_work_on(by).require()
    with reading() as tx:
        process = actions.visible(tx, UUID(process_id), by=by)
        found = audit.page(tx, process.id, after, limit + 1)
    page = paging.page(found, limit, lambda last: [last.at, last.id])
    return ok({"items": [schemas.audited(each) for each in page.items], "next": page.next})


def _shown(of: Process, counted: ProcessCounts, by: Actor, at: datetime) -> dict[str, object]:
    return schemas.process(of, counted, staff=by.is_staff, hidden=not policy.sees_results(by, of, at))
