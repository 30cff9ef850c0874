"""The door of proposals and endorsements."""

from uuid import UUID

from flask import Response

from chassis.errors import NotFound
from chassis.web import answered, caller, created, no_content, now, ok, reading, runtime, transaction
from engagement.actors import actor
from engagement.processes import store as processes
from engagement.processes.policy import sees_results
from engagement.proposals import actions, policy, schemas, store
from engagement.texts import schemas as texts


def submit_proposal(process_id: str, body: dict[str, object]) -> Response:
    wanted = schemas.submission(body)
    with transaction() as tx:
        proposal, leaf = actions.submit(
            tx, UUID(process_id), wanted, by=actor(caller()), at=now(), sealer=runtime().sealer
        )
        slug = processes.slug(tx, proposal.process_id)
        return answered(tx, created(schemas.submitted(proposal, slug, leaf)))


def revise_proposal(proposal_id: str, body: dict[str, object]) -> Response:
    wanted = schemas.submission(body)
    with transaction() as tx:
        proposal, leaf = actions.revise(
            tx, UUID(proposal_id), wanted, by=actor(caller()), at=now(), sealer=runtime().sealer
        )
        slug = processes.slug(tx, proposal.process_id)
    return ok(schemas.submitted(proposal, slug, leaf))


def get_proposal(proposal_id: str) -> Response:
    by = actor(caller())
    with reading() as tx:
        found = store.find_shown(tx, UUID(proposal_id), by.subject, runtime().sealer)
        process = processes.find(tx, found.proposal.process_id)
    if not policy.may_see(by, found.proposal, own=found.mine):
        raise NotFound("There is no such proposal.")
    return ok(schemas.shown(found, staff=by.is_staff, counted=sees_results(by, process, now())))


def discard_proposal(proposal_id: str) -> Response:
    with transaction() as tx:
        actions.discard(tx, UUID(proposal_id), by=actor(caller()), sealer=runtime().sealer)
    return no_content()


def withdraw_proposal(proposal_id: str) -> Response:
    with transaction() as tx:
        proposal = actions.withdraw(tx, UUID(proposal_id), by=actor(caller()), at=now(), sealer=runtime().sealer)
        slug = processes.slug(tx, proposal.process_id)
    return ok(schemas.submitted(proposal, slug, None))


def list_proposal_versions(proposal_id: str) -> Response:
    with reading() as tx:
        found = actions.versions(tx, UUID(proposal_id), by=actor(caller()), sealer=runtime().sealer)
    return ok({"items": [texts.version(each) for each in found], "next": None})


def get_proposal_changes(proposal_id: str, number: int) -> Response:
    with reading() as tx:
        changed = actions.changes(tx, UUID(proposal_id), number, by=actor(caller()), sealer=runtime().sealer)
    return ok({"number": number, "changes": texts.changes(changed)})


def endorse_proposal(proposal_id: str) -> Response:
    with transaction() as tx:
        endorsement, leaf = actions.endorse(
            tx, UUID(proposal_id), by=actor(caller()), at=now(), sealer=runtime().sealer
        )
    return created(schemas.endorsement(endorsement, leaf))


def withdraw_endorsement(proposal_id: str) -> Response:
    with transaction() as tx:
        actions.withdraw_endorsement(tx, UUID(proposal_id), by=actor(caller()), at=now(), sealer=runtime().sealer)
    return no_content()
