"""The door of moderation."""

from uuid import UUID

from flask import Response

from chassis import paging
from chassis.web import caller, created, now, ok, reading, transaction
from engagement.actors import actor
from engagement.cursors import instant_and_id
from engagement.moderation import actions, schemas, store
from engagement.moderation.model import Rule
from engagement.processes import actions as processes


def report_contribution(body: dict[str, str]) -> Response:
    subject, reason, by = schemas.subject(body), Rule(body["reason"]), actor(caller())
    with transaction() as tx:
        reports = actions.report(tx, subject, reason, body.get("note"), by=by, at=now())
    return created(schemas.reported(subject, reports))


def list_reports(process_id: str) -> Response:
    with reading() as tx:
        waiting = actions.queue(tx, UUID(process_id), by=actor(caller()))
    return ok({"items": [schemas.waiting(each) for each in waiting]})


def hide_contribution(body: dict[str, object]) -> Response:
    with transaction() as tx:
        entry = actions.hide(tx, schemas.subject(body), schemas.grounds(body), by=actor(caller()), at=now())
    return created(schemas.entry(entry))


def restore_contribution(body: dict[str, object]) -> Response:
    with transaction() as tx:
        entry = actions.restore(tx, schemas.subject(body), schemas.grounds(body), by=actor(caller()), at=now())
    return created(schemas.entry(entry))


def list_moderation_log(process_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    after = instant_and_id(cursor)
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=actor(caller()))
        found = store.page(tx, process.id, after, limit + 1)
    page = paging.page(found, limit, lambda last: [last.at, last.id])
    return ok({"items": [schemas.entry(each) for each in page.items], "next": page.next})
