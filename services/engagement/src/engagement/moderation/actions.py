"""The stories of moderation. Nothing is deleted: what is hidden can be restored, and both are in the public log."""

from datetime import datetime
from uuid import UUID

from chassis import ids
from chassis.database import Transaction
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.moderation import policy, store
from engagement.moderation.model import Action, AlreadyReported, Entry, Grounds, Report, Rule, Subject, Waiting
from engagement.processes import store as processes
from engagement.processes import tools


def report(tx: Transaction, subject: Subject, reason: Rule, note: str | None, *, by: Actor, at: datetime) -> int:
    """How many reports of the contribution wait now. Raises Unauthenticated, NotFound, AlreadyReported."""
    policy.may_report(by).require()
    process_id = tools.moderated(subject.kind).in_sight(tx, subject.id)
    told = Report(ids.new(), process_id, subject, by.subject or "", reason, note, at)
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
    hidden = tools.moderated(subject.kind).hide(tx, subject.id, grounds.reason, by=by, at=at)
    return _logged(tx, hidden.process_id, subject, Action.HIDE, grounds, by=by, at=at)


def restore(tx: Transaction, subject: Subject, grounds: Grounds, *, by: Actor, at: datetime) -> Entry:
    """Raises NotAModerator, NotFound, ProposalClosed, CommentClosed."""
    policy.may_moderate(by).require()
    restored = tools.moderated(subject.kind).restore(tx, subject.id, by=by, at=at)
    return _logged(tx, restored.process_id, subject, Action.RESTORE, grounds, by=by, at=at)


def _logged(
    tx: Transaction, process_id: UUID, subject: Subject, action: Action, grounds: Grounds, *, by: Actor, at: datetime
) -> Entry:
    entry = Entry(ids.new(), process_id, subject, action, grounds.rule, grounds.reason, by.subject or "", at)
    store.add(tx, entry)
    store.settle(tx, subject, at)
    done = {Action.HIDE: "contribution hidden", Action.RESTORE: "contribution restored"}[action]
    audit.record(tx, process_id, done, subject.id, by=by, at=at, reason=grounds.reason)
    return entry
