"""The door of the lists."""

from uuid import UUID

from flask import Response

from chassis import paging
from chassis.web import caller, ok, reading, runtime
from engagement.actors import actor
from engagement.cursors import instant_and_id, number_and_id
from engagement.listing import store
from engagement.listing.model import Order, Wanted, Work
from engagement.processes import actions as processes
from engagement.processes.policy import may_work_on
from engagement.proposals import schemas


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
        found = store.page(tx, process.id, wanted, by.subject, runtime().sealer)
    page = paging.page(found, limit, lambda last: store.place(last, wanted))
    return ok({"items": [schemas.shown(each, staff=by.is_staff) for each in page.items], "next": page.next})


def find_similar_proposals(process_id: str, title: str) -> Response:
    by = actor(caller())
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=by)
        found = store.similar(tx, process.id, title, by.subject, runtime().sealer)
    return ok({"items": [schemas.shown(each, staff=by.is_staff) for each in found], "next": None})
