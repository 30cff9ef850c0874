"""What is due fires once, whatever happens meanwhile."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, select

from chassis import app as chassis_app
from chassis.app import App
from chassis.clock import FixedClock
from chassis.events import Event
from chassis.failpoints import Failed
from chassis.settings import ServiceSettings
from chassis.testing.plugin import NOON
from scheduler.app import SERVICE
from scheduler.firing import actions, jobs
from scheduler.tables import alert, fire, slot

PHASE = str(uuid4())


@contextmanager
def another(settings: ServiceSettings, clock: FixedClock, failpoints: str = "") -> Iterator[App]:
    """A second scheduler on the same database."""
    app = chassis_app.create(SERVICE, replace(settings, failpoints=failpoints), at=clock, roles=())
    yield app
    app.close()


@pytest.fixture
def many(app: App, approved: Callable[..., Event], deliver: Callable[[Event], None]) -> int:
    """A thousand alerts that are due in the same second, beside one that is not."""
    deliver(approved(NOON, NOON + timedelta(days=1), PHASE))
    with app.runtime.transaction() as tx:
        slot_id = tx.execute(select(slot.c.id)).scalar_one()
        row = {"slot_id": slot_id, "kind": "event-alert", "target_category": "both", "due_at": NOON}
        rows = [row | {"id": uuid4(), "subject": str(n), "state": "waiting"} for n in range(999)]
        tx.execute(insert(alert), rows)
    return 1000


def test_an_instant_to_come_waits_and_one_that_came_fires_once(
    app: App, clock: FixedClock, approved, deliver, told: Callable[[], list[Any]]
) -> None:
    deliver(approved(NOON + timedelta(seconds=1), NOON + timedelta(hours=1), PHASE))

    jobs.fire_due(app.runtime)
    before = told()
    clock.move(seconds=1)
    jobs.fire_due(app.runtime)
    jobs.fire_due(app.runtime)

    assert before == []
    [event] = told()
    assert (event["type"], event["key"], event["kind"]) == ("scheduler.alert-fired.v1", PHASE, "phase-opens")
    assert event["dueAt"] == "2026-06-01T12:00:01.000Z"


def test_after_a_long_absence_an_alert_fires_once_and_is_measured_late(
    app: App, clock: FixedClock, approved, deliver, told: Callable[[], list[Any]]
) -> None:
    deliver(approved(NOON + timedelta(minutes=1), NOON + timedelta(days=9), PHASE))
    clock.move(hours=1)

    jobs.fire_due(app.runtime)

    assert len(told()) == 1
    figures = app.runtime.metrics.exposition().decode()
    assert 'scheduler_lateness_seconds_sum{kind="phase-opens"} 3540.0' in figures
    assert 'scheduler_alerts{state="fired"} 1.0' in figures
    assert "scheduler_oldest_due_seconds 0.0" in figures


def test_a_thousand_due_at_once_all_fire_in_batches(app: App, many: int, told: Callable[[], list[Any]]) -> None:
    first = jobs.fire_batch(app.runtime, 300)

    jobs.fire_due(app.runtime)

    assert first == 300
    assert len({each["alertId"] for each in told()}) == len(told()) == many


def test_two_schedulers_on_one_database_never_fire_one_alert_twice(
    app: App, settings: ServiceSettings, clock: FixedClock, many: int, told: Callable[[], list[Any]]
) -> None:
    start = Barrier(4)

    def race(own: App) -> int:
        start.wait()
        return sum(iter(lambda: jobs.fire_batch(own.runtime, 37), 0))

    with another(settings, clock) as second, ThreadPoolExecutor(4) as pool:
        fired = list(pool.map(race, [app, second, app, second]))

    assert len({each["alertId"] for each in told()}) == len(told()) == many
    assert sum(fired) == many
    with app.runtime.reading() as tx:
        assert tx.execute(select(func.count()).select_from(fire)).scalar_one() == many


def test_a_fall_before_the_commit_fires_nothing_and_the_next_scheduler_does(
    app: App, settings: ServiceSettings, clock: FixedClock, many: int, told: Callable[[], list[Any]]
) -> None:
    with another(settings, clock, "firing.before_commit:hit=2:error") as falling, pytest.raises(Failed):
        jobs.fire_due(falling.runtime)
    before = len(told())

    jobs.fire_due(app.runtime)

    assert before == 200
    assert len({each["alertId"] for each in told()}) == len(told()) == many


def test_a_fall_after_the_commit_does_not_fire_again(
    app: App, settings: ServiceSettings, clock: FixedClock, approved, deliver, told: Callable[[], list[Any]]
) -> None:
    deliver(approved(NOON, NOON + timedelta(days=1), PHASE))
    with another(settings, clock, "firing.after_commit:error") as falling, pytest.raises(Failed):
        jobs.fire_due(falling.runtime)

    jobs.fire_due(app.runtime)

    assert len(told()) == 1


def test_a_row_that_says_it_fired_stops_a_second_firing(app: App, approved, deliver, told) -> None:
    deliver(approved(NOON, NOON + timedelta(days=1), PHASE))
    with app.runtime.transaction() as tx:
        its = select(alert.c.id).where(alert.c.kind == "phase-opens")
        row = {"schedule_id": tx.execute(its).scalar_one(), "due_at": NOON, "fired_at": NOON}
        tx.execute(insert(fire), row)

    with app.runtime.transaction() as tx:
        fired = actions.fire(tx, 10, at=NOON)

    assert fired == [] and told() == []
