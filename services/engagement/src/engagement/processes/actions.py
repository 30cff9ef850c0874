"""The stories of a process, from draft to closed."""

from datetime import datetime
from uuid import UUID

from chassis import ids, outbox
from chassis.database import Transaction
from chassis.errors import NotFound, Stale
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.processes import events, policy, store, tools
from engagement.processes.model import PhaseState, Process
from engagement.processes.schemas import Draft


def visible(tx: Transaction, process_id: UUID, *, by: Actor) -> Process:
    """Raises NotFound, also for what the actor may not know of."""
    found = store.find(tx, process_id)
    if not policy.may_see(by, found):
        raise NotFound("There is no such process.")
    return found


def draft(tx: Transaction, wanted: Draft, *, by: Actor, at: datetime) -> Process:
    """Begin a process. Raises NotAnOfficial, PhaseOrder, UnknownKind, SlugTaken."""
    policy.may_work_on(by).require()
    process = Process(
        id=ids.new(), author=by.subject or "", approved_by=None, created_at=at, **wanted.values()
    ).ordered()
    tools.check(process)
    store.add(tx, process)
    audit.record(tx, process.id, "process drafted", process.id, by=by, at=at)
    outbox.put(tx, events.drafted(process))
    return process


def revise(tx: Transaction, process_id: UUID, wanted: Draft, version: int, *, by: Actor, at: datetime) -> Process:
    """Replace a draft. Raises NotFound, NotAnOfficial, NotADraft, PhaseOrder, UnknownKind, Stale,
    SlugTaken."""
    policy.may_work_on(by).require()
    before = store.find(tx, process_id)
    if before.version != version:
        raise Stale("Someone else changed this draft.")
    process = before.revised(**wanted.values())
    tools.check(process)
    store.save_draft(tx, process)
    audit.record(tx, process.id, "process revised", process.id, by=by, at=at)
    return process


def request_review(tx: Transaction, process_id: UUID, *, by: Actor, at: datetime) -> Process:
    """Raises NotFound, NotAnOfficial, NotADraft, StrategyIncomplete."""
    policy.may_work_on(by).require()
    before = store.find(tx, process_id)
    process = before.handed_to_review(tools.gaps(tx, before))
    store.save(tx, process)
    audit.record(tx, process.id, "review requested", process.id, by=by, at=at)
    outbox.put(tx, events.review_requested(process, at))
    return process


def approve(tx: Transaction, process_id: UUID, *, by: Actor, at: datetime) -> Process:
    """Raises NotFound, NotAnOfficial, FourEyes, NotInReview."""
    reviewed = store.find(tx, process_id)
    policy.may_approve(by, reviewed).require()
    process = reviewed.approved(by.subject or "")
    store.save(tx, process)
    audit.record(tx, process.id, "process approved", process.id, by=by, at=at)
    outbox.put(tx, events.approved(process, at))
    return process


def reschedule(
    tx: Transaction,
    process_id: UUID,
    phase_id: UUID,
    opens_at: datetime,
    closes_at: datetime,
    *,
    by: Actor,
    at: datetime,
) -> Process:
    """Move a phase. Raises NotFound, NotAnOfficial, PhaseIsOver, PhaseOrder."""
    policy.may_work_on(by).require()
    try:
        process = store.find(tx, process_id).rescheduled(phase_id, opens_at, closes_at, at)
    except KeyError:
        raise NotFound("There is no such phase.") from None
    store.save(tx, process)
    store.save_phase(tx, process.id, process.phase(phase_id))
    audit.record(tx, process.id, "phase rescheduled", phase_id, by=by, at=at)
    outbox.put(tx, events.phase_rescheduled(process, process.phase(phase_id), at))
    return process


def open_phase(tx: Transaction, phase_id: UUID, *, at: datetime) -> None:
    """The scheduler says that a phase opens; a second time, or after the end, changes nothing."""
    before = store.find_by_phase(tx, phase_id)
    if before is None or before.phase(phase_id).state is not PhaseState.PLANNED:
        return
    process = before.with_phase_open(phase_id)
    store.save(tx, process)
    store.save_phase(tx, process.id, process.phase(phase_id))
    outbox.put(tx, events.phase_opened(process, process.phase(phase_id), at))


def close_phase(tx: Transaction, phase_id: UUID, *, at: datetime) -> None:
    """The scheduler says that a phase closes. Nothing happens a second time, nor while its end lies ahead (the alert
    of an end that was moved since)."""
    before = store.find_by_phase(tx, phase_id)
    if before is None or before.phase(phase_id).state is PhaseState.CLOSED or before.phase(phase_id).closes_at > at:
        return
    process = before.with_phase_closed(phase_id)
    store.save(tx, process)
    store.save_phase(tx, process.id, process.phase(phase_id))
    outbox.put(tx, events.phase_closed(process, process.phase(phase_id), at))
