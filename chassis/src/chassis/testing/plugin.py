"""The pytest plugin: a database with the block's migrations, a broker, an app, a client that speaks for anyone.

A block's conftest gives the fixture `service` (its declaration) and `settings_type`; everything else comes from here.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from chassis import app as chassis_app
from chassis.app import App
from chassis.broker.embedded import EmbeddedLog
from chassis.clock import FixedClock
from chassis.database import Database, Transaction
from chassis.local.kafka import Kafka
from chassis.runtime import Service
from chassis.settings import ServiceSettings
from chassis.testing import servers
from chassis.testing.client import Client, Speaker

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where servers are at hand, a test that asks for none is no other test than without them: it is left out."""
    if not servers.at_hand():
        return
    asking = {item for item in items if servers.FIXTURES & set(getattr(item, "fixturenames", ()))}
    config.hook.pytest_deselected(items=[item for item in items if item not in asking])
    items[:] = [item for item in items if item in asking]


@pytest.fixture
def clock() -> FixedClock:
    """Stands at noon of 1 June 2026 until a test moves it."""
    return FixedClock(NOON)


@pytest.fixture
def speaker() -> Speaker:
    """Signs contexts as the mediator would."""
    return Speaker()


@pytest.fixture(scope="session")
def kafka() -> Kafka:
    """The broker that `KAFKA_URL` names; tests that ask for it run where one is."""
    return Kafka(os.environ["KAFKA_URL"])


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[EmbeddedLog]:
    """An embedded log of this test alone."""
    log = EmbeddedLog(str(tmp_path / "events"))
    yield log
    log.close()


@pytest.fixture
def database_url(service: Service, tmp_path: Path) -> Iterator[str]:
    """A migrated database of this test alone: SQLite, or PostgreSQL where `POSTGRES_URL` names a server."""
    with servers.database(tmp_path, service.name) as url:
        yield url


@pytest.fixture
def empty_url(tmp_path: Path) -> Iterator[str]:
    """A database of this test alone, without tables."""
    with servers.database(tmp_path / "empty", "nothing", servers.no_tables) as url:
        yield url


@pytest.fixture
def settings(
    settings_type: type[ServiceSettings], database_url: str, tmp_path: Path, speaker: Speaker
) -> ServiceSettings:
    """The block's settings over a database of this test alone."""
    return settings_type(
        port=0,
        database_url=database_url,
        context_keys=str(speaker.write_keys(tmp_path)),
    )


@pytest.fixture
def app(service: Service, settings: ServiceSettings, clock: FixedClock, broker: EmbeddedLog) -> Iterator[App]:
    """The block, migrated and with checked responses; its workers stand still until a test runs them."""
    app = chassis_app.create(service, settings, at=clock, broker=broker, validate_responses=True)
    yield app
    app.runtime.threads.shutdown()
    app.runtime.database.close()


@pytest.fixture
def database(app: App) -> Database:
    """The block's database."""
    return app.runtime.database


@pytest.fixture
def tx(database: Database) -> Iterator[Transaction]:
    """An open transaction."""
    with database.transaction() as tx:
        yield tx


@pytest.fixture
def client(app: App, service: Service, speaker: Speaker, clock: FixedClock) -> Callable[..., Client]:
    """`client(subject=…, roles=…, scopes=…)` calls the block as the mediator would for that caller."""

    def speak(**caller: Any) -> Client:
        return Client(app, speaker, service.name, caller)

    return speak
