"""The door of the lists."""

from uuid import UUID

from flask import Response

from chassis import paging
from chassis.database import Transaction
from chassis.paging import Page
from chassis.web import caller, ok, reading, runtime
from engagement.actors import Actor, actor
from engagement.listing import store
from engagement.listing.model import Order, Wanted, Work
from engagement.participants import store as participants
from engagement.processes import actions as processes
from engagement.processes.model import Process
from engagement.processes.policy import may_work_on
from engagement.proposals import schemas
from engagement.proposals.store import Shown, endorsed


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
    wanted = Wanted(
        limit, Order(order), seed, category, outcome, search, Work(work) if work else None, paging.decode(cursor, 2)
    )
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=by)
        page = paging.page(store.page(tx, process.id, wanted), limit, lambda last: store.place(last, wanted))
        return ok(_body(tx, process, page, by))


def find_similar_proposals(process_id: str, title: str) -> Response:
    by = actor(caller())
    with reading() as tx:
        process = processes.visible(tx, UUID(process_id), by=by)
        return ok(_body(tx, process, Page(store.similar(tx, process.id, title), None), by))


def _body(tx: Transaction, process: Process, page: Page[Shown], by: Actor) -> dict[str, object]:
    sealer = runtime().sealer
    me = participants.of_subject(tx, process.id, by.subject, sealer)
    authors = {each.proposal.participant_id for each in page.items if each.proposal.participant_id}
    names = participants.names(tx, authors, sealer)
    mine = endorsed(tx, [each.proposal.id for each in page.items], me.actor_key) if me else set()
    items = [
        schemas.shown(
            each,
            process.slug,
            names.get(each.proposal.participant_id) if each.proposal.participant_id else None,
            mine=bool(me and me.id == each.proposal.participant_id),
            endorsed=each.proposal.id in mine,
            staff=by.is_staff,
        )
        for each in page.items
    ]
    return {"items": items, "next": page.next}
