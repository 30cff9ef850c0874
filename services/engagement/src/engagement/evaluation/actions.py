"""The stories of an evaluation: verify, seal, decide, publish. A verification or a decision holds the process, so that
no seal and no publication passes it."""

from datetime import datetime
from uuid import UUID

from chassis import outbox
from chassis.clock import text
from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.contributions import Status
from engagement.criteria import actions as criteria
from engagement.evaluation import events, policy, store
from engagement.evaluation.model import Decided, NotBefore, NotVerified, Ruling, Undecided
from engagement.processes import store as processes
from engagement.processes.model import Process
from engagement.processes.policy import may_work_on
from engagement.proposals import events as proposal_events
from engagement.proposals import store as proposals
from engagement.proposals.model import Decision, Proposal, ProposalClosed, Verification
from engagement.proposals.policy import may_see


def verify(
    tx: Transaction, proposal_id: UUID, outcome: Verification, note: str | None, *, by: Actor, at: datetime
) -> Proposal:
    """Record that the input was checked; the same outcome again changes nothing. Raises NotFound, NotAnOfficial,
    NotSealed, ProposalClosed."""
    process, before = _held(tx, proposal_id, by=by)
    if before.verification is outcome:
        return before
    policy.may_verify(process, before).require()
    proposal = before.verified(outcome, at)
    proposals.save(tx, proposal)
    audit.record(tx, process.id, f"proposal found {outcome}", proposal.id, by=by, at=at, reason=note)
    if proposal.status is Status.INVALIDATED:
        outbox.put(tx, proposal_events.invalidated(proposal, at))
    elif before.status is Status.INVALIDATED:
        outbox.put(tx, proposal_events.validated(proposal, at))
    return proposal


def seal(tx: Transaction, process_id: UUID, *, by: Actor, at: datetime) -> Process:
    """End verification: the input stands. Raises NotFound, NotAnOfficial, NotSealed, NotVerified."""
    may_work_on(by).require()
    process = processes.find_to_change(tx, process_id).sealed()
    if missing := store.unverified(tx, process.id):
        raise NotVerified(f"{missing} proposals are not verified yet.")
    processes.save(tx, process)
    audit.record(tx, process.id, "input sealed", process.id, by=by, at=at)
    outbox.put(tx, events.sealed(process, at))
    return process


def decide(tx: Transaction, proposal_id: UUID, ruling: Ruling, *, by: Actor, at: datetime) -> Decision:
    """Decide, or decide anew while it is internal. Raises NotFound, NotAnOfficial, NotSealed, ProposalClosed,
    NotVerified, NotAssessed, ReasonMissing, ReasonIsRecorded."""
    process, proposal = _held(tx, proposal_id, by=by)
    policy.may_decide(process, proposal).require()
    given = ruling.reasoned(process.limits.reason_min)
    criteria.require_assessed(tx, process.id, [proposal.id])
    decision = _decision(proposal.id, given, at)
    store.save(tx, process.id, [decision], by.subject or "", given.details)
    audit.record(tx, process.id, f"decided {given.outcome}", proposal.id, by=by, at=at, reason=given.reason_code)
    return decision


def decide_together(
    tx: Transaction, process_id: UUID, proposal_ids: set[UUID], ruling: Ruling, *, by: Actor, at: datetime
) -> int:
    """One decision on several proposals, on all of them or on none; how many. Raises NotFound, NotAnOfficial,
    NotSealed, ProposalClosed, NotAssessed, ReasonMissing, ReasonIsRecorded."""
    may_work_on(by).require()
    process = processes.find_held(tx, process_id)
    policy.in_decision(process).require()
    given = ruling.reasoned(process.limits.reason_min)
    if closed := len(proposal_ids) - store.decidable(tx, process.id, proposal_ids):
        raise ProposalClosed(f"{closed} of these are not public, checked and valid.")
    criteria.require_assessed(tx, process.id, proposal_ids)
    decisions = [_decision(each, given, at) for each in sorted(proposal_ids)]
    store.save(tx, process.id, decisions, by.subject or "", given.details)
    done, why = f"decided {given.outcome} together", f"{given.reason_code}: {len(decisions)} proposals"
    audit.record(tx, process.id, done, process.id, by=by, at=at, reason=why)
    return len(decisions)


def decided(tx: Transaction, proposal_id: UUID, *, by: Actor) -> Decided:
    """The decision on a proposal; an internal one is for staff. Raises NotFound."""
    proposal = proposals.find(tx, proposal_id)
    found = store.find(tx, proposal.id) if may_see(by, proposal, own=False) else None
    if found is None or not (by.is_staff or found.decision.published_at):
        raise NotFound("There is no decision yet.")
    return found


def publish(tx: Transaction, process_id: UUID, *, by: Actor, at: datetime) -> Process:
    """Make all answers public at once and tell each contributor's notice, once. Raises NotFound, NotAnOfficial,
    NotSealed, Undecided, NotBefore."""
    may_work_on(by).require()
    process = processes.find_to_change(tx, process_id).decided()
    if missing := store.undecided(tx, process.id):
        raise Undecided(f"{missing} proposals are not decided yet.")
    embargo = store.not_before(tx, process.id)
    if embargo is not None and embargo > at:
        raise NotBefore(f"A decision is not public before {text(embargo)}.")
    processes.save(tx, process)
    answers = [events.published(process, each, at) for each in store.publish(tx, process.id, at)]
    notices = [events.feedback_due(process, each, at) for each in store.contributors(tx, process.id)]
    outbox.put(tx, *answers, *notices, events.decided(process, at))
    audit.record(tx, process.id, "decisions published", process.id, by=by, at=at)
    return process


def _decision(proposal_id: UUID, given: Ruling, at: datetime) -> Decision:
    return Decision(proposal_id, given.outcome, given.reason_code, given.reason, at)


def _held(tx: Transaction, proposal_id: UUID, *, by: Actor) -> tuple[Process, Proposal]:
    """The proposal and its process, which waits with what ends it. Raises NotAnOfficial, NotFound."""
    may_work_on(by).require()
    process = processes.find_held(tx, proposals.process_of(tx, proposal_id))
    proposal = proposals.find(tx, proposal_id)
    if not may_see(by, proposal, own=False):
        raise NotFound("There is no such proposal.")
    return process, proposal
