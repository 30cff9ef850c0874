"""Phases open and close when the scheduler says so, once."""

from datetime import datetime
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from chassis import ids
from chassis.app import App
from chassis.clock import text
from chassis.events import Event
from engagement.phases.model import PhaseState
from engagement.processes import consumers, store
from engagement.processes.model import State


def test_an_alert_opens_a_phase_once(app: App, world: Any, make: ModuleType) -> None:
    process = world.process(state=State.SCHEDULED)

    for _ in range(2):
        _fire(app, "phase-opens", process.phases[0].id, make.NOON)

    assert _now(app, process.id).state is State.OPEN
    assert len(world.events("engagement.phase-opened.v1")) == 1


def test_an_alert_closes_the_last_phase_and_the_process_once(app: App, world: Any, make: ModuleType) -> None:
    process = world.process()

    for _ in range(2):
        _fire(app, "phase-closes", process.phases[0].id, process.phases[0].closes_at)

    (told,) = world.events("engagement.phase-closed.v1")
    assert told.data["last"] is True
    assert _now(app, process.id).state is State.CLOSED


def test_the_alert_of_an_end_that_was_moved_closes_nothing(app: App, world: Any, make: ModuleType) -> None:
    process = world.process()

    _fire(app, "phase-closes", process.phases[0].id, make.NOON)

    assert _now(app, process.id).state is State.OPEN


def test_an_opening_that_comes_late_does_not_open_what_has_closed(app: App, world: Any, make: ModuleType) -> None:
    process = world.process(state=State.SCHEDULED)
    phase = process.phases[0]

    _fire(app, "phase-closes", phase.id, phase.closes_at)
    _fire(app, "phase-opens", phase.id, phase.closes_at)

    assert _now(app, process.id).phases[0].state is PhaseState.CLOSED


@pytest.mark.parametrize("kind", ["phase-opens", "phase-closes", "reminder"])
def test_alerts_about_other_things_change_nothing(app: App, world: Any, make: ModuleType, kind: str) -> None:
    _fire(app, kind, ids.new(), make.NOON)

    assert world.events() == []


def _fire(app: App, kind: str, phase_id: UUID, at: datetime) -> None:
    told = {"alertId": str(ids.new()), "subject": str(phase_id), "kind": kind, "dueAt": text(at)}
    with app.runtime.transaction() as tx:
        consumers.on_alert_fired(tx, Event("scheduler.alert-fired.v1", str(phase_id), at, told))


def _now(app: App, process_id: UUID) -> Any:
    with app.runtime.reading() as tx:
        return store.find(tx, process_id)
