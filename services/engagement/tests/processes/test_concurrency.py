"""Who waits for a process sees it, phases and all, as the other left it."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from chassis.database import Database, Transaction
from chassis.testing import races
from engagement.phases.model import PhaseState
from engagement.processes import store
from engagement.processes.model import Process


@pytest.mark.parametrize("find", [store.find_to_change, store.find_held])
def test_a_phase_that_closed_meanwhile_is_closed(
    database: Database, world: object, find: Callable[[Transaction, UUID], Process]
) -> None:
    process: Process = world.process()  # type: ignore[attr-defined]
    phase = process.phases[0]

    def close(tx: Transaction) -> None:
        closed = process.with_phase_closed(phase.id)
        store.save(tx, closed)
        store.save_phase(tx, process.id, replace(phase, state=PhaseState.CLOSED))

    found = races.second(database, close, lambda tx: find(tx, process.id))

    assert found.version == process.version + 1
    assert found.phase(phase.id).state is PhaseState.CLOSED
