"""The stories of criteria: choose them, publish them, enter as an evaluator, assess, look."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from chassis import ids, outbox
from chassis.database import Transaction
from chassis.errors import NotFound, Stale
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.criteria import events, policy, store
from engagement.criteria.model import (
    ENOUGH,
    Assessment,
    AssessmentFinal,
    CriteriaSet,
    Criterion,
    Evaluator,
    Given,
    Looked,
    NotAssessed,
    Score,
    counted,
    found,
)
from engagement.processes import store as processes
from engagement.processes.actions import visible as visible_process
from engagement.processes.model import State
from engagement.processes.policy import may_work_on
from engagement.proposals import store as proposals
from engagement.proposals.policy import may_see


def visible(tx: Transaction, process_id: UUID, *, by: Actor) -> CriteriaSet:
    """The criteria; unpublished ones are for staff. Raises NotFound."""
    process = visible_process(tx, process_id, by=by)
    criteria = store.of_process(tx, process.id)
    if criteria.published_at is None and not by.is_staff:
        raise NotFound("There are no criteria yet.")
    return criteria


def revise(
    tx: Transaction, process_id: UUID, wanted: tuple[Criterion, ...], version: int, *, by: Actor, at: datetime
) -> CriteriaSet:
    """`version` is the one that was read. Raises NotAnOfficial, NotFound, CriteriaPublished, Stale, Invalid."""
    may_work_on(by).require()
    process = processes.find_to_change(tx, process_id)
    before = store.of_process(tx, process.id)
    if before.version != version:
        raise Stale("Someone else changed the criteria.")
    criteria = before.revised(wanted)
    store.save(tx, criteria)
    audit.record(tx, process.id, "criteria revised", process.id, by=by, at=at)
    return criteria


def publish(tx: Transaction, process_id: UUID, *, by: Actor, at: datetime) -> CriteriaSet:
    """From now on they stand. Raises NotAnOfficial, NotFound, CriteriaPublished, NoCriteria."""
    may_work_on(by).require()
    process = processes.find_to_change(tx, process_id)
    criteria = store.of_process(tx, process.id).published(at)
    store.save(tx, criteria)
    audit.record(tx, process.id, "criteria published", process.id, by=by, at=at)
    outbox.put(tx, events.published(criteria))
    return criteria


def enter(tx: Transaction, process_id: UUID, office: str, *, by: Actor, at: datetime) -> Evaluator:
    """The official assesses in this process from now on. Raises NotAnOfficial, NotFound."""
    may_work_on(by).require()
    process = processes.find(tx, process_id)
    evaluator = Evaluator(process.id, by.subject or "", office, at)
    store.add_evaluator(tx, evaluator)
    audit.record(tx, process.id, "evaluator entered", process.id, by=by, at=at)
    return evaluator


def evaluators(tx: Transaction, process_id: UUID, limit: int, *, by: Actor) -> list[Evaluator]:
    """Raises NotAnOfficial, NotFound."""
    may_work_on(by).require()
    return store.evaluators(tx, processes.find(tx, process_id).id, limit)


def assess(tx: Transaction, proposal_id: UUID, given: Given, *, by: Actor, at: datetime) -> Assessment:
    """Points by every criterion, or a conflict of interest that is declared. Raises NotAnOfficial, NotFound,
    NotAnEvaluator, NoCriteria, NotSealed, ProposalClosed, OutsideScale, AssessmentFinal."""
    may_work_on(by).require()
    process = processes.find_held(tx, proposals.process_of(tx, proposal_id))
    proposal = proposals.find(tx, proposal_id)
    if not may_see(by, proposal, own=False):
        raise NotFound("There is no such proposal.")
    criteria, evaluator = store.of_process(tx, process.id), store.evaluator_of(tx, process.id, by.subject)
    policy.may_assess(by, evaluator, criteria, process, proposal).require()
    before = store.assessments(tx, proposal.id)
    if len(counted(before)) >= ENOUGH and any(each.evaluator == by.subject for each in before):
        raise AssessmentFinal("Others have seen your assessment.")
    total = None if given.conflict else criteria.total(given.scores)
    scores = {} if given.conflict else given.scores
    of = process.id, proposal.id, by.subject or ""
    assessment = Assessment(ids.new(), *of, given.conflict, scores, total, given.note, at)
    store.save_assessment(tx, assessment)
    done = "conflict of interest declared" if given.conflict else "proposal assessed"
    audit.record(tx, process.id, done, proposal.id, by=by, at=at)
    return assessment


def look(tx: Transaction, proposal_id: UUID, *, by: Actor) -> Looked:
    """Raises NotAnOfficial, NotFound."""
    may_work_on(by).require()
    proposal = proposals.find(tx, proposal_id)
    if not may_see(by, proposal, own=False):
        raise NotFound("There is no such proposal.")
    criteria, given = store.of_process(tx, proposal.process_id), store.assessments(tx, proposal.id)
    mine = next((each for each in given if each.evaluator == by.subject), None)
    number = len(counted(given))
    if not policy.sees_others(store.evaluator_of(tx, proposal.process_id, by.subject), mine, given):
        return Looked(criteria, number, mine, None, ())
    return Looked(criteria, number, mine, found(criteria, given), tuple(each for each in given if each is not mine))


def scores(tx: Transaction, process_id: UUID, after: int, limit: int, *, by: Actor) -> list[Score]:
    """For officials at any time, for everybody once the answers are public. Raises NotFound, NotAnOfficial."""
    process = visible_process(tx, process_id, by=by)
    if process.state is not State.DECIDED:
        may_work_on(by).require()
    return store.scores(tx, process.id, by.subject, after, limit)


def require_assessed(tx: Transaction, process_id: UUID, proposal_ids: Iterable[UUID]) -> None:
    """Where criteria are published, each proposal was assessed twice before it is decided. Raises NotAssessed."""
    if store.of_process(tx, process_id).published_at is None:
        return
    if missing := store.unassessed(tx, proposal_ids):
        raise NotAssessed(f"{missing} proposals were not assessed by {ENOUGH} evaluators yet.")
