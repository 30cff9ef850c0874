"""Who may comment, and who may read what is hidden."""

from datetime import datetime

from chassis.verdict import ALLOWED, Verdict, refused
from engagement.actors import Actor
from engagement.comments.model import (
    COMMENT,
    EDITED_WITHIN,
    Comment,
    CommentClosed,
    CommentStands,
    PositionOnReply,
    Remark,
    Sort,
)
from engagement.comments.model import State as CommentState
from engagement.participants.model import Participant
from engagement.participants.policy import takes_part
from engagement.processes.model import Process
from engagement.processes.policy import in_time, may_work_on
from engagement.proposals.model import NotYourText, Proposal, ProposalClosed, State


def may_comment(participant: Participant | None, process: Process, proposal: Proposal, at: datetime) -> Verdict:
    """A participant, on a published proposal, while a phase takes comments."""
    return takes_part(participant) and in_time(process, COMMENT, at) and may_be_discussed(proposal)


def may_answer(actor: Actor, proposal: Proposal) -> Verdict:
    """An official, on a published proposal, whenever an answer is ready."""
    return may_work_on(actor) and may_be_discussed(proposal)


def may_be_discussed(proposal: Proposal) -> Verdict:
    """Whether a proposal takes comments at all."""
    if proposal.state is State.PUBLISHED:
        return ALLOWED
    return refused(ProposalClosed("This proposal takes no comments."))


def may_stand(remark: Remark, parent: Comment | None) -> Verdict:
    """Whether a remark fits under its parent; None begins a thread."""
    if parent is None:
        return ALLOWED
    if remark.position is not None:
        return refused(PositionOnReply("An answer takes no position.", [("/position", "stands on root comments only")]))
    if parent.state is not CommentState.VISIBLE:
        return refused(CommentClosed("A comment that is hidden or removed is not answered."))
    return ALLOWED


def may_edit(actor: Actor, participant: Participant | None, comment: Comment, at: datetime) -> Verdict:
    """Its author, for a short while."""
    if not (verdict := may_remove(actor, participant, comment)):
        return verdict
    if at >= comment.at + EDITED_WITHIN:
        return refused(CommentStands("The time to edit this comment is over."))
    return ALLOWED


def may_remove(actor: Actor, participant: Participant | None, comment: Comment) -> Verdict:
    """Its author, as long as it is to be seen; of an official answer, the official who gave it."""
    own = participant is not None and participant.id == comment.participant_id
    official = comment.kind is Sort.OFFICIAL_ANSWER and actor.is_official and actor.subject == comment.entered_by
    if not (own or official):
        return refused(NotYourText("Only its author does this."))
    if comment.state is not CommentState.VISIBLE:
        return refused(CommentClosed("This comment is hidden or removed."))
    return ALLOWED


def may_read(actor: Actor, participant: Participant | None, comment: Comment) -> bool:
    """What is hidden is read by staff and its author, what its author removed by nobody; the rest is public."""
    if comment.state is CommentState.HIDDEN:
        return actor.is_staff or (participant is not None and participant.id == comment.participant_id)
    return comment.state is CommentState.VISIBLE
