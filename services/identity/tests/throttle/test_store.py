"""Attempts at once follow one another."""

from datetime import UTC, datetime

from chassis.database import Database, Transaction
from chassis.testing import races
from identity.throttle import store
from identity.throttle.model import Failures

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
KEYS = ("ada", "network")


def one_more(tx: Transaction) -> None:
    for key, failures in store.locked(tx, KEYS, NOON).items():
        store.save(tx, key, Failures(failures.count + 1, NOON, NOON))


def test_an_attempt_sees_what_the_one_before_counted(database: Database) -> None:
    found = races.second(database, one_more, lambda tx: store.locked(tx, KEYS, NOON))

    assert {key: failures.count for key, failures in found.items()} == {"ada": 1, "network": 1}


def test_an_attempt_beside_one_that_goes_well_starts_anew(database: Database) -> None:
    with database.transaction() as tx:
        one_more(tx)

    def go_well(tx: Transaction) -> None:
        store.locked(tx, KEYS, NOON)
        store.forget(tx, ["ada"])

    found = races.second(database, go_well, lambda tx: store.locked(tx, KEYS, NOON))

    assert {key: failures.count for key, failures in found.items()} == {"ada": 0, "network": 1}
