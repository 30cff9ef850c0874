"""The mediator's gauges: the log's length, and whether it is whole at its end."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from chassis.database import Database
from chassis.metrics import Metrics
from gateway.figures import actions
from gateway.message_log.model import Entry, Head, Kind, Signed
from gateway.message_log.writer import Writer
from gateway.settings import GatewaySettings


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def metrics(database: Database, database_url: str, tmp_path: Path) -> Metrics:
    metrics = Metrics("gateway")
    actions.register(metrics, GatewaySettings(database_url=database_url), database, tmp_path / "head")
    return metrics


def told(metrics: Metrics) -> tuple[float | None, float | None, float | None]:
    """Records, unsigned ones, missing ones."""
    names = ("gateway_log_records", "gateway_log_unsigned_records", "gateway_log_missing_records")
    records, unsigned, missing = (metrics.registry.get_sample_value(name) for name in names)
    return records, unsigned, missing


async def written(database: Database, tmp_path: Path, records: int) -> None:
    def sign(head: Head) -> Signed:
        return Signed(head, "k", b"s")

    writer = Writer(database, sign, head_file=tmp_path / "head")
    writer.open()
    for number in range(records):
        entry = Entry(Kind.REQUEST, str(number), "2026-06-01T12:00:00.000000Z", "A/B/C/D", "A/B/C/E/api", {"path": "/"})
        await writer.append(entry)
    writer.close()


def test_an_empty_log_is_whole(metrics: Metrics) -> None:
    assert told(metrics) == (0, 0, 0)


async def test_a_log_that_was_written_is_whole(metrics: Metrics, database: Database, tmp_path: Path) -> None:
    await written(database, tmp_path, 3)

    assert told(metrics) == (3, 0, 0)


async def test_records_without_a_signature_are_told(metrics: Metrics, database: Database, tmp_path: Path) -> None:
    await written(database, tmp_path, 3)
    with database.transaction() as tx:
        tx.execute(text("DELETE FROM message_head WHERE seq > 1"))

    assert told(metrics) == (3, 2, 0)


async def test_records_that_were_cut_off_are_told(metrics: Metrics, database: Database, tmp_path: Path) -> None:
    await written(database, tmp_path, 3)
    with database.transaction() as tx:
        tx.execute(text("DELETE FROM message_head WHERE seq > 1"))
        tx.execute(text("DELETE FROM message_record WHERE seq > 1"))

    assert json.loads((tmp_path / "head").read_text())["seq"] == 3
    assert told(metrics) == (1, 0, 2)


def test_what_the_mediator_promises_is_told_from_the_start(metrics: Metrics) -> None:
    exposition = metrics.exposition().decode()

    assert "# TYPE gateway_requests_total counter" in exposition
    assert "# TYPE gateway_request_duration_seconds histogram" in exposition
