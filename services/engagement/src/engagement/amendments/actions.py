"""The stories of an amendment: propose it, decide it, withdraw it, make a proposal of it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chassis import ids, outbox
from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.actors import Actor
from engagement.amendments import events, policy, store
from engagement.amendments.model import Amendment, AmendmentOutdated, NothingChanged, Seen, State, Wanted
from engagement.participants import store as participants
from engagement.processes.model import Text
from engagement.proposals import actions as proposals
from engagement.proposals import policy as proposal_policy
from engagement.proposals import store as proposal_store
from engagement.proposals.content import Content
from engagement.proposals.model import Proposal, Submission
from engagement.receipts import store as receipts
from engagement.receipts.model import Leaf, leaf
from engagement.texts.model import Cause, changes


def propose(
    tx: Transaction, proposal_id: UUID, wanted: Wanted, *, by: Actor, at: datetime, sealer: Sealer
) -> tuple[Amendment, Leaf]:
    """It waits for the authors, with its receipt. Raises NotFound, NotAParticipant, PhaseClosed, AmendmentsOff,
    ProposalClosed, TooManyAmendments, NothingChanged, OutsideLimits."""
    proposal_store.hold(tx, proposal_id)
    its = proposals.met(tx, proposal_id, by=by, sealer=sealer)
    policy.may_amend(its.participant, its.process, its.rules, its.proposal, at).require()
    assert its.participant is not None  # noqa: S101 - may_amend has just said so
    policy.has_room(store.waiting(tx, proposal_id)).require()
    content = _content(its.proposal.content, wanted).within(its.process)
    if content == its.proposal.content:
        raise NothingChanged("The amendment changes nothing.", [("/title", "changes no word, as the other texts")])
    amendment = Amendment(
        id=ids.new(),
        process_id=its.process.id,
        proposal_id=proposal_id,
        participant_id=its.participant.id,
        actor_key=its.participant.actor_key,
        title=content.title,
        summary=content.summary,
        body=content.body,
        rationale=wanted.rationale,
        base=its.proposal.text_number,
        at=at,
        ladder_step=its.participant.ladder_step,
    )
    store.add(tx, amendment)
    said = [dict(amendment.words()), amendment.rationale]
    receipt = leaf(amendment.process_id, "amendment", amendment.id, amendment.channel, said, at)
    receipts.append(tx, receipt)
    outbox.put(tx, events.proposed(amendment, its.recipient))
    return amendment, receipt


def decide(
    tx: Transaction, amendment_id: UUID, outcome: State, reason: Text, *, by: Actor, at: datetime, sealer: Sealer
) -> Amendment:
    """The author takes the words over, which makes another text of the proposal, or does not. Raises NotFound,
    NotYourText, AmendmentClosed, AmendmentOutdated, ProposalClosed, OutsideLimits, Stale."""
    amendment = store.find(tx, amendment_id)
    proposal_store.hold(tx, amendment.proposal_id)
    its = proposals.met(tx, amendment.proposal_id, by=by, sealer=sealer)
    proposal_policy.is_author(by, its.participant, its.proposal).require()
    decided = amendment.decided(outcome, reason, at)
    store.save(tx, decided)
    if outcome is State.ACCEPTED:
        if its.proposal.text_number != amendment.base:
            raise AmendmentOutdated("The text has been changed since the amendment was proposed.")
        content = _taken_over(its.proposal.content, amendment).within(its.process)
        proposals.rewrite(tx, its.proposal, content, Cause.AMENDED, at, amendment.id)
    recipient = participants.recipients(tx, [amendment.participant_id]).get(amendment.participant_id)
    outbox.put(tx, events.decided(decided, recipient, at))
    return decided


def withdraw(tx: Transaction, amendment_id: UUID, *, by: Actor, at: datetime, sealer: Sealer) -> Amendment:
    """Whoever proposed it takes it back while it waits. Raises NotFound, NotYourText, AmendmentClosed, Stale."""
    amendment = store.find(tx, amendment_id)
    its = proposals.met(tx, amendment.proposal_id, by=by, sealer=sealer)
    policy.is_proposer(its.participant, amendment).require()
    withdrawn = amendment.withdrawn(at)
    store.save(tx, withdrawn)
    outbox.put(tx, events.withdrawn(withdrawn, at))
    return withdrawn


def promote(tx: Transaction, amendment_id: UUID, *, by: Actor, at: datetime, sealer: Sealer) -> tuple[Proposal, Leaf]:
    """What the authors refused becomes a proposal of its own. Raises NotFound, NotYourText, NotAParticipant,
    PhaseClosed, AmendmentClosed, OutsideLimits, Stale."""
    amendment = store.find(tx, amendment_id)
    its = proposals.met(tx, amendment.proposal_id, by=by, sealer=sealer)
    policy.is_proposer(its.participant, amendment).require()
    wanted = Submission(_taken_over(its.proposal.content, amendment))
    proposal_policy.may_submit(by, its.participant, its.process, wanted.channel, at).require()
    content = wanted.content.within(its.process)
    draft = proposals.written(its.process, wanted, content, author=its.participant, by=by, at=at)
    store.save(tx, amendment.promoted(draft.id))
    return proposals.publish(tx, draft, at)


def seen(tx: Transaction, amendment_id: UUID, *, by: Actor, sealer: Sealer) -> Seen:
    """Raises NotFound."""
    amendment = store.find(tx, amendment_id)
    proposal, me = proposals.visible(tx, amendment.proposal_id, by=by, sealer=sealer)
    if not policy.may_see(by, me, amendment):
        raise NotFound("There is no such amendment.")
    before = proposals.words_of(tx, proposal, amendment.base)
    author = participants.names(tx, [amendment.participant_id], sealer).get(amendment.participant_id)
    mine, decides = policy.is_proposer(me, amendment), proposal_policy.is_author(by, me, proposal)
    return Seen(amendment, changes(before, amendment.words()), author, bool(mine), bool(decides))


def hide(tx: Transaction, amendment_id: UUID, reason: str, *, by: Actor, at: datetime) -> Amendment:
    """Raises NotFound, AmendmentClosed, Stale."""
    amendment = store.find(tx, amendment_id).hidden(reason)
    store.save(tx, amendment)
    outbox.put(tx, events.hidden(amendment, at))
    return amendment


def restore(tx: Transaction, amendment_id: UUID, *, by: Actor, at: datetime) -> Amendment:
    """Raises NotFound, AmendmentClosed, Stale."""
    amendment = store.find(tx, amendment_id).restored()
    store.save(tx, amendment)
    outbox.put(tx, events.restored(amendment, at))
    return amendment


def _content(of: Content, wanted: Wanted) -> Content:
    changed = {
        name: getattr(wanted, name) for name in ("title", "summary", "body") if getattr(wanted, name) is not None
    }
    return replace(of, **changed)


def _taken_over(of: Content, amendment: Amendment) -> Content:
    return replace(of, title=amendment.title, summary=amendment.summary, body=amendment.body)
