"""The door of amendments."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis import paging
from chassis.web import answered, caller, created, now, ok, reading, runtime, transaction
from engagement.actors import actor
from engagement.amendments import actions, schemas, store
from engagement.amendments.model import State
from engagement.cursors import instant_and_id
from engagement.participants import store as participants
from engagement.processes import store as processes
from engagement.proposals import actions as proposals
from engagement.proposals import schemas as proposal_schemas


def propose_amendment(proposal_id: str, body: dict[str, Any]) -> Response:
    wanted = schemas.wanted(body)
    with transaction() as tx:
        amendment, leaf = actions.propose(
            tx, UUID(proposal_id), wanted, by=actor(caller()), at=now(), sealer=runtime().sealer
        )
        return answered(tx, created(schemas.proposed(amendment, leaf)))


def list_amendments(proposal_id: str, cursor: str | None = None, limit: int = 20) -> Response:
    by, after = actor(caller()), instant_and_id(cursor)
    with reading() as tx:
        proposal, _ = proposals.visible(tx, UUID(proposal_id), by=by, sealer=runtime().sealer)
        found = store.page(tx, proposal.id, after, limit + 1, hidden=by.is_staff)
        page = paging.page(found, limit, lambda last: [last.at, last.id])
        names = participants.names(tx, {each.participant_id for each in page.items}, runtime().sealer)
    items = [schemas.amendment(each, names.get(each.participant_id)) for each in page.items]
    return ok({"items": items, "next": page.next})


def get_amendment(amendment_id: str) -> Response:
    with reading() as tx:
        found = actions.seen(tx, UUID(amendment_id), by=actor(caller()), sealer=runtime().sealer)
    return ok(schemas.seen(found))


def decide_amendment(amendment_id: str, body: dict[str, Any]) -> Response:
    outcome, by, sealer = State(body["outcome"]), actor(caller()), runtime().sealer
    with transaction() as tx:
        decided = actions.decide(tx, UUID(amendment_id), outcome, body["reason"], by=by, at=now(), sealer=sealer)
    return ok(schemas.amendment(decided, None))


def withdraw_amendment(amendment_id: str) -> Response:
    with transaction() as tx:
        withdrawn = actions.withdraw(tx, UUID(amendment_id), by=actor(caller()), at=now(), sealer=runtime().sealer)
    return ok(schemas.amendment(withdrawn, None))


def promote_amendment(amendment_id: str) -> Response:
    with transaction() as tx:
        proposal, leaf = actions.promote(tx, UUID(amendment_id), by=actor(caller()), at=now(), sealer=runtime().sealer)
        slug = processes.slug(tx, proposal.process_id)
    return created(proposal_schemas.submitted(proposal, slug, leaf))
