"""The stories of monitoring: fold what came, count an answer, tell that participation is low."""

from datetime import UTC, datetime, time
from uuid import UUID

from chassis import outbox
from chassis.database import Transaction
from chassis.runtime import Runtime
from engagement.monitoring import events, store
from engagement.monitoring.model import Overview, Window, alerts
from engagement.processes import store as processes
from engagement.processes import tools
from engagement.processes.model import Process, State
from engagement.proposals.model import PROPOSAL

BATCH = 500
ALERTS_SHOWN = 20


def overview(tx: Transaction, process: Process) -> Overview:
    """Six statements, whatever was contributed."""
    return Overview(
        process,
        store.of_process(tx, process.id),
        store.answers(tx, process.id),
        store.alerts(tx, process.id, ALERTS_SHOWN),
    )


def fold(runtime: Runtime) -> None:
    """All that waits, a batch a transaction."""
    while not runtime.stopping.is_set():
        with runtime.transaction() as tx:
            if store.fold(tx, BATCH) < BATCH:
                return


def answered(tx: Transaction, process_id: UUID, proposal_id: UUID, *, at: datetime) -> None:
    """A proposal has its published answer; one that is gone is passed over."""
    ledger = tools.taken(PROPOSAL).ledger
    row = tx.execute(ledger.where(ledger.selected_columns.id == proposal_id)).first()
    if row is None:
        return
    due = processes.find(tx, process_id).strategy.feedback_due_date
    store.add_answer(tx, process_id, (at - row.at).days, in_time=due is None or at.date() <= due)


def watch(runtime: Runtime) -> None:
    """Tell of each open process whose participation is low, each occasion once."""
    at = runtime.clock()
    with runtime.reading() as tx:
        open_now = store.open_processes(tx)
    for process_id in open_now:
        with runtime.transaction() as tx:
            _watch_one(tx, process_id, at=at)


def _watch_one(tx: Transaction, process_id: UUID, *, at: datetime) -> None:
    process = processes.find(tx, process_id)
    window = window_of(process)
    if window is None or process.state is not State.OPEN:
        return
    activity, last = store.of_process(tx, process.id), store.last_day(tx, process.id)
    last_at = datetime.combine(last, time.max, UTC) if last else None  # the day is known, not the hour
    for alert in alerts(window, activity.participants, last_at, at):
        if store.add_alert(tx, process.id, alert, at):
            outbox.put(tx, events.participation_low(process, alert, at))


def window_of(process: Process) -> Window | None:
    """From its first phase that accepts anything to the end of its last; None without one."""
    taking = [phase for phase in process.phases if phase.accepts]
    if not taking:
        return None
    opens_at, closes_at = min(phase.opens_at for phase in taking), max(phase.closes_at for phase in taking)
    return Window(opens_at, closes_at, process.strategy.target_participants)
