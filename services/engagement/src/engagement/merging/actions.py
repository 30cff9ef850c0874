"""The stories of a merge: put proposals together, carry support over."""

from datetime import datetime
from uuid import UUID

from chassis import outbox
from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.evaluation import policy as deciding
from engagement.evaluation import store as evaluation
from engagement.evaluation.model import Outcome, ReasonCode
from engagement.merging import events, store
from engagement.merging.model import AlreadyMerged, Merged, NothingToCarry, Relations
from engagement.participants import store as participants
from engagement.participants.policy import takes_part
from engagement.processes import store as processes
from engagement.processes.policy import may_work_on
from engagement.proposals import actions as proposing
from engagement.proposals import events as proposal_events
from engagement.proposals import store as proposals
from engagement.proposals.model import (
    AlreadyEndorsed,
    Decision,
    Endorsement,
    ProposalClosed,
    Submission,
    Verification,
)
from engagement.proposals.policy import may_see
from engagement.receipts import store as receipts
from engagement.receipts.model import Leaf, leaf


def merge(
    tx: Transaction, process_id: UUID, originals: set[UUID], wanted: Submission, *, by: Actor, at: datetime
) -> Merged:
    """An official proposal in the place of others, which are decided `merged`; whoever supported one is asked. Raises
    NotAnOfficial, NotFound, NotSealed, ProposalClosed, AlreadyMerged, OutsideLimits, UnknownCategory."""
    may_work_on(by).require()
    process = processes.find_to_change(tx, process_id)  # two officials may merge the same proposal: one comes second
    deciding.in_decision(process).require()
    if closed := len(originals) - evaluation.decidable(tx, process.id, originals):
        raise ProposalClosed(f"{closed} of these are not public, checked and valid.")
    if store.merged(tx, originals):
        raise AlreadyMerged("One of these was merged already.")
    content = wanted.content.within(process)
    published, _ = proposing.publish(tx, proposing.written(process, wanted, content, author=None, by=by, at=at), at)
    proposal = published.verified(Verification.VALID, at)
    proposals.save(tx, proposal)
    ordered = sorted(originals)
    store.add(tx, proposal, ordered, by.subject or "", at)
    decisions = [Decision(each, Outcome.MERGED, ReasonCode.DUPLICATE, None, at) for each in ordered]
    evaluation.save(tx, process.id, decisions, by.subject or "")
    audit.record(tx, process.id, "proposals merged", proposal.id, by=by, at=at, reason=f"{len(ordered)} originals")
    asked = [events.notice_due(proposal, each, at) for each in store.supporters(tx, ordered)]
    outbox.put(tx, events.merged(proposal, ordered, at), *asked)
    return Merged(proposal, len(ordered))


def carry(tx: Transaction, proposal_id: UUID, *, by: Actor, at: datetime, sealer: Sealer) -> tuple[Endorsement, Leaf]:
    """A supporter of an original supports what it was merged into. Raises NotFound, NotAParticipant, NothingToCarry,
    ProposalClosed, AlreadyEndorsed."""
    process = processes.find_held(tx, proposals.process_of(tx, proposal_id))
    proposal = proposals.find(tx, proposal_id)
    participant = participants.of_subject(tx, process.id, by.subject, sealer)
    takes_part(participant).require()
    assert participant is not None  # noqa: S101 - takes_part has just said so
    if not deciding.in_decision(process) or not store.supported_original(tx, proposal.id, participant.actor_key):
        raise NothingToCarry("There is no support of yours to carry over now.")
    endorsement = proposal.endorsed_by(participant, at)
    if not proposals.add_endorsement(tx, endorsement):
        raise AlreadyEndorsed("You support this proposal already.")
    receipt = leaf(process.id, "endorsement", endorsement.id, endorsement.channel, str(proposal_id), at)
    receipts.append(tx, receipt)
    outbox.put(tx, proposal_events.endorsed(proposal, endorsement, None))
    return endorsement, receipt


def relations(tx: Transaction, proposal_id: UUID, *, by: Actor) -> tuple[Relations, str]:
    """What a proposal was merged into and from, and the slug of its process. Raises NotFound."""
    proposal = proposals.find(tx, proposal_id)
    if not may_see(by, proposal, own=False):
        raise NotFound("There is no such proposal.")
    return store.relations(tx, proposal.id), processes.slug(tx, proposal.process_id)
