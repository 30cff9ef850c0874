"""The door of moderation."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from flask import Response

from chassis import paging
from chassis.clock import parse
from chassis.paging import BadCursor
from chassis.web import caller, created, now, ok, reading, transaction
from engagement.actors import actor
from engagement.cursors import instant_and_id
from engagement.moderation import actions, schemas, store
from engagement.moderation.model import Entry
from engagement.processes import actions as processes
from engagement.rulebook.model import Rule


def report_contribution(body: dict[str, str]) -> Response:
    subject, reason, by = schemas.subject(body), Rule(body["reason"]), actor(caller())
    with transaction() as tx:
        reports = actions.report(tx, subject, reason, body.get("note"), by=by, at=now())
    return created(schemas.reported(subject, reports))


def list_reports(process_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    after = _place_instant_and_id(cursor)
    with reading() as tx:
        found = actions.queue(tx, UUID(process_id), after, limit + 1, by=actor(caller()))
    page = paging.page(found, limit, lambda last: list(last.case.key))
    return ok({"items": [schemas.waiting(each) for each in page.items], "next": page.next})


def hide_contribution(body: dict[str, object]) -> Response:
    return _done(actions.hide, body)


def restore_contribution(body: dict[str, object]) -> Response:
    return _done(actions.restore, body)


def keep_contribution(body: dict[str, object]) -> Response:
    return _done(actions.keep, body)


def warn_author(body: dict[str, object]) -> Response:
    return _done(actions.warn, body)


def label_contribution(body: dict[str, object]) -> Response:
    subject, grounds, context = schemas.subject(body), schemas.grounds(body), schemas.context(body)
    with transaction() as tx:
        label = actions.label(tx, subject, grounds, context, by=actor(caller()), at=now())
    return created(schemas.label(label))


def remove_label(body: dict[str, object]) -> Response:
    return _done(actions.unlabel, body)


def list_labels(
    process_id: str, contribution: str | None = None, cursor: str | None = None, limit: int = 20
) -> Response:
    after, about = instant_and_id(cursor), UUID(contribution) if contribution else None
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=actor(caller()))
        found = store.labels(tx, process.id, about, after, limit + 1)
    page = paging.page(found, limit, lambda last: [last.at, last.id])
    return ok({"items": [schemas.label(each) for each in page.items], "next": page.next})


def list_moderation_log(process_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    after = instant_and_id(cursor)
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=actor(caller()))
        found = store.page(tx, process.id, after, limit + 1)
    page = paging.page(found, limit, lambda last: [last.at, last.id])
    return ok({"items": [schemas.entry(each) for each in page.items], "next": page.next})


def count_moderation(process_id: str) -> Response:
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=actor(caller()))
        months = store.months(tx, process.id)
    return ok({"months": [schemas.month(each) for each in months]})


def _done(act: Callable[..., Entry], body: dict[str, object]) -> Response:
    with transaction() as tx:
        entry = act(tx, schemas.subject(body), schemas.grounds(body), by=actor(caller()), at=now())
    return created(schemas.entry(entry))


def _place_instant_and_id(cursor: str | None) -> tuple[int, datetime, UUID] | None:
    """The place of the queue; None means the first page. Raises BadCursor."""
    values = paging.decode(cursor, 3)
    if values is None:
        return None
    try:
        place, at, case_id = int(values[0]), parse(str(values[1])), UUID(str(values[2]))
    except (TypeError, ValueError):
        raise BadCursor("This cursor belongs to another list.") from None
    if abs(place) >= 2**31:
        raise BadCursor("This cursor belongs to another list.")
    return place, at, case_id
