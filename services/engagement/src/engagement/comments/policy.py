"""Who may comment, and who may read what is hidden."""

from datetime import datetime

from chassis.verdict import ALLOWED, Verdict, refused
from engagement.actors import Actor
from engagement.comments.model import COMMENT, Comment, CommentClosed, PositionOnReply, Remark
from engagement.comments.model import State as CommentState
from engagement.participants.model import Participant
from engagement.participants.policy import takes_part
from engagement.processes.model import Process
from engagement.processes.policy import in_time
from engagement.proposals.model import Proposal, ProposalClosed, State


def may_comment(participant: Participant | None, process: Process, proposal: Proposal, at: datetime) -> Verdict:
    """A participant, on a published proposal, while a phase takes comments."""
    return takes_part(participant) and in_time(process, COMMENT, at) and may_be_discussed(proposal)


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
    if parent.state is CommentState.HIDDEN:
        return refused(CommentClosed("A hidden comment is not answered."))
    return ALLOWED


def may_read(actor: Actor, participant: Participant | None, comment: Comment) -> bool:
    """What is hidden is read by staff and its author; the rest is public."""
    own = participant is not None and participant.id == comment.participant_id
    return comment.state is CommentState.VISIBLE or own or actor.is_staff
