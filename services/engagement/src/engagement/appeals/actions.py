"""The stories of an appeal: submit it, decide it."""

from datetime import datetime, timedelta
from uuid import UUID

from chassis import ids, outbox
from chassis.database import Transaction
from chassis.sealing import Sealer
from engagement.actors import Actor
from engagement.appeals import events, policy, store
from engagement.appeals.model import AlreadyAppealed, Appeal, Looked, State
from engagement.audit import store as audit
from engagement.moderation import actions as moderation
from engagement.moderation import store as log
from engagement.participants import store as participants
from engagement.processes import actions as processes
from engagement.processes import store as all_processes
from engagement.rulebook import store as rulebook
from engagement.rulebook.policy import may_moderate


def look(tx: Transaction, entry_id: UUID, *, by: Actor, at: datetime, sealer: Sealer) -> Looked:
    """Raises NotFound."""
    entry = log.find(tx, entry_id)
    process = processes.visible(tx, entry.process_id, by=by)
    me = participants.of_subject(tx, process.id, by.subject, sealer)
    if me is None:
        return Looked(entry, may_appeal=False, appeal=None)
    author, rules = log.author(tx, entry.subject), rulebook.rules(tx, process.id)
    made = store.of_entry(tx, entry.id)
    allowed = policy.may_appeal(me, author, entry, rules, at)
    own = made if made is not None and made.participant_id == me.id else None
    return Looked(entry, bool(allowed) and made is None, own)


def submit(tx: Transaction, entry_id: UUID, reason: str, *, by: Actor, at: datetime, sealer: Sealer) -> Appeal:
    """Raises NotFound, NotTheAuthor, NotAppealable, AlreadyAppealed."""
    entry = log.find(tx, entry_id)
    me = participants.of_subject(tx, entry.process_id, by.subject, sealer)
    rules = rulebook.rules(tx, entry.process_id)
    policy.may_appeal(me, log.author(tx, entry.subject), entry, rules, at).require()
    assert me is not None  # noqa: S101 - may_appeal has just said so
    due_at = at + timedelta(days=rules.answer_days)
    appeal = Appeal(ids.new(), entry.id, entry.process_id, me.id, reason, at, due_at)
    if not store.add(tx, appeal):
        raise AlreadyAppealed("You have appealed already.")
    outbox.put(tx, events.submitted(appeal))
    return appeal


def waiting(
    tx: Transaction, process_id: UUID, after: tuple[datetime, UUID] | None, limit: int, *, by: Actor
) -> list[Appeal]:
    """Raises NotAModerator, NotFound."""
    may_moderate(by).require()
    return store.waiting(tx, all_processes.find(tx, process_id).id, after, limit)


def decide(tx: Transaction, appeal_id: UUID, outcome: State, reason: str, *, by: Actor, at: datetime) -> Appeal:
    """Uphold the act, or take it back. Raises NotFound, NotAModerator, AnotherModerator, AppealDecided, Stale."""
    before = store.find(tx, appeal_id)
    entry = log.find(tx, before.entry_id)
    policy.may_decide(by, entry).require()
    appeal = before.decided(outcome, reason, by.subject or "", at)
    store.save_decision(tx, appeal)
    if outcome is State.OVERTURNED:
        moderation.undone(tx, entry, reason, by=by, at=at)
    audit.record(tx, appeal.process_id, f"appeal {outcome}", appeal.id, by=by, at=at, reason=reason)
    outbox.put(tx, events.decided(appeal, log.author(tx, entry.subject)))
    return appeal
