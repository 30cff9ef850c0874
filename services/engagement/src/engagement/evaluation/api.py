"""The door of the evaluation."""

from typing import Any
from uuid import UUID

from flask import Response

from chassis.web import caller, now, ok, reading, transaction
from engagement.actors import actor
from engagement.counts import store as counts
from engagement.evaluation import actions, schemas
from engagement.processes import schemas as processes
from engagement.proposals import schemas as proposals
from engagement.proposals.model import Verification


def verify_proposal(proposal_id: str, body: dict[str, str]) -> Response:
    outcome, note = Verification(body["outcome"]), body.get("note")
    with transaction() as tx:
        proposal = actions.verify(tx, UUID(proposal_id), outcome, note, by=actor(caller()), at=now())
    return ok(schemas.verification(proposal))


def seal_input(process_id: str) -> Response:
    with transaction() as tx:
        process = actions.seal(tx, UUID(process_id), by=actor(caller()), at=now())
        counted = counts.of_process(tx, process.id)
    return ok(processes.process(process, counted))


def decide_proposal(proposal_id: str, body: dict[str, object]) -> Response:
    with transaction() as tx:
        decision = actions.decide(tx, UUID(proposal_id), schemas.ruling(body), by=actor(caller()), at=now())
    return ok(proposals.decision(decision))


def decide_together(process_id: str, body: dict[str, Any]) -> Response:
    ruling, wanted = schemas.ruling(body), {UUID(each) for each in body["proposalIds"]}
    with transaction() as tx:
        number = actions.decide_together(tx, UUID(process_id), wanted, ruling, by=actor(caller()), at=now())
    return ok({"decided": number})


def get_decision(proposal_id: str) -> Response:
    with reading() as tx:
        found = actions.decided(tx, UUID(proposal_id), by=actor(caller()))
    return ok(schemas.decided(found))


def publish_decisions(process_id: str) -> Response:
    with transaction() as tx:
        process = actions.publish(tx, UUID(process_id), by=actor(caller()), at=now())
        counted = counts.of_process(tx, process.id)
    return ok(processes.process(process, counted))
