"""What the platform's tables say to Prometheus."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import note_block
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import func, select, text

import contracts
from chassis import figures, ids, inbox, jobs, outbox, relay
from chassis.app import App
from chassis.broker.embedded import EmbeddedLog
from chassis.clock import FixedClock
from chassis.database import Database
from chassis.metrics import Metrics
from chassis.observed import ObservedBroker
from chassis.tables import inbox as inbox_table
from chassis.testing.plugin import NOON

TOPIC = contracts.topic_of(note_block.TYPE)


def told(app: App, line: str) -> bool:
    return line in app.runtime.metrics.exposition().decode().splitlines()


def test_a_block_without_work_says_so(app: App) -> None:
    assert told(app, "mesh_outbox_unpublished_events 0.0")
    assert told(app, "mesh_outbox_oldest_unpublished_seconds 0.0")


def test_waiting_and_published_events_are_told_apart(app: App, broker: EmbeddedLog, clock: FixedClock) -> None:
    with app.runtime.transaction() as tx:
        outbox.put(tx, note_block.told("a"), note_block.told("b"))
    relay.relay_once(app.runtime, broker)
    with app.runtime.transaction() as tx:
        outbox.put(tx, note_block.told("c"))
    clock.move(seconds=90)

    assert told(app, 'mesh_outbox_events{state="published"} 2.0')
    assert told(app, 'mesh_outbox_events{state="waiting"} 1.0')
    assert told(app, "mesh_outbox_unpublished_events 1.0")
    assert told(app, "mesh_outbox_oldest_unpublished_seconds 90.0")


def test_handled_and_dead_events_are_told_apart(app: App) -> None:
    with app.runtime.transaction() as tx:
        inbox.first_time(tx, ids.new(), NOON)
        inbox.first_time(tx, ids.new(), NOON)
        inbox.give_up(tx, ids.new(), NOON)

    assert told(app, 'mesh_inbox_events{state="handled"} 2.0')
    assert told(app, 'mesh_inbox_events{state="dead"} 1.0')


def test_dead_letters_are_counted_and_age(app: App, clock: FixedClock) -> None:
    assert told(app, "mesh_dead_letters 0.0")
    with app.runtime.transaction() as tx:
        inbox.first_time(tx, ids.new(), NOON)
        inbox.give_up(tx, ids.new(), NOON)
    clock.move(seconds=30)

    assert told(app, "mesh_dead_letters 1.0")
    assert told(app, "mesh_dead_letters_oldest_seconds 30.0")


def test_dead_letters_are_found_by_an_index_of_their_own(app: App) -> None:
    counted = select(func.count()).select_from(inbox_table).where(inbox_table.c.dead)
    with app.runtime.reading() as tx:
        if not tx.database.is_sqlite:
            tx.execute(text("SET LOCAL enable_seqscan = off"))  # of an empty table all of it is read sooner
        explain = "EXPLAIN QUERY PLAN" if tx.database.is_sqlite else "EXPLAIN"
        plan = " ".join(str(row) for row in tx.execute(text(f"{explain} {counted.compile(tx.connection)}")))

    assert "ix_inbox_dead" in plan


def test_lag_is_told_in_records_and_in_seconds(app: App, broker: EmbeddedLog) -> None:
    with app.runtime.transaction() as tx:
        outbox.put(tx, note_block.told("a"), note_block.told("b"))
    relay.relay_once(app.runtime, broker)
    before = told(app, f'mesh_consumer_lag_records{{topic="{TOPIC}"}} 2.0')
    observed = app.runtime.broker
    assert isinstance(observed, ObservedBroker)
    subscription = observed.subscribe("notes", [TOPIC])
    records = subscription.poll(10, 1)
    held = observed.held_seconds(records[0].at + timedelta(seconds=45))
    subscription.commit(records)

    assert before
    assert held == [((TOPIC,), 45.0)]
    assert told(app, f'mesh_consumer_lag_seconds{{topic="{TOPIC}"}} 0.0')
    assert told(app, f'mesh_consumer_lag_records{{topic="{TOPIC}"}} 0.0')
    subscription.close()


def test_a_process_tells_what_runs_and_what_it_holds(app: App) -> None:
    told_ = app.runtime.metrics.exposition().decode()

    assert 'build_info{python="3.' in told_
    assert "process_open_fds " in told_
    assert 'db_client_connections{state="used"}' in told_
    assert "db_client_connections_max " in told_
    assert ("mesh_disk_available_bytes " in told_) is app.runtime.database.is_sqlite
    assert "mesh_ready " in told_


def test_an_unready_block_says_so(app: App) -> None:
    app.runtime.stopping.set()

    assert told(app, "mesh_ready 0.0")


def test_the_certificate_that_ends_first_is_told(tmp_path: Path, database: Database) -> None:
    chain = tmp_path / "tls.crt"
    chain.write_bytes(certificate(NOON + timedelta(days=90)) + certificate(NOON + timedelta(days=7)))
    metrics = Metrics("notes")
    figures.of_process(metrics, SimpleNamespace(tls_certificate=str(chain), tls_ca=""), database)

    [line] = [line for line in metrics.exposition().decode().splitlines() if line.startswith("mesh_certificate")]
    name, value = line.split()
    assert name == 'mesh_certificate_not_after_timestamp_seconds{use="server"}'
    assert float(value) == (NOON + timedelta(days=7)).timestamp()


def certificate(ends: datetime) -> bytes:
    """A certificate in PEM that ends then."""
    key = Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "notes")])
    built = x509.CertificateBuilder(name, name, key.public_key(), 1, NOON, ends)
    return built.sign(key, None).public_bytes(Encoding.PEM)


def test_jobs_are_told_by_state(app: App) -> None:
    with app.runtime.transaction() as tx:
        jobs.put(tx, "remind", "a", {}, NOON)
    with ThreadPoolExecutor(1) as pool:
        jobs.run_due(app.runtime, pool)
    with app.runtime.transaction() as tx:
        jobs.put(tx, "remind", "b", {}, NOON)

    assert told(app, 'mesh_jobs{state="done"} 1.0')
    assert told(app, 'mesh_jobs{state="waiting"} 1.0')


def test_a_job_that_is_due_ages(app: App, clock: FixedClock) -> None:
    with app.runtime.transaction() as tx:
        jobs.put(tx, "remind", "a", {}, NOON)
    clock.move(seconds=75)

    assert told(app, "mesh_jobs_oldest_due_seconds 75.0")
