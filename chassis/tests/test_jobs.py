"""Jobs: asked for in a transaction, done outside any, again until they succeed."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import note_block
import pytest
from patience import eventually
from sqlalchemy import RowMapping, select

from chassis import jobs
from chassis.app import App
from chassis.clock import FixedClock
from chassis.database import transaction_is_open
from chassis.errors import Unavailable
from chassis.failpoints import Failed
from chassis.runtime import Runtime
from chassis.tables import job
from chassis.testing.plugin import NOON

MakeApp = Callable[..., App]
Job = Callable[[Runtime, dict[str, Any], datetime], None]


class Errand:
    """A job of a test: notes its runs, and fails as often as it is told to."""

    def __init__(self, failures: int = 0, error: Exception | None = None) -> None:
        self.runs: list[dict[str, Any]] = []
        self._failures, self._error = failures, error or Unavailable("away")

    def __call__(self, _: Runtime, payload: dict[str, Any], __: datetime) -> None:
        self.runs.append(payload)
        if len(self.runs) <= self._failures:
            raise self._error


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def doing(work: Job) -> object:
    return replace(note_block.declared(), jobs={"remind": work})


def ask(app: App, key: str = "k", **payload: Any) -> None:
    with app.runtime.transaction() as tx:
        jobs.put(tx, "remind", key, payload, NOON)


def rows(app: App) -> list[RowMapping]:
    with app.runtime.reading() as tx:
        return list(tx.execute(select(job).order_by(job.c.key)).mappings())


def test_a_job_is_done_with_its_payload_and_then_forgets_it(make_app: MakeApp, pool: ThreadPoolExecutor) -> None:
    errand = Errand()
    app = make_app(service=doing(errand))
    ask(app, to="ann")

    assert jobs.run_due(app.runtime, pool) == 1
    assert errand.runs == [{"to": "ann"}]
    [row] = rows(app)
    assert (row["state"], row["payload"], row["last_error"]) == ("done", {}, None)
    assert jobs.run_due(app.runtime, pool) == 0


def test_a_job_asked_twice_is_one(make_app: MakeApp, pool: ThreadPoolExecutor) -> None:
    errand = Errand()
    app = make_app(service=doing(errand))
    ask(app, "a", time=1)
    ask(app, "a", time=2)
    ask(app, "b")

    jobs.run_due(app.runtime, pool)
    ask(app, "a", time=3)
    jobs.run_due(app.runtime, pool)

    assert sorted(str(run) for run in errand.runs) == ["{'time': 1}", "{}"]


def test_jobs_asked_at_once_for_one_key_are_one(make_app: MakeApp) -> None:
    app = make_app()
    threads = [threading.Thread(target=ask, args=(app,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(rows(app)) == 1


def test_a_job_of_a_failed_transaction_is_never_done(make_app: MakeApp, pool: ThreadPoolExecutor) -> None:
    app = make_app()
    with pytest.raises(ZeroDivisionError), app.runtime.transaction() as tx:
        jobs.put(tx, "remind", "k", {}, NOON)
        raise ZeroDivisionError

    assert jobs.run_due(app.runtime, pool) == 0


def test_a_job_stands_outside_any_transaction(make_app: MakeApp, pool: ThreadPoolExecutor) -> None:
    stood: list[bool] = []
    app = make_app(service=doing(lambda *_: stood.append(transaction_is_open())))
    ask(app)

    jobs.run_due(app.runtime, pool)

    assert stood == [False]


def test_a_failed_try_waits_longer_each_time(make_app: MakeApp, pool: ThreadPoolExecutor, clock: FixedClock) -> None:
    app = make_app(service=doing(Errand(failures=99)))
    ask(app)
    waits = []

    for _ in range(13):
        jobs.run_due(app.runtime, pool)
        [row] = rows(app)
        waits.append((row["due_at"] - clock()).total_seconds())
        assert jobs.run_due(app.runtime, pool) == 0
        clock.move(seconds=waits[-1])

    assert waits == [0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]


def test_a_job_that_fails_and_then_succeeds_is_done(
    make_app: MakeApp, pool: ThreadPoolExecutor, clock: FixedClock
) -> None:
    errand = Errand(failures=2, error=ZeroDivisionError())
    app = make_app(service=doing(errand))
    ask(app, to="ann")

    for _ in range(3):
        jobs.run_due(app.runtime, pool)
        clock.move(hours=1)

    [row] = rows(app)
    assert errand.runs == [{"to": "ann"}] * 3
    assert (row["state"], row["attempts"], row["last_error"]) == ("done", 2, None)


def test_after_the_most_attempts_a_job_has_failed_and_keeps_its_payload(
    make_app: MakeApp, pool: ThreadPoolExecutor, clock: FixedClock
) -> None:
    errand = Errand(failures=99)
    app = make_app(service=doing(errand))
    ask(app, to="ann")

    for _ in range(25):
        jobs.run_due(app.runtime, pool)
        clock.move(hours=1)

    [row] = rows(app)
    assert len(errand.runs) == 20
    assert (row["state"], row["payload"], row["last_error"]) == ("failed", {"to": "ann"}, "Unavailable")


def test_one_failing_job_does_not_hold_up_another(make_app: MakeApp, pool: ThreadPoolExecutor) -> None:
    def work(_: Runtime, payload: dict[str, Any], __: datetime) -> None:
        if payload["bad"]:
            raise ZeroDivisionError

    app = make_app(service=doing(work))
    ask(app, "a", bad=True)
    ask(app, "b", bad=False)

    jobs.run_due(app.runtime, pool)

    assert [row["state"] for row in rows(app)] == ["waiting", "done"]


def test_a_job_for_later_waits_for_its_time(make_app: MakeApp, pool: ThreadPoolExecutor, clock: FixedClock) -> None:
    app = make_app()
    with app.runtime.transaction() as tx:
        jobs.put(tx, "remind", "k", {}, NOON + timedelta(hours=1))

    assert jobs.run_due(app.runtime, pool) == 0
    clock.move(hours=1)
    assert jobs.run_due(app.runtime, pool) == 1


def test_a_job_of_an_unknown_kind_is_kept_and_tried_again(make_app: MakeApp, pool: ThreadPoolExecutor) -> None:
    app = make_app()
    with app.runtime.transaction() as tx:
        jobs.put(tx, "not of this release", "k", {}, NOON)

    jobs.run_due(app.runtime, pool)

    [row] = rows(app)
    assert (row["state"], row["last_error"]) == ("waiting", "KeyError")


def test_a_crash_after_the_effect_runs_the_job_again(make_app: MakeApp, pool: ThreadPoolExecutor) -> None:
    errand = Errand()
    app = make_app(service=doing(errand), failpoints="jobs.after_run:error")
    ask(app)

    with pytest.raises(Failed):
        jobs.run_due(app.runtime, pool)
    jobs.run_due(app.runtime, pool)

    assert len(errand.runs) == 2
    assert rows(app)[0]["state"] == "done"


def test_a_restart_continues_where_it_was(make_app: MakeApp, pool: ThreadPoolExecutor, clock: FixedClock) -> None:
    errand = Errand(failures=1)
    before = make_app(service=doing(errand))
    ask(before)
    jobs.run_due(before.runtime, pool)
    before.runtime.database.close()

    after = make_app(service=doing(errand))
    clock.move(hours=1)
    jobs.run_due(after.runtime, pool)

    assert [row["state"] for row in rows(after)] == ["done"]


def test_of_two_runners_one_leads(make_app: MakeApp) -> None:
    errand = Errand()
    first, second = make_app(service=doing(errand)), make_app(service=doing(errand))
    running = threading.Thread(target=jobs.run, args=(first.runtime,))
    running.start()
    ask(first, "a")
    eventually(lambda: [row["state"] for row in rows(first)] == ["done"])

    jobs.run(second.runtime)  # returns at once, because the other leads

    first.workers.stop()
    running.join()
    assert len(errand.runs) == 1


def test_asking_wakes_the_runner_at_once(make_app: MakeApp) -> None:
    app = make_app()
    running = threading.Thread(target=jobs.run, args=(app.runtime,))
    running.start()
    time.sleep(0.2)
    asked = time.monotonic()
    ask(app)
    eventually(lambda: [row["state"] for row in rows(app)] == ["done"])
    took = time.monotonic() - asked
    app.workers.stop()
    running.join()

    assert took < 0.5  # without the bell it would be up to a second


def test_a_job_belongs_to_the_trace_that_asked_for_it(make_app: MakeApp, pool: ThreadPoolExecutor) -> None:
    from chassis import tracing

    traces: list[str | None] = []
    app = make_app(service=doing(lambda *_: traces.append(tracing.trace_id())))
    with app.runtime.tracing.span("a request"):
        asked_in = tracing.trace_id()
        ask(app)

    jobs.run_due(app.runtime, pool)

    assert traces == [asked_in]
