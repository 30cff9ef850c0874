"""The stories of a comment: post it, hide it, restore it."""

from datetime import datetime
from uuid import UUID

from chassis import ids, outbox
from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.actors import Actor
from engagement.comments import events, policy, store
from engagement.comments.model import Comment, CommentClosed, Remark, Sort, State
from engagement.contributions import Channel
from engagement.participants import store as participants
from engagement.participants.model import REGISTERED, Participant
from engagement.processes.model import Text
from engagement.proposals import actions as proposals
from engagement.proposals.model import Proposal
from engagement.receipts import store as receipts
from engagement.receipts.model import Leaf, leaf


def post(
    tx: Transaction, proposal_id: UUID, remark: Remark, *, by: Actor, at: datetime, sealer: Sealer
) -> tuple[Comment, Leaf, str | None]:
    """A participant's comment or an official's answer, its receipt and her display name (None for an office). Raises
    NotFound, NotAParticipant, NotAnOfficial, PhaseClosed, ProposalClosed, CommentClosed, PositionOnReply,
    OutsideLimits."""
    met = proposals.met(tx, proposal_id, by=by, sealer=sealer)
    if remark.sort is Sort.OFFICIAL_ANSWER:
        policy.may_answer(by, met.proposal).require()
        author = None
    else:
        policy.may_comment(met.participant, met.process, met.proposal, at).require()
        author = met.participant
    parent = answered(tx, met.proposal, remark)
    comment = written(met.proposal, remark, parent, author=author, channel=Channel.WEB, by=by, at=at)
    receipt = add(tx, met.proposal, parent, comment.within(met.process.limits))
    return comment, receipt, author.display_name if author else None


def answered(tx: Transaction, proposal: Proposal, remark: Remark) -> Comment | None:
    """The comment that a remark answers; None when it begins a thread. Raises NotFound, CommentClosed,
    PositionOnReply."""
    parent = store.find(tx, remark.parent_id) if remark.parent_id else None
    if parent is not None and parent.proposal_id != proposal.id:
        raise NotFound("There is no such comment on this proposal.")
    policy.may_stand(remark, parent).require()
    return parent


def written(
    proposal: Proposal,
    remark: Remark,
    parent: Comment | None,
    *,
    author: Participant | None,
    channel: Channel,
    by: Actor,
    at: datetime,
) -> Comment:
    """The comment that a remark makes, in its place of the thread."""
    comment_id = ids.new()
    return Comment(
        id=comment_id,
        process_id=proposal.process_id,
        proposal_id=proposal.id,
        participant_id=author.id if author else None,
        entered_by=by.subject or "",
        actor_key=author.actor_key if author else f"office:{by.subject}",
        parent_id=parent.id if parent else None,
        root_id=parent.root_id if parent else comment_id,
        depth=parent.depth + 1 if parent else 0,
        body=remark.body,
        position=remark.position,
        channel=channel,
        at=at,
        kind=remark.sort,
        office=remark.office,
        ladder_step=author.ladder_step if author else REGISTERED,
    )


def add(tx: Transaction, proposal: Proposal, parent: Comment | None, comment: Comment) -> Leaf:
    """Store a comment that may be stored, and tell it. Nobody is told of her own."""
    store.add(tx, comment)
    if parent is not None:
        store.count_answer(tx, comment.root_id)
    said = [comment.body, comment.position, str(comment.parent_id)]
    receipt = leaf(comment.process_id, "comment", comment.id, comment.channel, said, comment.at)
    receipts.append(tx, receipt)
    told = {proposal.participant_id, parent.participant_id if parent else None} - {comment.participant_id}
    addresses = participants.recipients(tx, told)
    recipient = addresses.get(proposal.participant_id)
    outbox.put(tx, events.posted(comment, recipient, addresses.get(parent.participant_id) if parent else None))
    return receipt


def edit(
    tx: Transaction, comment_id: UUID, body: Text, *, by: Actor, at: datetime, sealer: Sealer
) -> tuple[Comment, str | None]:
    """The caller's own comment in other words, marked so, and her display name. Raises NotFound, NotYourText,
    CommentClosed, CommentStands, OutsideLimits, Stale."""
    before, met = _met(tx, comment_id, by=by, sealer=sealer)
    policy.may_edit(by, met.participant, before, at).require()
    after = before.edited(body, at).within(met.process.limits)
    store.save(tx, before, after)
    outbox.put(tx, events.edited(after, at))
    return after, met.participant.display_name if met.participant else None


def remove(tx: Transaction, comment_id: UUID, *, by: Actor, at: datetime, sealer: Sealer) -> None:
    """The caller takes her own comment back; answers to it stay. Raises NotFound, NotYourText, CommentClosed,
    Stale."""
    before, met = _met(tx, comment_id, by=by, sealer=sealer)
    policy.may_remove(by, met.participant, before).require()
    after = before.removed()
    store.save(tx, before, after)
    outbox.put(tx, events.removed(after, at))


def favour(tx: Transaction, comment_id: UUID, *, by: Actor, at: datetime, sealer: Sealer) -> None:
    """The caller finds a comment helpful; a second time changes nothing. Raises NotFound, NotAParticipant,
    PhaseClosed, ProposalClosed, CommentClosed."""
    its, met = _met(tx, comment_id, by=by, sealer=sealer)
    policy.may_comment(met.participant, met.process, met.proposal, at).require()
    assert met.participant is not None  # noqa: S101 - may_comment has just said so
    if its.state is not State.VISIBLE:
        raise CommentClosed("This comment is hidden or removed.")
    store.favour(tx, its.id, met.participant.actor_key, at)


def unfavour(tx: Transaction, comment_id: UUID, *, by: Actor, sealer: Sealer) -> None:
    """Not helpful any more; without a favour nothing changes. Raises NotFound."""
    its, met = _met(tx, comment_id, by=by, sealer=sealer)
    if met.participant is not None:
        store.unfavour(tx, its.id, met.participant.actor_key)


def _met(tx: Transaction, comment_id: UUID, *, by: Actor, sealer: Sealer) -> tuple[Comment, proposals.Met]:
    found = store.find(tx, comment_id)
    return found, proposals.met(tx, found.proposal_id, by=by, sealer=sealer)


def hide(tx: Transaction, comment_id: UUID, reason: str, *, by: Actor, at: datetime) -> Comment:
    """Raises NotFound, CommentClosed, Stale."""
    before = store.find(tx, comment_id)
    comment = before.hidden(reason)
    store.save(tx, before, comment)
    outbox.put(tx, events.hidden(comment, at))
    return comment


def restore(tx: Transaction, comment_id: UUID, *, by: Actor, at: datetime) -> Comment:
    """Raises NotFound, CommentClosed, Stale."""
    before = store.find(tx, comment_id)
    comment = before.restored()
    store.save(tx, before, comment)
    outbox.put(tx, events.restored(comment, at))
    return comment
