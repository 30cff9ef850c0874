"""Who waits for a definition sees it as the other left it."""

from dataclasses import replace

from chassis.clock import FixedClock
from chassis.database import Database, Transaction
from chassis.testing import races
from workflow.definitions import actions, store
from workflow.definitions.model import LIFECYCLE


def test_the_packages_definition_is_found_while_it_is_revised(database: Database, clock: FixedClock) -> None:
    with database.transaction() as tx:
        known = actions.ensure_lifecycle(tx, at=clock())
    revised = replace(actions.lifecycle(), label="another")

    def revise(tx: Transaction) -> None:
        actions.revise(tx, known.id, revised, at=clock())

    found = races.second(database, revise, lambda tx: store.of_package(tx, LIFECYCLE))

    assert found is not None
    assert (found.newest, found.facts.label) == (2, "another")
