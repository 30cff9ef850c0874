"""Fixtures: one fake mediator and one portal for the session, fresh data and a fresh browser for each test."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from chassis.clock import FixedClock
from chassis.testing import servers
from portal.app import create_app
from portal.settings import Settings

from . import make
from .browser import Browser
from .fake_gateway import FakeGateway
from .fake_server import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def fake(server: Server) -> Iterator[FakeGateway]:
    server.fake = FakeGateway(server.url)
    yield server.fake
    assert server.fake.violations == []


@pytest.fixture(scope="session")
def settings(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with servers.database(tmp_path_factory.mktemp("portal"), "portal") as url:
        yield make.settings(server.url, url)


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    """A migrated database of this test alone: SQLite, or PostgreSQL where `POSTGRES_URL` names a server."""
    with servers.database(tmp_path, "portal") as url:
        yield url


@pytest.fixture(scope="session")
def clock() -> FixedClock:
    return FixedClock(make.NOW)


@pytest.fixture(scope="session")
def app(settings: Settings, clock: FixedClock) -> Iterator[Flask]:
    made = create_app(settings, clock)
    yield made
    made.extensions["portal"].close()


@pytest.fixture
def browser(app: Flask, fake: FakeGateway) -> Browser:
    return Browser(app)


@pytest.fixture
def process(fake: FakeGateway) -> dict[str, Any]:
    """Open for everything."""
    return fake.add_process()


@pytest.fixture
def idea(fake: FakeGateway, process: dict[str, Any]) -> dict[str, Any]:
    return fake.add_proposal(process, endorsements=41)
