"""The door of proposals and endorsements."""

from uuid import UUID

from flask import Response

from chassis.errors import NotFound
from chassis.web import answered, caller, created, no_content, now, ok, reading, runtime, transaction
from engagement.actors import actor
from engagement.participants import store as participants
from engagement.processes import store as processes
from engagement.proposals import actions, policy, schemas, store


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
    by, sealer = actor(caller()), runtime().sealer
    with reading() as tx:
        found = store.find_shown(tx, UUID(proposal_id))
        process = processes.find(tx, found.proposal.process_id)
        participant = participants.of_subject(tx, process.id, by.subject, sealer)
        if not policy.may_see(by, participant, found.proposal):
            raise NotFound("There is no such proposal.")
        author_id = found.proposal.participant_id
        author = participants.names(tx, [author_id], sealer).get(author_id) if author_id else None
        endorsed = bool(participant and store.endorsed(tx, [found.proposal.id], participant.actor_key))
    mine = bool(participant and participant.id == author_id)
    return ok(schemas.shown(found, process.slug, author, mine=mine, endorsed=endorsed, staff=by.is_staff))


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
