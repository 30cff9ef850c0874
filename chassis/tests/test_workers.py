"""The roles beside serving: started, started again when they fail, ended together."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import note_block
import pytest
from patience import eventually

from chassis import jobs, outbox, workers
from chassis.app import App
from chassis.broker.embedded import EmbeddedLog
from chassis.database import Database
from chassis.runtime import Loop, Runtime, Tick
from chassis.testing.plugin import NOON
from chassis.workers import Workers

MakeApp = Callable[..., App]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A role that failed starts again sooner than in earnest."""
    monkeypatch.setattr(workers, "_RESTART_SECONDS", 0.05)


def ticking(run: Callable[[Runtime], None], every_seconds: float = 0.02) -> object:
    return replace(note_block.declared(), ticks=(Tick("sweep", every_seconds, run),))


def threads_of(app: App) -> list[str]:
    """Names of the threads of its roles; those that answer requests are another matter."""
    names = [thread.name for thread in threading.enumerate()]
    return sorted(name for name in names if name.startswith(app.runtime.service.name) and "-request" not in name)


def test_a_note_reaches_its_listener_by_the_roles_alone(make_app: MakeApp, broker: EmbeddedLog) -> None:
    reminded: list[str] = []
    work = {"remind": lambda _, payload, __: reminded.append(payload["to"])}
    app = make_app(service=replace(note_block.declared(), jobs=work))
    app.workers.start()

    with app.runtime.transaction() as tx:
        outbox.put(tx, note_block.told("a"))
        jobs.put(tx, "remind", "k", {"to": "ann"}, NOON)

    eventually(lambda: reminded == ["ann"])
    eventually(lambda: app.runtime.metrics.registry.get_sample_value("mesh_events_published_total") == 1)
    eventually(lambda: broker.lag("notes", ["engagement-processes"]) == 0)


def test_every_role_is_a_thread_and_all_end_when_the_app_stops(make_app: MakeApp) -> None:
    app = make_app(service=ticking(lambda _: None))
    app.workers.start()
    running = threads_of(app)

    started = time.monotonic()
    app.workers.stop()

    assert {"notes-relay", "notes-consume", "notes-jobs", "notes-tick-sweep"} <= set(running)
    assert threads_of(app) == []
    assert time.monotonic() - started < 5


def test_only_the_asked_roles_run(make_app: MakeApp) -> None:
    app = make_app(service=ticking(lambda _: None))
    chosen = Workers(app.runtime, ("relay",))
    chosen.start()

    assert threads_of(app) == ["notes-relay"]
    chosen.stop()


def test_a_block_without_a_broker_does_the_rest(make_app: MakeApp) -> None:
    app = make_app(service=ticking(lambda _: None))
    alone = Workers(replace(app.runtime, broker=None))
    alone.start()

    assert {"notes-jobs", "notes-tick-sweep"} <= set(threads_of(app))
    assert not {"notes-relay", "notes-consume"} & set(threads_of(app))
    alone.stop()


def test_a_role_that_fails_starts_again(make_app: MakeApp) -> None:
    runs: list[int] = []

    def run(_: Runtime) -> None:
        runs.append(1)
        if len(runs) < 3:
            raise ZeroDivisionError

    app = make_app(service=ticking(run))
    app.workers.start()

    eventually(lambda: len(runs) >= 4)


def test_a_tick_runs_by_one_process_at_a_time(make_app: MakeApp) -> None:
    first, second = [], []
    leads = make_app(service=ticking(lambda _: first.append(1)))
    waits = make_app(service=ticking(lambda _: second.append(1)))
    leads.workers.start()
    eventually(lambda: bool(first))
    waits.workers.start()
    time.sleep(0.2)
    before = len(second)

    leads.workers.stop()

    assert before == 0
    eventually(lambda: bool(second))


def test_a_stopped_consumer_stays_stopped_and_says_why(make_app: MakeApp, broker: EmbeddedLog) -> None:
    app = make_app()
    app.workers.start()
    for _ in range(10):
        with app.runtime.transaction() as tx:
            outbox.put(tx, note_block.told("poison"))

    eventually(lambda: app.workers.stopped_because is not None)
    time.sleep(0.2)

    assert "10 records in a row" in str(app.workers.stopped_because)
    assert "notes-consume" not in threads_of(app)
    assert "notes-relay" in threads_of(app)


def test_a_failpoint_at_a_tick_is_one_failure(make_app: MakeApp) -> None:
    runs: list[int] = []
    app = make_app(service=ticking(lambda _: runs.append(1)), failpoints="ticks.before_run:error")
    app.workers.start()

    eventually(lambda: len(runs) >= 2)


def test_a_loop_of_the_blocks_own_ends_by_its_bell(make_app: MakeApp) -> None:
    ended: list[bool] = []

    def run(runtime: Runtime) -> None:
        while not runtime.stopping.is_set():
            runtime.database.bell("queue").wait(60)
        ended.append(True)

    app = make_app(service=replace(note_block.declared(), loops=(Loop("queue", run),)))
    app.workers.start()
    app.workers.stop()

    assert ended == [True]


def test_a_loop_that_is_not_wanted_does_not_start(make_app: MakeApp) -> None:
    loop = Loop("queue", lambda _: None, wanted=lambda settings: settings.port == 1)
    app = make_app(service=replace(note_block.declared(), loops=(loop,)))
    app.workers.start()

    assert "notes-loop-queue" not in threads_of(app)


def test_what_the_last_requests_told_is_published_before_the_process_ends(
    make_app: MakeApp, broker: EmbeddedLog
) -> None:
    app = make_app()
    app.runtime.stopping.set()
    app.workers.start()
    eventually(lambda: threads_of(app) == [])
    with app.runtime.transaction() as tx:
        outbox.put(tx, *(note_block.told(f"k{number}") for number in range(250)))

    app.workers.stop()

    assert broker.lag("notes", ["engagement-processes"]) == 250


def test_workers_that_were_never_started_publish_nothing_at_the_end(make_app: MakeApp, broker: EmbeddedLog) -> None:
    app = make_app()
    with app.runtime.transaction() as tx:
        outbox.put(tx, note_block.told("a"))

    app.workers.stop()

    assert broker.lag("notes", ["engagement-processes"]) == 0


def test_all_workers_together_have_the_time_of_one(make_app: MakeApp) -> None:
    released = threading.Event()
    slow = tuple(Tick(f"slow-{number}", 60, lambda _: released.wait(30) and None) for number in range(5))
    app = make_app(service=replace(note_block.declared(), ticks=slow))
    app.workers.start()

    started = time.monotonic()
    app.workers.stop(timeout_seconds=0.5)
    seconds = time.monotonic() - started
    released.set()

    assert seconds < 2


def test_a_closed_app_lets_its_claims_go(make_app: MakeApp) -> None:
    app = make_app(service=ticking(lambda _: None))
    app.workers.start()
    eventually(lambda: not _free(app.runtime.database, "tick-sweep"))

    app.workers.stop()

    assert _free(app.runtime.database, "tick-sweep")
    assert _free(app.runtime.database, "relay")


def _free(database: Database, name: str) -> bool:
    with database.leader(name) as mine:
        return mine
