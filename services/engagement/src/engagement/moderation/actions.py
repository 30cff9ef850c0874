"""The stories of moderation. Nothing is deleted: what is hidden can be restored, and both are in the public log."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from chassis import ids
from chassis.database import Transaction
from chassis.errors import NotFound
from chassis.sealing import Sealer
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.comments import actions as comments
from engagement.comments import store as comment_store
from engagement.comments.model import Comment
from engagement.comments.model import State as CommentState
from engagement.moderation import policy, store
from engagement.moderation.model import Action, AlreadyReported, Entry, Grounds, Report, Rule, Subject, Waiting
from engagement.processes import store as processes
from engagement.processes.model import Kind
from engagement.proposals import actions as proposals
from engagement.proposals.model import Proposal, State

_HIDE: dict[Kind, Callable[..., Proposal | Comment]] = {
    Kind.PROPOSAL: proposals.hide,
    Kind.COMMENT: comments.hide,
}
_RESTORE: dict[Kind, Callable[..., Proposal | Comment]] = {
    Kind.PROPOSAL: proposals.restore,
    Kind.COMMENT: comments.restore,
}


def report(
    tx: Transaction, subject: Subject, reason: Rule, note: str | None, *, by: Actor, at: datetime, sealer: Sealer
) -> int:
    """How many reports of the contribution wait now. Raises Unauthenticated, NotFound, AlreadyReported."""
    policy.may_report(by).require()
    proposal = _public(tx, subject, by=by, sealer=sealer)
    told = Report(ids.new(), proposal.process_id, subject, by.subject or "", reason, note, at)
    if not store.add_report(tx, told):
        raise AlreadyReported("You have reported this already.")
    return store.open_reports(tx, subject)


def queue(tx: Transaction, process_id: UUID, *, by: Actor) -> list[Waiting]:
    """Raises NotAModerator, NotFound."""
    policy.may_moderate(by).require()
    return store.queue(tx, processes.find(tx, process_id).id)


def hide(tx: Transaction, subject: Subject, grounds: Grounds, *, by: Actor, at: datetime) -> Entry:
    """Raises NotAModerator, NotFound, ProposalClosed, CommentClosed."""
    policy.may_moderate(by).require()
    hidden = _HIDE[subject.kind](tx, subject.id, grounds.reason, by=by, at=at)
    return _logged(tx, hidden.process_id, subject, Action.HIDE, grounds, by=by, at=at)


def restore(tx: Transaction, subject: Subject, grounds: Grounds, *, by: Actor, at: datetime) -> Entry:
    """Raises NotAModerator, NotFound, ProposalClosed, CommentClosed."""
    policy.may_moderate(by).require()
    restored = _RESTORE[subject.kind](tx, subject.id, by=by, at=at)
    return _logged(tx, restored.process_id, subject, Action.RESTORE, grounds, by=by, at=at)


def _public(tx: Transaction, subject: Subject, *, by: Actor, sealer: Sealer) -> Proposal:
    """The proposal that a public contribution is, or belongs to. Raises NotFound."""
    if subject.kind is Kind.PROPOSAL:
        proposal, _ = proposals.visible(tx, subject.id, by=by, sealer=sealer)
    else:
        comment = comment_store.find(tx, subject.id)
        proposal, _ = proposals.visible(tx, comment.proposal_id, by=by, sealer=sealer)
        if comment.state is not CommentState.VISIBLE:
            raise NotFound("There is no such comment.")
    if proposal.state is not State.PUBLISHED:
        raise NotFound("There is no such proposal.")
    return proposal


def _logged(
    tx: Transaction, process_id: UUID, subject: Subject, action: Action, grounds: Grounds, *, by: Actor, at: datetime
) -> Entry:
    entry = Entry(ids.new(), process_id, subject, action, grounds.rule, grounds.reason, by.subject or "", at)
    store.add(tx, entry)
    store.settle(tx, subject, at)
    done = {Action.HIDE: "contribution hidden", Action.RESTORE: "contribution restored"}[action]
    audit.record(tx, process_id, done, subject.id, by=by, at=at, reason=grounds.reason)
    return entry
