"""The stories of a proposal: draft, submit, endorse, withdraw."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis import ids, outbox
from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.actors import Actor
from engagement.participants import store as participants
from engagement.participants.model import Participant
from engagement.processes import store as processes
from engagement.processes.model import Process
from engagement.proposals import events, policy, store
from engagement.proposals.model import AlreadyEndorsed, Channel, Content, Endorsement, Proposal
from engagement.receipts import store as receipts
from engagement.receipts.model import Leaf, leaf


@dataclass(frozen=True, slots=True)
class Submission:
    """What someone sends: a text, where it came in, and whether it is to stay a draft."""

    content: Content
    channel: Channel = Channel.WEB
    meeting: str | None = None
    draft: bool = False


def submit(
    tx: Transaction, process_id: UUID, wanted: Submission, *, by: Actor, at: datetime, sealer: Sealer
) -> tuple[Proposal, Leaf | None]:
    """A new proposal and its receipt (None for a draft). Raises NotFound, NotAParticipant, ChannelNotYours,
    PhaseClosed, OutsideLimits, UnknownCategory."""
    process = processes.find(tx, process_id)
    participant = participants.of_subject(tx, process.id, by.subject, sealer)
    policy.may_submit(by, participant, process, wanted.channel, at).require()
    content = wanted.content.within(process)
    return add(tx, process, wanted, content, author=None if by.is_official else participant, by=by, at=at)


def add(
    tx: Transaction,
    process: Process,
    wanted: Submission,
    content: Content,
    *,
    author: Participant | None,
    by: Actor,
    at: datetime,
) -> tuple[Proposal, Leaf | None]:
    """Store a proposal that may be stored, and publish it unless it stays a draft."""
    proposal = Proposal(
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
    if wanted.draft:
        store.add(tx, proposal)
        return proposal, None
    published = proposal.submitted(store.next_number(tx, process.id), at)
    store.add(tx, published)
    return published, _told(tx, published, at)


def revise(
    tx: Transaction, proposal_id: UUID, wanted: Submission, *, by: Actor, at: datetime, sealer: Sealer
) -> tuple[Proposal, Leaf | None]:
    """Another text for the caller's own draft; submitted unless it stays one. Raises as `submit`, AlreadySubmitted."""
    draft = visible(tx, proposal_id, by=by, sealer=sealer)
    process = processes.find(tx, draft.process_id)
    participant = participants.of_subject(tx, process.id, by.subject, sealer)
    policy.may_submit(by, participant, process, draft.channel, at).require()
    revised = draft.revised(wanted.content.within(process))
    if wanted.draft:
        store.save(tx, revised)
        return revised, None
    published = revised.submitted(store.next_number(tx, process.id), at)
    store.save(tx, published)
    return published, _told(tx, published, at)


def endorse(tx: Transaction, proposal_id: UUID, *, by: Actor, at: datetime, sealer: Sealer) -> tuple[Endorsement, Leaf]:
    """Record one participant's support. Raises NotFound, NotAParticipant, PhaseClosed, ProposalClosed,
    AlreadyEndorsed."""
    proposal = store.find(tx, proposal_id)
    process = processes.find(tx, proposal.process_id)
    participant = participants.of_subject(tx, process.id, by.subject, sealer)
    if not policy.may_see(by, participant, proposal):
        raise NotFound("There is no such proposal.")
    policy.may_endorse(participant, process, at).require()
    assert participant is not None  # noqa: S101 - may_endorse has just said so
    endorsement = proposal.endorsed_by(participant, at)
    if not store.add_endorsement(tx, endorsement):
        raise AlreadyEndorsed("You support this proposal already.")
    receipt = leaf(process.id, "endorsement", endorsement.id, endorsement.channel, str(proposal.id), at)
    receipts.append(tx, receipt)
    outbox.put(tx, events.endorsed(proposal, endorsement, store.recipient_of(tx, proposal)))
    return endorsement, receipt


def withdraw_endorsement(tx: Transaction, proposal_id: UUID, *, by: Actor, at: datetime, sealer: Sealer) -> None:
    """Take support back; without one nothing changes. Raises NotFound, NotAParticipant, PhaseClosed."""
    proposal = visible(tx, proposal_id, by=by, sealer=sealer)
    process = processes.find(tx, proposal.process_id)
    participant = participants.of_subject(tx, process.id, by.subject, sealer)
    policy.may_endorse(participant, process, at).require()
    assert participant is not None  # noqa: S101 - may_endorse has just said so
    if store.withdraw_endorsement(tx, proposal.id, participant.actor_key):
        outbox.put(tx, events.endorsement_withdrawn(proposal, at))


def visible(tx: Transaction, proposal_id: UUID, *, by: Actor, sealer: Sealer) -> Proposal:
    """Raises NotFound, also for another person's draft."""
    proposal = store.find(tx, proposal_id)
    participant = participants.of_subject(tx, proposal.process_id, by.subject, sealer)
    if not policy.may_see(by, participant, proposal):
        raise NotFound("There is no such proposal.")
    return proposal


def _told(tx: Transaction, published: Proposal, at: datetime) -> Leaf:
    content = published.content
    said = [content.title, content.summary, content.body, content.category, list(content.tags)]
    receipt = leaf(published.process_id, "proposal", published.id, published.channel, said, at)
    receipts.append(tx, receipt)
    outbox.put(tx, events.published(published, at))
    return receipt
