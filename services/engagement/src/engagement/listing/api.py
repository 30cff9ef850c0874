"""The door of the lists."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis import paging
from chassis.paging import Page
from chassis.schemas import camel
from chassis.web import caller, no_content, now, ok, reading, runtime, transaction
from engagement.actors import actor
from engagement.cursors import instant_and_id, number_and_id
from engagement.listing import store
from engagement.listing.model import Order, Wanted, Work
from engagement.listing.policy import may_order
from engagement.processes import actions as processes
from engagement.processes.policy import may_work_on, sees_results
from engagement.proposals import schemas
from engagement.proposals.model import Shown
from engagement.similarity import store as similarity
from engagement.similarity.model import Outcome


def list_proposals(
    process_id: str,
    order: str = "newest",
    seed: int = 0,
    category: str | None = None,
    outcome: str | None = None,
    search: str | None = None,
    work: str | None = None,
    cursor: str | None = None,
    limit: int = 20,
) -> Response:
    by = actor(caller())
    if work is not None:
        may_work_on(by).require()
    after = instant_and_id(cursor) if order == Order.NEWEST else number_and_id(cursor)
    wanted = Wanted(limit, Order(order), seed, category, outcome, search, Work(work) if work else None, after)
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=by)
        counted = sees_results(by, process, now())
        may_order(wanted.order, counted).require()
        found = store.page(tx, process.id, wanted, by.subject, runtime().sealer)
    page = paging.page(found, limit, lambda last: store.place(last, wanted))
    return _page(page, by.is_staff, counted)


def list_my_proposals(process_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    by, after = actor(caller()), instant_and_id(cursor)
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=by)
        found = store.mine(tx, process.id, by.subject, after, limit + 1, runtime().sealer)
    page = paging.page(found, limit, lambda last: [last.proposal.created_at, last.proposal.id])
    return _page(page, by.is_staff, sees_results(by, process, now()))


def find_similar_proposals(process_id: str, title: str) -> Response:
    by = actor(caller())
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=by)
        found = store.similar(tx, process.id, title, by.subject, runtime().sealer)
    return _page(Page(found, None), by.is_staff, sees_results(by, process, now()))


def record_similar_outcome(process_id: str, body: dict[str, Any]) -> Response:
    with transaction() as tx:
        process = processes.visible(tx, UUID(process_id), by=actor(caller()))
        similarity.add_outcome(tx, process.id, Outcome(body["outcome"]), now())
    return no_content()


def get_similar_outcomes(process_id: str) -> Response:
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=actor(caller()))
        found = similarity.outcomes(tx, process.id)
    return ok({camel(each): number for each, number in found.items()})


def _page(page: Page[Shown], staff: bool, counted: bool) -> Response:
    items = [schemas.shown(each, staff=staff, counted=counted) for each in page.items]
    return ok({"items": items, "next": page.next})
