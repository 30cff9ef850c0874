"""The stories of a commitment: make it, report its progress, reach a milestone; and the way that led to it."""

from datetime import date, datetime
from uuid import UUID

from chassis import ids, outbox
from chassis.database import Transaction
from chassis.errors import NotFound, Stale
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.commitments import events, store
from engagement.commitments.model import DEEPEST, Branch, Commitment, Milestone, Promise, Step, TooDeep, Trace
from engagement.criteria import store as criteria
from engagement.criteria.model import found
from engagement.evaluation import store as evaluation
from engagement.processes import store as processes
from engagement.processes.actions import visible as visible_process
from engagement.processes.model import Text
from engagement.processes.policy import may_work_on
from engagement.proposals import store as proposals
from engagement.proposals.policy import may_see


def make(tx: Transaction, process_id: UUID, promise: Promise, *, by: Actor, at: datetime) -> Branch:
    """Raises NotAnOfficial, NotFound (also for a proposal or a whole of another process), TooDeep, DueBeforeStart,
    CostWithoutCurrency."""
    may_work_on(by).require()
    process = processes.find(tx, process_id)
    if promise.proposal_id and proposals.process_of(tx, promise.proposal_id) != process.id:
        raise NotFound("There is no such proposal in this process.")
    whole = store.find(tx, promise.parent_id) if promise.parent_id else None
    if whole is not None and whole.process_id != process.id:
        raise NotFound("There is no such commitment in this process.")
    if whole is not None and store.depth(tx, whole) >= DEEPEST:
        raise TooDeep("Parts stand at most two levels under a commitment.")
    made = Commitment(ids.new(), process.id, promise.sound(), created_at=at, updated_at=at)
    store.add(tx, made)
    audit.record(tx, process.id, "commitment made", made.id, by=by, at=at)
    outbox.put(tx, events.made(made))
    return Branch(made)


def report(tx: Transaction, commitment_id: UUID, step: Step, version: int, *, by: Actor, at: datetime) -> Branch:
    """`version` is the one that was read. Raises NotAnOfficial, NotFound, Stale, DroppedWithoutReason,
    DueBeforeStart."""
    may_work_on(by).require()
    before = store.find(tx, commitment_id)
    if before.version != version:
        raise Stale("Someone else reported on this.")
    commitment = before.reported(step, at)
    store.save(tx, commitment)
    audit.record(tx, commitment.process_id, f"commitment {commitment.status}", commitment.id, by=by, at=at)
    outbox.put(tx, events.updated(commitment, at))
    return store.grown(tx, [commitment])[0]


def reach(tx: Transaction, commitment_id: UUID, reached_on: date, words: Text, *, by: Actor, at: datetime) -> Milestone:
    """Raises NotAnOfficial, NotFound."""
    may_work_on(by).require()
    commitment = store.find(tx, commitment_id)
    milestone = Milestone(ids.new(), commitment.id, reached_on, words, at)
    store.add_milestone(tx, milestone)
    audit.record(tx, commitment.process_id, "milestone reached", commitment.id, by=by, at=at)
    outbox.put(tx, events.updated(commitment, at))
    return milestone


def visible(tx: Transaction, commitment_id: UUID, *, by: Actor) -> Branch:
    """With its parts. Raises NotFound."""
    commitment = store.find(tx, commitment_id)
    visible_process(tx, commitment.process_id, by=by)
    return store.grown(tx, [commitment])[0]


def trace(tx: Transaction, proposal_id: UUID, *, by: Actor) -> Trace:
    """From input to what was reached, as far as it is public: scores are, with the decision. Raises NotFound."""
    proposal = proposals.find(tx, proposal_id)
    if not may_see(by, proposal, own=False):
        raise NotFound("There is no such proposal.")
    decided = evaluation.find(tx, proposal.id)
    commitments = tuple(store.of_proposal(tx, proposal.id))
    if decided is None or decided.decision.published_at is None:
        return Trace(proposal.id, None, None, commitments)
    scored = found(criteria.of_process(tx, proposal.process_id), criteria.assessments(tx, proposal.id))
    return Trace(proposal.id, scored, decided, commitments)
