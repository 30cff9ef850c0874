"""What the platform's own tables say to Prometheus at each scrape: outbox, inbox, jobs."""

from collections.abc import Callable

from sqlalchemy import Table, case, func, select

from chassis.runtime import Runtime
from chassis.tables import inbox, job, outbox

Samples = list[tuple[tuple[str, ...], float]]
_WAITING = outbox.c.published_at.is_(None)


def register(own: Runtime) -> None:
    """Export the platform's gauges of one app, and those that the block declares."""
    readers: dict[str, Callable[[Runtime], Samples]] = {
        "mesh_outbox_events": _outbox,
        "mesh_outbox_unpublished_events": _unpublished,
        "mesh_outbox_oldest_unpublished_seconds": _oldest,
        "mesh_inbox_events": _inbox,
        "mesh_jobs": _jobs,
        **own.service.figures,
    }
    for name, read in readers.items():
        own.metrics.gauge_from(name, lambda read=read: read(own))  # type: ignore[misc]


def _outbox(own: Runtime) -> Samples:
    return _by_state(own, outbox, case((_WAITING, "waiting"), else_="published"))


def _inbox(own: Runtime) -> Samples:
    return _by_state(own, inbox, case((inbox.c.dead, "dead"), else_="handled"))


def _jobs(own: Runtime) -> Samples:
    return _by_state(own, job, job.c.state)


def _unpublished(own: Runtime) -> Samples:
    with own.reading() as tx:
        return [((), tx.execute(select(func.count()).select_from(outbox).where(_WAITING)).scalar_one())]


def _oldest(own: Runtime) -> Samples:
    with own.reading() as tx:
        oldest = tx.execute(select(func.min(outbox.c.occurred_at)).where(_WAITING)).scalar()
    return [((), max((own.clock() - oldest).total_seconds(), 0) if oldest else 0)]


def _by_state(own: Runtime, table: Table, state: object) -> Samples:
    labelled = state.label("state")  # type: ignore[attr-defined]
    with own.reading() as tx:
        rows = tx.execute(select(labelled, func.count().label("rows")).select_from(table).group_by(labelled))
        return [((row.state,), row.rows) for row in rows]
