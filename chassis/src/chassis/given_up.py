"""`python -m chassis.given_up events | jobs  list | retry | accept`, with a block's environment: what it gave up on.

Events: `retry` forgets the deliveries, so that what the producers republish is handled as if it came the first time;
`accept` leaves them unhandled. Jobs: `retry` has them done again from now on; `accept` counts them as done.
"""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, select, update

from chassis import clock, settings
from chassis.database import Database, Transaction
from chassis.settings import BadSetting, ServiceSettings
from chassis.tables import inbox, job

_MOST_SHOWN = 1000
_FAILED = job.c.state == "failed"


def dead_events(tx: Transaction) -> list[str]:
    """A line an event: its id and when it was given up on; oldest first, at most a thousand."""
    found = select(inbox.c.event_id, inbox.c.handled_at).where(inbox.c.dead).order_by(inbox.c.handled_at)
    return [f"{row.event_id} {row.handled_at.isoformat()}" for row in tx.execute(found.limit(_MOST_SHOWN))]


def retry_events(tx: Transaction, _at: datetime) -> str:
    """Forget all that were given up on."""
    return f"{tx.execute(delete(inbox).where(inbox.c.dead)).rowcount} forgotten; have the producers republish"


def accept_events(tx: Transaction, _at: datetime) -> str:
    """Take all that were given up on as settled."""
    return f"{tx.execute(update(inbox).where(inbox.c.dead).values(dead=False)).rowcount} accepted"


def failed_jobs(tx: Transaction) -> list[str]:
    """A line a job: its id, kind, attempts and the kind of its last error; oldest first, at most a thousand."""
    found = select(job.c.id, job.c.kind, job.c.attempts, job.c.last_error).where(_FAILED).order_by(job.c.due_at)
    return [f"{row.id} {row.kind} {row.attempts} {row.last_error}" for row in tx.execute(found.limit(_MOST_SHOWN))]


def retry_jobs(tx: Transaction, at: datetime) -> str:
    """Have all that failed done again."""
    waiting = {"state": "waiting", "attempts": 0, "due_at": at}
    return f"{tx.execute(update(job).where(_FAILED).values(waiting)).rowcount} wait again"


def accept_jobs(tx: Transaction, _at: datetime) -> str:
    """Count all that failed as done; what they would have done stays undone."""
    return f"{tx.execute(update(job).where(_FAILED).values(state='done', payload={})).rowcount} accepted"


_LISTS = {"events": dead_events, "jobs": failed_jobs}
_CHANGES: dict[tuple[str, str], Callable[[Transaction, datetime], str]] = {
    ("events", "retry"): retry_events,
    ("events", "accept"): accept_events,
    ("jobs", "retry"): retry_jobs,
    ("jobs", "accept"): accept_jobs,
}


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m chassis.given_up")
    parser.add_argument("kind", choices=tuple(_LISTS))
    parser.add_argument("verb", choices=("list", "retry", "accept"))
    given = parser.parse_args(arguments)
    try:
        own = settings.load(ServiceSettings, os.environ)
    except BadSetting as bad:
        sys.stderr.write(f"{bad}\n")
        return 2
    database = Database(own.database_url)
    for line in _run(database, given.kind, given.verb):
        sys.stdout.write(f"{line}\n")
    database.close()
    return 0


def _run(database: Database, kind: str, verb: str) -> list[str]:
    if verb == "list":
        with database.reading() as tx:
            return _LISTS[kind](tx)
    with database.transaction() as tx:
        return [_CHANGES[kind, verb](tx, clock.system())]


if __name__ == "__main__":
    sys.exit(main())
