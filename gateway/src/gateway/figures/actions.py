"""Registering the mediator's gauges."""

from pathlib import Path

from chassis import figures
from chassis.database import Database
from chassis.metrics import Metrics
from gateway.figures import store
from gateway.message_log.writer import kept_head
from gateway.settings import GatewaySettings

Samples = list[tuple[tuple[str, ...], float]]


def register(metrics: Metrics, settings: GatewaySettings, database: Database, head_file: Path) -> None:
    """Export what the mediator promises. A log that is not whole at its end shows at the next scrape; what was altered
    further back, `verify-log` finds."""
    metrics.promise("gateway")
    figures.of_process(metrics, settings, database)

    def records() -> Samples:
        with database.reading() as tx:
            return [((), store.last_record(tx))]

    def unsigned() -> Samples:
        with database.reading() as tx:
            return [((), max(store.last_record(tx) - store.last_signed(tx), 0))]

    def missing() -> Samples:
        kept = kept_head(head_file)  # first, because it follows the database and never leads it
        with database.reading() as tx:
            return [((), max(kept.seq - store.last_record(tx), 0))]

    metrics.gauge_from("gateway_log_records", records, "database")
    metrics.gauge_from("gateway_log_unsigned_records", unsigned, "database")
    metrics.gauge_from("gateway_log_missing_records", missing, "database")
