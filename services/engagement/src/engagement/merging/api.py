"""The door of merging."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis.web import caller, created, now, ok, reading, runtime, transaction
from engagement.actors import actor
from engagement.merging import actions, schemas
from engagement.processes import store as processes
from engagement.proposals import schemas as proposals


def merge_proposals(process_id: str, body: dict[str, Any]) -> Response:
    wanted, originals = proposals.submission(body), {UUID(each) for each in body["originalIds"]}
    with transaction() as tx:
        merged = actions.merge(tx, UUID(process_id), originals, wanted, by=actor(caller()), at=now())
        slug = processes.slug(tx, merged.proposal.process_id)
    return created(schemas.merged(merged, slug))


def carry_support(proposal_id: str) -> Response:
    with transaction() as tx:
        carried, leaf = actions.carry(tx, UUID(proposal_id), by=actor(caller()), at=now(), sealer=runtime().sealer)
    return created(proposals.endorsement(carried, leaf))


def get_merge(proposal_id: str) -> Response:
    with reading() as tx:
        found, slug = actions.relations(tx, UUID(proposal_id), by=actor(caller()))
    return ok(schemas.relations(found, slug))
