"""What the platform's tables say to Prometheus."""

from concurrent.futures import ThreadPoolExecutor

import note_block

from chassis import ids, inbox, jobs, outbox, relay
from chassis.app import App
from chassis.broker.embedded import EmbeddedLog
from chassis.clock import FixedClock
from chassis.testing.plugin import NOON


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


def test_jobs_are_told_by_state(app: App) -> None:
    with app.runtime.transaction() as tx:
        jobs.put(tx, "remind", "a", {}, NOON)
    with ThreadPoolExecutor(1) as pool:
        jobs.run_due(app.runtime, pool)
    with app.runtime.transaction() as tx:
        jobs.put(tx, "remind", "b", {}, NOON)

    assert told(app, 'mesh_jobs{state="done"} 1.0')
    assert told(app, 'mesh_jobs{state="waiting"} 1.0')
