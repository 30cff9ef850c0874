"""The stories of a proposal: draft, submit, endorse, withdraw, hide, restore."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis import ids, outbox
from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.actors import Actor
from engagement.contributions import Status
from engagement.participants import store as participants
from engagement.participants.model import Participant
from engagement.processes import store as processes
from engagement.processes.actions import visible as visible_process
from engagement.processes.model import Process
from engagement.proposals import events, policy, store
from engagement.proposals.model import AlreadyEndorsed, Content, Endorsement, Proposal, Submission
from engagement.receipts import store as receipts
from engagement.receipts.model import Leaf, leaf


@dataclass(frozen=True, slots=True)
class Met:
    """A proposal as the caller meets it: with its process and with her part in that; None when she has none."""

    proposal: Proposal
    process: Process
    participant: Participant | None
    recipient: str | None  # where the author's notices go; None when the caller is the author


def submit(
    tx: Transaction, process_id: UUID, wanted: Submission, *, by: Actor, at: datetime, sealer: Sealer
) -> tuple[Proposal, Leaf | None]:
    """A new proposal and its receipt (None for a draft). Raises NotFound, NotAParticipant, ChannelNotYours,
    PhaseClosed, OutsideLimits, UnknownCategory."""
    process = visible_process(tx, process_id, by=by)
    participant = participants.of_subject(tx, process.id, by.subject, sealer)
    policy.may_submit(by, participant, process, wanted.channel, at).require()
    content = wanted.content.within(process)
    draft = written(process, wanted, content, author=None if by.is_official else participant, by=by, at=at)
    if wanted.draft:
        store.add(tx, draft)
        return draft, None
    return publish(tx, draft, at)


def written(
    process: Process, wanted: Submission, content: Content, *, author: Participant | None, by: Actor, at: datetime
) -> Proposal:
    """The draft that a submission makes; without an author it is a meeting's or an office's."""
    return Proposal(
        id=ids.new(),
        process_id=process.id,
        participant_id=author.id if author else None,
        entered_by=by.subject or "",
        actor_key=author.actor_key if author else f"office:{by.subject}",
        channel=wanted.channel,
        meeting=wanted.meeting,
        content=content,
        created_at=at,
    )


def publish(tx: Transaction, draft: Proposal, at: datetime) -> tuple[Proposal, Leaf]:
    """Store a proposal that may be stored as a public one, with its number and its receipt."""
    published = draft.submitted(store.next_number(tx, draft.process_id), at)
    store.add(tx, published)
    return published, _told(tx, published, at)


def revise(
    tx: Transaction, proposal_id: UUID, wanted: Submission, *, by: Actor, at: datetime, sealer: Sealer
) -> tuple[Proposal, Leaf | None]:
    """Another text for the caller's own draft; submitted unless it stays one. Raises as `submit`, AlreadySubmitted."""
    own = met(tx, proposal_id, by=by, sealer=sealer)
    policy.may_submit(by, own.participant, own.process, own.proposal.channel, at).require()
    revised = own.proposal.revised(wanted.content.within(own.process))
    if wanted.draft:
        store.save(tx, revised)
        return revised, None
    published = revised.submitted(store.next_number(tx, own.process.id), at)
    store.save(tx, published)
    return published, _told(tx, published, at)


def endorse(tx: Transaction, proposal_id: UUID, *, by: Actor, at: datetime, sealer: Sealer) -> tuple[Endorsement, Leaf]:
    """Record one participant's support. Raises NotFound, NotAParticipant, PhaseClosed, ProposalClosed,
    AlreadyEndorsed."""
    its = met(tx, proposal_id, by=by, sealer=sealer)
    policy.may_endorse(its.participant, its.process, at).require()
    assert its.participant is not None  # noqa: S101 - may_endorse has just said so
    endorsement = its.proposal.endorsed_by(its.participant, at)
    if not store.add_endorsement(tx, endorsement):
        raise AlreadyEndorsed("You support this proposal already.")
    receipt = leaf(its.process.id, "endorsement", endorsement.id, endorsement.channel, str(proposal_id), at)
    receipts.append(tx, receipt)
    outbox.put(tx, events.endorsed(its.proposal, endorsement, its.recipient))
    return endorsement, receipt


def withdraw_endorsement(tx: Transaction, proposal_id: UUID, *, by: Actor, at: datetime, sealer: Sealer) -> None:
    """Take support back; without one nothing changes. Raises NotFound, NotAParticipant, PhaseClosed."""
    its = met(tx, proposal_id, by=by, sealer=sealer)
    policy.may_endorse(its.participant, its.process, at).require()
    assert its.participant is not None  # noqa: S101 - may_endorse has just said so
    if store.withdraw_endorsement(tx, proposal_id, its.participant.actor_key):
        outbox.put(tx, events.endorsement_withdrawn(its.proposal, at))


def hide(tx: Transaction, proposal_id: UUID, reason: str, *, by: Actor, at: datetime) -> Proposal:
    """Raises NotFound, ProposalClosed, Stale."""
    before = store.find(tx, proposal_id)
    if not policy.may_see(by, before, own=False):
        raise NotFound("There is no such proposal.")
    proposal = before.hidden(reason)
    store.save(tx, proposal)
    outbox.put(tx, events.hidden(proposal, at, counted=before.status is Status.COUNTED))
    return proposal


def restore(tx: Transaction, proposal_id: UUID, *, by: Actor, at: datetime) -> Proposal:
    """Raises NotFound, ProposalClosed, Stale."""
    before = store.find(tx, proposal_id)
    if not policy.may_see(by, before, own=False):
        raise NotFound("There is no such proposal.")
    proposal = before.restored()
    store.save(tx, proposal)
    outbox.put(tx, events.restored(proposal, at, counted=proposal.status is Status.COUNTED))
    return proposal


def visible(tx: Transaction, proposal_id: UUID, *, by: Actor, sealer: Sealer) -> tuple[Proposal, Participant | None]:
    """The proposal and the caller's part in its process. Raises NotFound, also for another person's draft."""
    proposal, participant, _ = _found(tx, proposal_id, by=by, sealer=sealer)
    return proposal, participant


def met(tx: Transaction, proposal_id: UUID, *, by: Actor, sealer: Sealer) -> Met:
    """Raises NotFound, also for another person's draft."""
    proposal, participant, recipient = _found(tx, proposal_id, by=by, sealer=sealer)
    return Met(proposal, processes.find(tx, proposal.process_id), participant, recipient)


def _found(
    tx: Transaction, proposal_id: UUID, *, by: Actor, sealer: Sealer
) -> tuple[Proposal, Participant | None, str | None]:
    proposal, participant, recipient = store.find_for(tx, proposal_id, by.subject, sealer)
    own = participant is not None and participant.id == proposal.participant_id
    if not policy.may_see(by, proposal, own=own):
        raise NotFound("There is no such proposal.")
    return proposal, participant, None if own else recipient


def _told(tx: Transaction, published: Proposal, at: datetime) -> Leaf:
    content = published.content
    said = [content.title, content.summary, content.body, content.category, list(content.tags)]
    receipt = leaf(published.process_id, "proposal", published.id, published.channel, said, at)
    receipts.append(tx, receipt)
    outbox.put(tx, events.published(published, at))
    return receipt
