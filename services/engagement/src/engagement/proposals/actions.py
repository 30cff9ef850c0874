"""The stories of a proposal: draft, submit, endorse, withdraw, hide, restore."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from chassis import ids, outbox
from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.actors import Actor
from engagement.contributions import Status
from engagement.participants import store as participants
from engagement.participants.model import REGISTERED, Participant
from engagement.processes import store as processes
from engagement.processes.actions import visible as visible_process
from engagement.processes.model import Process
from engagement.proposals import events, policy, store
from engagement.proposals.content import Content, Display
from engagement.proposals.model import (
    ENDORSEMENT,
    AlreadyEndorsed,
    AlreadySubmitted,
    Endorsement,
    Proposal,
    State,
    Submission,
)
from engagement.receipts import store as receipts
from engagement.receipts.model import Leaf, leaf
from engagement.rules import policy as limits
from engagement.rules import store as rules
from engagement.rules.model import Rules
from engagement.similarity import store as similarity
from engagement.texts import model as texts
from engagement.texts import store as former


@dataclass(frozen=True, slots=True)
class Met:
    """A proposal as the caller meets it: with its process and with her part in that; None when she has none."""

    proposal: Proposal
    process: Process
    rules: Rules
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
    if wanted.display is not Display.NAME:
        policy.may_show(rules.of_process(tx, process.id), wanted.display).require()
    draft = written(process, wanted, content, author=None if by.is_official else participant, by=by, at=at)
    if wanted.draft:
        store.add(tx, draft, sealer)
        return draft, None
    return publish(tx, draft, at, sealer)


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
        ladder_step=author.ladder_step if author else REGISTERED,
        display=wanted.display,
        pseudonym=wanted.pseudonym,
    )


def publish(tx: Transaction, draft: Proposal, at: datetime, sealer: Sealer | None = None) -> tuple[Proposal, Leaf]:
    """Store a proposal that may be stored as a public one, with its number and its receipt; `sealer` is for one under
    a pseudonym."""
    published = draft.submitted(store.next_number(tx, draft.process_id), at)
    store.add(tx, published, sealer)
    return published, _told(tx, published, at)


def revise(
    tx: Transaction, proposal_id: UUID, wanted: Submission, *, by: Actor, at: datetime, sealer: Sealer
) -> tuple[Proposal, Leaf | None]:
    """Another text for the caller's own: for a draft, submitted unless it stays one (then with its receipt); for a
    public one, within a short while. Raises as `submit`, NotYourText, AlreadySubmitted, ProposalClosed."""
    store.hold(tx, proposal_id)
    own = met(tx, proposal_id, by=by, sealer=sealer)
    policy.is_author(by, own.participant, own.proposal).require()
    policy.may_submit(by, own.participant, own.process, own.proposal.channel, at).require()
    content = wanted.content.within(own.process)
    policy.may_show(own.rules, wanted.display).require()
    if own.proposal.state is not State.DRAFT:
        return _edit(tx, own.proposal, content, at), None
    revised = own.proposal.revised(replace(wanted, content=content))
    if wanted.draft:
        store.save(tx, revised, sealer)
        return revised, None
    published = revised.submitted(store.next_number(tx, own.process.id), at)
    store.save_published(tx, published, sealer)
    return published, _told(tx, published, at)


def _edit(tx: Transaction, before: Proposal, content: Content, at: datetime) -> Proposal:
    policy.may_edit(before, at, met=store.is_met(tx, before.id)).require()
    after = rewrite(tx, before, content, texts.Cause.EDITED, at)
    outbox.put(tx, events.edited(after, at))
    return after


def rewrite(
    tx: Transaction,
    before: Proposal,
    content: Content,
    cause: texts.Cause,
    at: datetime,
    amendment_id: UUID | None = None,
) -> Proposal:
    """Another public text; those before stay readable. Raises ProposalClosed, Stale."""
    after = before.rewritten(content, at)
    store.save(tx, after)
    if before.text_number == 1:
        first = texts.Version(1, before.content.kept(), texts.Cause.SUBMITTED, before.published_at or before.created_at)
        former.add(tx, before.id, first)
    former.add(tx, before.id, texts.Version(after.text_number, content.kept(), cause, at, amendment_id))
    similarity.renote(tx, before.process_id, before.id, content.title.values())
    return after


def withdraw(tx: Transaction, proposal_id: UUID, *, by: Actor, at: datetime, sealer: Sealer) -> Proposal:
    """The author takes it back: title and counts stay, so that those who supported it find what became of it. Raises
    NotFound, NotYourText, ProposalClosed, Stale."""
    own = met(tx, proposal_id, by=by, sealer=sealer)
    policy.is_author(by, own.participant, own.proposal).require()
    policy.may_withdraw(own.process).require()
    withdrawn = own.proposal.withdrawn(at)
    store.save(tx, withdrawn)
    outbox.put(tx, events.withdrawn(withdrawn, at, counted=own.proposal.status is Status.COUNTED))
    return withdrawn


def discard(tx: Transaction, proposal_id: UUID, *, by: Actor, sealer: Sealer) -> None:
    """Delete the caller's own draft, which nobody else has seen. Raises NotFound, NotYourText, AlreadySubmitted."""
    store.hold(tx, proposal_id)
    own = met(tx, proposal_id, by=by, sealer=sealer)
    policy.is_author(by, own.participant, own.proposal).require()
    if own.proposal.state is not State.DRAFT:
        raise AlreadySubmitted("What was submitted is withdrawn, not discarded.")
    store.discard(tx, proposal_id)


def versions(tx: Transaction, proposal_id: UUID, *, by: Actor, sealer: Sealer) -> list[texts.Version]:
    """Every text that it had in public, the first one first. Raises NotFound, also for what has gone from sight."""
    own, _ = visible(tx, proposal_id, by=by, sealer=sealer)
    if own.state is not State.PUBLISHED:
        raise NotFound("There is no such proposal.")
    first = texts.Version(1, own.content.kept(), texts.Cause.SUBMITTED, own.published_at or own.created_at)
    return former.of_proposal(tx, proposal_id) or [first]


def changes(tx: Transaction, proposal_id: UUID, number: int, *, by: Actor, sealer: Sealer) -> list[texts.Change]:
    """What this text changed in the one before, word by word. Raises NotFound."""
    found = versions(tx, proposal_id, by=by, sealer=sealer)
    before, after = (_numbered(found, each) for each in (number - 1, number))
    return texts.changes(before.content, after.content)


def words_of(tx: Transaction, of: Proposal, number: int) -> texts.Words:
    """The words of a text that it had. Raises NotFound."""
    if number == of.text_number:
        return of.content.words()
    return _numbered(former.of_proposal(tx, of.id), number).content


def _numbered(found: list[texts.Version], number: int) -> texts.Version:
    for each in found:
        if each.number == number:
            return each
    raise NotFound("This proposal has no such text.")


def endorse(tx: Transaction, proposal_id: UUID, *, by: Actor, at: datetime, sealer: Sealer) -> tuple[Endorsement, Leaf]:
    """Record one participant's support. Raises NotFound, NotAParticipant, PhaseClosed, ProposalClosed,
    AlreadyEndorsed, SupportLimitReached."""
    its = met(tx, proposal_id, by=by, sealer=sealer)
    policy.may_endorse(its.participant, its.process, at).require()
    assert its.participant is not None  # noqa: S101 - may_endorse has just said so
    endorsement = its.proposal.endorsed_by(its.participant, at)
    _within_the_limit(tx, its, its.participant, at)
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
    if withdrawn := store.withdraw_endorsement(tx, proposal_id, its.participant.actor_key):
        outbox.put(tx, events.endorsement_withdrawn(its.proposal, withdrawn, at))


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
    its = _found(tx, proposal_id, by=by, sealer=sealer)
    return its.proposal, its.participant


def met(tx: Transaction, proposal_id: UUID, *, by: Actor, sealer: Sealer) -> Met:
    """Raises NotFound, also for another person's draft."""
    its = _found(tx, proposal_id, by=by, sealer=sealer)
    process = processes.find(tx, its.proposal.process_id)
    return Met(its.proposal, process, its.rules, its.participant, its.recipient)


def _found(tx: Transaction, proposal_id: UUID, *, by: Actor, sealer: Sealer) -> store.Found:
    its = store.find_for(tx, proposal_id, by.subject, sealer)
    own = its.participant is not None and its.participant.id == its.proposal.participant_id
    if not policy.may_see(by, its.proposal, own=own):
        raise NotFound("There is no such proposal.")
    return replace(its, recipient=None) if own else its


def _within_the_limit(tx: Transaction, its: Met, participant: Participant, at: datetime) -> None:
    """Raises SupportLimitReached. Two supports of one person wait for each other here, where there is a limit."""
    if its.rules.support_most is None:
        return
    phase = next(each for each in its.process.phases if each.takes(ENDORSEMENT, at))
    supported = store.supported_since(tx, participant.id, phase.opens_at)
    limits.may_support_more(its.rules, supported).require()


def _told(tx: Transaction, published: Proposal, at: datetime) -> Leaf:
    content = published.content
    said = [content.title, content.summary, content.body, content.category, list(content.tags)]
    receipt = leaf(published.process_id, "proposal", published.id, published.channel, said, at)
    receipts.append(tx, receipt)
    outbox.put(tx, events.published(published, at))
    return receipt
