"""Jobs: work that needs a peer. Asked for in a transaction, done outside any, again until it succeeds.

A job is idempotent: it may run twice when the process dies between its effect and the row that says so.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, select, update
from sqlalchemy.dialects import postgresql, sqlite

from chassis import ids, tracing
from chassis.database import Transaction
from chassis.errors import Refusal, Unavailable
from chassis.runtime import Runtime
from chassis.tables import job

log = logging.getLogger(__name__)
BELL = "jobs"
_THREADS = 4
_IDLE_SECONDS = 1.0
_MOST_ATTEMPTS = 20
_LONGEST_WAIT_SECONDS = 600


def put(tx: Transaction, kind: str, key: str, payload: dict[str, Any], at: datetime) -> None:
    """Ask for a job once the transaction commits. The same kind and key asked twice is one job."""
    dialect = sqlite if tx.database.is_sqlite else postgresql
    row = {
        "id": ids.new(),
        "kind": kind,
        "key": key,
        "payload": payload,
        "headers": tracing.headers(),
        "state": "waiting",
        "due_at": at,
    }
    tx.execute(dialect.insert(job).on_conflict_do_nothing(index_elements=["kind", "key"]), row)
    tx.after_commit(tx.database.bell(BELL).set)


def run(runtime: Runtime) -> None:
    """Do jobs until the app stops, a few at a time, by one process."""
    bell = runtime.database.bell(BELL)
    with runtime.database.leader("jobs") as mine, ThreadPoolExecutor(_THREADS, f"{runtime.service.name}-job") as pool:
        while mine and not runtime.stopping.is_set():
            bell.clear()
            if not run_due(runtime, pool):
                bell.wait(_IDLE_SECONDS)


def run_due(runtime: Runtime, pool: ThreadPoolExecutor) -> int:
    """Do what is due now; how many jobs."""
    with runtime.reading() as tx:
        due = (job.c.state == "waiting") & (job.c.due_at <= runtime.clock())
        rows = tx.execute(select(job).where(due).order_by(job.c.due_at).limit(_THREADS * 4)).mappings().all()
    list(pool.map(lambda row: _run_one(runtime, row), rows))
    return len(rows)


def _run_one(runtime: Runtime, row: RowMapping) -> None:
    try:
        with runtime.tracing.span(f"job {row['kind']}", carrier=row["headers"]):
            runtime.service.jobs[row["kind"]](runtime, row["payload"], runtime.clock())
    except Exception as error:
        _postpone(runtime, row, error)
        return
    runtime.failpoints.hit("jobs.after_run")
    with runtime.transaction() as tx:
        tx.execute(update(job).where(job.c.id == row["id"]).values(state="done", payload={}, last_error=None))


def _postpone(runtime: Runtime, row: RowMapping, error: Exception) -> None:
    attempts = row["attempts"] + 1
    failed = attempts >= _MOST_ATTEMPTS
    wait = min(2 ** min(attempts, 16) * 0.25, _LONGEST_WAIT_SECONDS)
    level = logging.ERROR if failed else logging.INFO if isinstance(error, Unavailable) else logging.WARNING
    facts = {"kind": row["kind"], "job_id": str(row["id"]), "attempts": attempts, "reason": type(error).__name__}
    unexpected = None if isinstance(error, Refusal) else error
    log.log(level, "a job did not succeed", exc_info=unexpected, extra=facts)
    with runtime.transaction() as tx:
        values = {
            "attempts": attempts,
            "state": "failed" if failed else "waiting",
            "due_at": runtime.clock() + timedelta(seconds=wait),
            "last_error": type(error).__name__,
        }
        tx.execute(update(job).where(job.c.id == row["id"]).values(values))
