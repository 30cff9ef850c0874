"""The stories of a process: plan it, publish it, end it. What everybody sees of it is noted in its publication record,
in the transaction that changes it."""

from datetime import datetime
from uuid import UUID

from chassis import ids, outbox
from chassis.database import Transaction
from chassis.errors import NotFound, Stale
from chassis.events import Event
from engagement.actors import Actor
from engagement.audit import store as audit
from engagement.phases.model import PhaseState
from engagement.processes import events, policy, schemas, store, tools
from engagement.processes.model import Process, Role, State, Text
from engagement.processes.schemas import Draft
from engagement.publication import store as publications
from engagement.publication.model import What


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
    """Replace a draft. Raises NotFound, NotAnOfficial, NotYourRole, NotADraft, PhaseOrder, UnknownKind, Stale,
    SlugTaken."""
    before = editable(tx, process_id, by=by)
    if before.version != version:
        raise Stale("Someone else changed this draft.")
    process = before.revised(**wanted.values())
    tools.check(process)
    store.save_draft(tx, process)
    audit.record(tx, process.id, "process revised", process.id, by=by, at=at)
    return process


def request_review(tx: Transaction, process_id: UUID, *, by: Actor, at: datetime) -> Process:
    """Raises NotFound, NotAnOfficial, NotYourRole, NotADraft, StrategyIncomplete, PeriodTooShort."""
    before = editable(tx, process_id, by=by)
    process = before.handed_to_review(tools.gaps(tx, before))
    store.save(tx, process)
    audit.record(tx, process.id, "review requested", process.id, by=by, at=at)
    outbox.put(tx, events.review_requested(process, at))
    return process


def give_back(tx: Transaction, process_id: UUID, note: str, *, by: Actor, at: datetime) -> Process:
    """Raises NotFound, NotAnOfficial, NotYourRole, FourEyes, NotInReview."""
    reviewed = store.find(tx, process_id)
    policy.may_approve(by, reviewed).require()
    process = reviewed.returned(note)
    store.save(tx, process)
    audit.record(tx, process.id, "review ended without approval", process.id, by=by, at=at, reason=note)
    return process


def approve(tx: Transaction, process_id: UUID, *, by: Actor, at: datetime) -> Process:
    """Raises NotFound, NotAnOfficial, NotYourRole, FourEyes, NotInReview, PeriodTooShort."""
    reviewed = store.find(tx, process_id)
    policy.may_approve(by, reviewed).require()
    process = reviewed.approved(by.subject or "", at)
    store.save(tx, process)
    audit.record(tx, process.id, "process approved", process.id, by=by, at=at)
    published(tx, process, What.APPROVED, at, events.approved(process, at))
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
    """Move a phase. Raises NotFound, NotAnOfficial, NotYourRole, PhaseIsOver, PhaseOrder, PeriodTooShort."""
    before = editable(tx, process_id, by=by)
    try:
        process = before.rescheduled(phase_id, opens_at, closes_at, at)
    except KeyError:
        raise NotFound("There is no such phase.") from None
    store.save(tx, process)
    store.save_phase(tx, process.id, process.phase(phase_id))
    audit.record(tx, process.id, "phase rescheduled", phase_id, by=by, at=at)
    published(tx, process, What.RESCHEDULED, at, events.phase_rescheduled(process, process.phase(phase_id), at))
    return process


def announce(
    tx: Transaction, process_id: UUID, phase_id: UUID, announcement: Text | None, *, by: Actor, at: datetime
) -> Process:
    """Say something above a phase; None takes it away. Raises NotFound, NotAnOfficial, NotYourRole."""
    before = editable(tx, process_id, by=by)
    try:
        process = before.announcing(phase_id, announcement)
    except KeyError:
        raise NotFound("There is no such phase.") from None
    store.save_texts(tx, process)
    audit.record(tx, process.id, "phase announced", phase_id, by=by, at=at)
    published(tx, process, What.ANNOUNCED, at, events.phase_announced(process, process.phase(phase_id), at))
    return process


def cancel(tx: Transaction, process_id: UUID, reason: Text, *, by: Actor, at: datetime) -> Process:
    """Raises NotFound, NotAnOfficial, NotYourRole, NotRunning."""
    before = store.find(tx, process_id)
    policy.may_act(by, before, Role.PUBLISHER).require()
    process = before.cancelled(reason)
    _ended(tx, process, What.CANCELLED, events.cancelled(process, at), by=by, at=at)
    return process


def monitor(tx: Transaction, process_id: UUID, *, by: Actor, at: datetime) -> Process:
    """Raises NotFound, NotAnOfficial, NotYourRole, NotDecided."""
    before = store.find(tx, process_id)
    policy.may_act(by, before, Role.PUBLISHER).require()
    process = before.monitored()
    _ended(tx, process, What.MONITORED, events.monitored(process, at), by=by, at=at)
    return process


def archive(tx: Transaction, process_id: UUID, *, by: Actor, at: datetime) -> Process:
    """Raises NotFound, NotAnOfficial, NotYourRole, NotDecided."""
    before = store.find(tx, process_id)
    policy.may_act(by, before, Role.PUBLISHER).require()
    process = before.archived()
    _ended(tx, process, What.ARCHIVED, events.archived(process, at), by=by, at=at)
    return process


def open_phase(tx: Transaction, phase_id: UUID, *, at: datetime) -> None:
    """The scheduler says that a phase opens; a second time, after the end, or of a process that was cancelled, changes
    nothing."""
    before = store.find_by_phase(tx, phase_id)
    if before is None or before.state is State.CANCELLED or before.phase(phase_id).state is not PhaseState.PLANNED:
        return
    process = before.with_phase_open(phase_id)
    store.save(tx, process)
    store.save_phase(tx, process.id, process.phase(phase_id))
    outbox.put(tx, events.phase_opened(process, process.phase(phase_id), at))


def close_phase(tx: Transaction, phase_id: UUID, *, at: datetime) -> None:
    """The scheduler says that a phase closes. Nothing happens a second time, nor while its end lies ahead (the alert
    of an end that was moved since), nor to a process that was cancelled."""
    before = store.find_by_phase(tx, phase_id)
    if before is None or before.state is State.CANCELLED:
        return
    if before.phase(phase_id).state is PhaseState.CLOSED or before.phase(phase_id).ends_at > at:
        return
    process = before.with_phase_closed(phase_id)
    store.save(tx, process)
    store.save_phase(tx, process.id, process.phase(phase_id))
    outbox.put(tx, events.phase_closed(process, process.phase(phase_id), at))


def editable(tx: Transaction, process_id: UUID, *, by: Actor) -> Process:
    """The process, for one of its editors. Raises NotFound, NotAnOfficial, NotYourRole."""
    policy.may_work_on(by).require()
    process = store.find(tx, process_id)
    policy.may_act(by, process, Role.EDITOR).require()
    return process


def published(tx: Transaction, process: Process, what: What, at: datetime, *told: Event) -> None:
    """Note what everybody sees from now on, and tell it; of a draft nobody sees anything."""
    if process.published_at is not None:
        publications.append(tx, process.id, what, schemas.public(process), at)
    outbox.put(tx, *told)


def _ended(tx: Transaction, process: Process, what: What, told: Event, *, by: Actor, at: datetime) -> None:
    store.save(tx, process)
    audit.record(tx, process.id, f"process {what}", process.id, by=by, at=at)
    published(tx, process, what, at, told)
