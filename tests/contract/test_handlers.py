"""Whoever listens takes every example of what it hears: about something unknown, and a second time."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from house import BLOCKS, service

import contracts
from chassis.database import Database
from chassis.events import Event
from chassis.migrations import migrate
from chassis.testing.plugin import NOON

HEARD = [(block, event_type) for block in BLOCKS for event_type in sorted(service(block).subscriptions)]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'block.db'}")
    yield database
    database.close()


@pytest.mark.parametrize(("block", "event_type"), HEARD)
def test_a_handler_takes_every_example(database: Database, block: str, event_type: str) -> None:
    migrate(database, block)

    for example in contracts.event_examples(event_type):
        for _ in range(2):
            key = str(next(iter(example.values())))
            with database.transaction() as tx:
                service(block).subscriptions[event_type](tx, Event(event_type, key, NOON, example))


def test_every_blocks_front_door_can_be_built() -> None:
    assert [service(block).name for block in BLOCKS] == list(BLOCKS)
    assert all(import_module(f"{block}.settings").Settings for block in BLOCKS)
