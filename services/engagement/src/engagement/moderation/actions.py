"""The stories of moderation. Nothing is deleted: what is hidden can be restored, and both are in the public log."""

from datetime import datetime
from uuid import UUID

from chassis import ids, outbox
from chassis.database import Transaction
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.cases import store as cases
from engagement.cases.model import Case, Report, Subject, Waiting
from engagement.moderation import events, policy, store
from engagement.moderation.model import (
    Action,
    AlreadyReported,
    Context,
    Entry,
    Grounds,
    Label,
    NothingWaits,
    NotLabelled,
)
from engagement.processes import store as processes
from engagement.processes import tools
from engagement.rulebook import store as rulebook
from engagement.rulebook.model import Rule, severity
from engagement.rulebook.policy import may_moderate

MACHINE = Actor(None, frozenset())
_HELD = "Held until a moderator has looked at it."
_DONE = {
    Action.HIDE: "contribution hidden",
    Action.RESTORE: "contribution restored",
    Action.KEEP: "contribution kept",
    Action.HOLD: "contribution held",
    Action.LABEL: "contribution labelled",
    Action.UNLABEL: "label taken away",
    Action.WARN: "author warned",
}
_SILENT = frozenset({Action.KEEP, Action.UNLABEL})  # what an author need not hear


def report(tx: Transaction, subject: Subject, reason: Rule, note: str | None, *, by: Actor, at: datetime) -> int:
    """How many reports of the contribution wait now; with enough of them it is held. Raises Unauthenticated, NotFound,
    AlreadyReported."""
    policy.may_report(by).require()
    process_id = tools.moderated(subject.kind).in_sight(tx, subject.id)
    told = Report(ids.new(), process_id, subject, by.subject or "", reason, note, at)
    if not cases.add_report(tx, told):
        raise AlreadyReported("You have reported this already.")
    case = cases.opened(tx, process_id, subject, severity(reason), 1, at)
    enough = rulebook.rules(tx, process_id).hold_after_reports
    if enough and case.reports >= enough and case.held_at is None:
        hold(tx, case, reason, at=at)
    return case.reports


def hold(tx: Transaction, case: Case, rule: Rule, *, at: datetime) -> Entry:
    """Out of sight, by no person, until a moderator decides. Raises the tool's refusal where it is hidden already."""
    tools.moderated(case.subject.kind).hide(tx, case.subject.id, _HELD, by=MACHINE, at=at)
    cases.hold(tx, case.subject, at)
    return _logged(tx, case.process_id, case.subject, Action.HOLD, Grounds(rule, _HELD), by=MACHINE, at=at)


def queue(tx: Transaction, process_id: UUID, after: cases.After, limit: int, *, by: Actor) -> list[Waiting]:
    """Raises NotAModerator, NotFound."""
    may_moderate(by).require()
    return cases.queue(tx, processes.find(tx, process_id).id, after, limit)


def hide(tx: Transaction, subject: Subject, grounds: Grounds, *, by: Actor, at: datetime) -> Entry:
    """What is held stays out of sight, now for a moderator's reason. Raises NotAModerator, NotFound, ProposalClosed,
    CommentClosed."""
    may_moderate(by).require()
    reached = tools.moderated(subject.kind)
    if _is_held(tx, subject):
        reached.restore(tx, subject.id, by=by, at=at)
    hidden = reached.hide(tx, subject.id, grounds.reason, by=by, at=at)
    return _settled(tx, hidden.process_id, subject, Action.HIDE, grounds, by=by, at=at)


def restore(tx: Transaction, subject: Subject, grounds: Grounds, *, by: Actor, at: datetime) -> Entry:
    """Raises NotAModerator, NotFound, ProposalClosed, CommentClosed."""
    may_moderate(by).require()
    restored = tools.moderated(subject.kind).restore(tx, subject.id, by=by, at=at)
    return _settled(tx, restored.process_id, subject, Action.RESTORE, grounds, by=by, at=at)


def keep(tx: Transaction, subject: Subject, grounds: Grounds, *, by: Actor, at: datetime) -> Entry:
    """It breaks no rule: the reports are settled, and what was held is public again. Raises NotAModerator, NotFound,
    NothingWaits."""
    may_moderate(by).require()
    case = cases.find(tx, subject)
    if case is None or case.settled_at is not None:
        raise NothingWaits("This does not wait for a moderator.")
    if case.held_at is not None:
        tools.moderated(subject.kind).restore(tx, subject.id, by=by, at=at)
    return _settled(tx, case.process_id, subject, Action.KEEP, grounds, by=by, at=at)


def warn(tx: Transaction, subject: Subject, grounds: Grounds, *, by: Actor, at: datetime) -> Entry:
    """The author hears which rule she comes close to; the contribution stays. Raises NotAModerator, NotFound."""
    may_moderate(by).require()
    process_id = tools.moderated(subject.kind).in_sight(tx, subject.id)
    return _settled(tx, process_id, subject, Action.WARN, grounds, by=by, at=at)


def label(tx: Transaction, subject: Subject, grounds: Grounds, context: Context, *, by: Actor, at: datetime) -> Label:
    """Context beside a contribution, in the place of what was there. Raises NotAModerator, NotFound."""
    may_moderate(by).require()
    process_id = tools.moderated(subject.kind).in_sight(tx, subject.id)
    store.remove_label(tx, subject, at)
    entry = _settled(tx, process_id, subject, Action.LABEL, grounds, by=by, at=at)
    added = Label(ids.new(), process_id, subject, entry.id, context, at)
    store.add_label(tx, added)
    return added


def unlabel(tx: Transaction, subject: Subject, grounds: Grounds, *, by: Actor, at: datetime) -> Entry:
    """Raises NotAModerator, NotLabelled."""
    may_moderate(by).require()
    process_id = store.remove_label(tx, subject, at)
    if process_id is None:
        raise NotLabelled("No context stands beside this.")
    return _logged(tx, process_id, subject, Action.UNLABEL, grounds, by=by, at=at)


def undone(tx: Transaction, entry: Entry, reason: str, *, by: Actor, at: datetime) -> None:
    """An act is taken back after an appeal: what it hid is shown, what it added goes away."""
    grounds = Grounds(entry.rule, reason)
    if entry.action is Action.HIDE:
        restore(tx, entry.subject, grounds, by=by, at=at)
    elif entry.action is Action.LABEL:
        unlabel(tx, entry.subject, grounds, by=by, at=at)


def _is_held(tx: Transaction, subject: Subject) -> bool:
    case = cases.find(tx, subject)
    return case is not None and case.held_at is not None


def _settled(
    tx: Transaction, process_id: UUID, subject: Subject, action: Action, grounds: Grounds, *, by: Actor, at: datetime
) -> Entry:
    cases.settle(tx, subject, at)
    return _logged(tx, process_id, subject, action, grounds, by=by, at=at)


def _logged(
    tx: Transaction, process_id: UUID, subject: Subject, action: Action, grounds: Grounds, *, by: Actor, at: datetime
) -> Entry:
    entry = Entry(ids.new(), process_id, subject, action, grounds.rule, grounds.reason, by.subject or "", at)
    added = store.add(tx, entry)
    audit.record(tx, process_id, _DONE[action], subject.id, by=by, at=at, reason=grounds.reason)
    author = None if action in _SILENT else store.author(tx, subject)
    if author is not None:
        outbox.put(tx, events.notice_due(added, author, at))
    return added
