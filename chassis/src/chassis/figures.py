"""What an app says to Prometheus beside what it counts: its process, and the platform's own tables and topics."""

import platform
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography import x509
from sqlalchemy import ColumnElement, Table, case, func, select

from chassis.clock import Clock
from chassis.consumer import topics
from chassis.database import Database
from chassis.metrics import Metrics
from chassis.observed import ObservedBroker
from chassis.runtime import Runtime
from chassis.tables import inbox, job, outbox
from chassis.tracing import version

Samples = list[tuple[tuple[str, ...], float]]
_WAITING = outbox.c.published_at.is_(None)
_BLOCK = ("every block", "every block with subscriptions")


def register(own: Runtime) -> None:
    """Export what every block exports, and what this one declares."""
    own.metrics.promise(*_BLOCK, own.service.name)
    of_process(own.metrics, own.settings, own.database)
    own.metrics.gauge_from("mesh_request_threads", lambda: [((), own.settings.threads)])
    readers: dict[str, Callable[[Runtime], Samples]] = {
        "mesh_outbox_events": _outbox,
        "mesh_outbox_unpublished_events": _unpublished,
        "mesh_outbox_oldest_unpublished_seconds": _oldest_unpublished,
        "mesh_inbox_events": _inbox,
        "mesh_dead_letters": _dead,
        "mesh_dead_letters_oldest_seconds": _oldest_dead,
        "mesh_jobs": _jobs,
        "mesh_jobs_oldest_due_seconds": _oldest_job,
        **own.service.figures,
    }
    for name, read in readers.items():
        own.metrics.gauge_from(name, lambda read=read: read(own), "database")  # type: ignore[misc]
    if isinstance(own.broker, ObservedBroker) and own.service.subscriptions:
        broker = own.broker
        own.metrics.gauge_from("mesh_consumer_lag_records", lambda: _lag(own, broker), "broker")
        own.metrics.gauge_from("mesh_consumer_lag_seconds", lambda: broker.held_seconds(own.clock()))


def of_process(metrics: Metrics, settings: Any, database: Database) -> None:  # Any: a block's settings or the portal's
    """Export what every process exports: what runs, what it takes, its connections and its certificates."""
    metrics.process()
    built = (version(metrics.service), platform.python_version())
    metrics.gauge_from("build_info", lambda: [(built, 1.0)])
    metrics.gauge_from("http_server_active_requests", lambda: [((), metrics.active_requests)])
    metrics.gauge_from("db_client_connections", lambda: _connections(database))
    metrics.gauge_from("db_client_connections_max", lambda: [((), database.connections().most)])
    if files := _certificates(settings):
        metrics.gauge_from("mesh_certificate_not_after_timestamp_seconds", lambda: _ends(files))
    if database.is_sqlite:
        folder = Path(database.url.database or "").parent
        metrics.gauge_from("mesh_disk_available_bytes", lambda: [((), shutil.disk_usage(folder).free)])


def ready(metrics: Metrics, reasons: Callable[[], list[str]]) -> None:
    """Export whether `/ready` answers 200; `reasons` says why not."""
    metrics.gauge_from("mesh_ready", lambda: [((), 0.0 if reasons() else 1.0)])


def _connections(database: Database) -> Samples:
    found = database.connections()
    return [(("used",), found.used), (("idle",), found.idle)]


def _certificates(settings: Any) -> dict[str, str]:  # Any: as above
    files = {"server": getattr(settings, "tls_certificate", ""), "authorities": getattr(settings, "tls_ca", "")}
    return {use: path for use, path in files.items() if path}


def _ends(files: dict[str, str]) -> Samples:
    """When the certificate ends that ends first in each file."""
    samples: Samples = []
    for use, path in files.items():
        found = x509.load_pem_x509_certificates(Path(path).read_bytes())
        samples.append(((use,), min(each.not_valid_after_utc for each in found).timestamp()))
    return samples


def _lag(own: Runtime, broker: ObservedBroker) -> Samples:
    return [((topic,), broker.lag(own.service.name, [topic])) for topic in topics(own)]


def _outbox(own: Runtime) -> Samples:
    return _by_state(own, outbox, case((_WAITING, "waiting"), else_="published"))


def _inbox(own: Runtime) -> Samples:
    return _by_state(own, inbox, case((inbox.c.dead, "dead"), else_="handled"))


def _jobs(own: Runtime) -> Samples:
    return _by_state(own, job, job.c.state)


def _unpublished(own: Runtime) -> Samples:
    return _number(own, outbox, _WAITING)


def _oldest_unpublished(own: Runtime) -> Samples:
    return _age(own, outbox.c.occurred_at, _WAITING)


def _dead(own: Runtime) -> Samples:
    return _number(own, inbox, inbox.c.dead)


def _oldest_dead(own: Runtime) -> Samples:
    return _age(own, inbox.c.handled_at, inbox.c.dead)


def _oldest_job(own: Runtime) -> Samples:
    return _age(own, job.c.due_at, job.c.state == "waiting")


def _number(own: Runtime, table: Table, which: ColumnElement[bool]) -> Samples:
    with own.reading() as tx:
        return [((), tx.execute(select(func.count()).select_from(table).where(which)).scalar_one())]


def _age(own: Runtime, since: ColumnElement[Any], which: ColumnElement[bool]) -> Samples:  # Any: an instant
    with own.reading() as tx:
        oldest = tx.execute(select(func.min(since)).where(which)).scalar()
    return [((), _seconds(own.clock, oldest) if oldest else 0.0)]


def _seconds(clock: Clock, since: Any) -> float:  # Any: as above
    return max(float((clock() - since).total_seconds()), 0.0)


def _by_state(own: Runtime, table: Table, state: object) -> Samples:
    labelled = state.label("state")  # type: ignore[attr-defined]
    with own.reading() as tx:
        rows = tx.execute(select(labelled, func.count().label("rows")).select_from(table).group_by(labelled))
        return [((row.state,), row.rows) for row in rows]
