"""Facts that two consumers hear at once: neither is left waiting."""

from uuid import UUID, uuid4

import pytest

from chassis.clock import FixedClock
from chassis.database import Database
from chassis.testing import races
from workflow.definitions import actions as definitions
from workflow.triggers import actions, store
from workflow.triggers.model import Fact


@pytest.mark.parametrize("swapped", [False, True])
def test_of_two_facts_at_once_none_stays_waiting(database: Database, clock: FixedClock, swapped: bool) -> None:
    process_id = uuid4()
    with database.transaction() as tx:
        actions.begin(tx, process_id, at=clock())
    one, other = sorted([Fact.APPROVED, Fact.PHASES_CLOSED], reverse=swapped)

    races.second(
        database,
        lambda tx: actions.receive(tx, process_id, one, at=clock()),
        lambda tx: actions.receive(tx, process_id, other, at=clock()),
    )

    assert waiting(database, process_id) == []


def test_a_fact_that_comes_while_its_instance_begins_is_applied(database: Database, clock: FixedClock) -> None:
    process_id = uuid4()
    with database.transaction() as tx:
        definitions.ensure_lifecycle(tx, at=clock())

    races.second(
        database,
        lambda tx: actions.begin(tx, process_id, at=clock()),
        lambda tx: actions.receive(tx, process_id, Fact.APPROVED, at=clock()),
    )

    assert waiting(database, process_id) == []


def waiting(database: Database, process_id: UUID) -> list[Fact]:
    with database.reading() as tx:
        return store.waiting(tx, process_id)
