"""A tiny block to test the chassis with: it keeps notes. Its contract is written here, not in the catalogue."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as examples

from chassis.app import App
from chassis.broker.embedded import EmbeddedLog
from chassis.clock import FixedClock
from chassis.database import Database
from chassis.settings import ServiceSettings
from chassis.testing import servers
from chassis.testing.client import Client, Speaker

sys.path.insert(0, str(Path(__file__).parent / "support"))

import note_block

collect_ignore = [] if "KAFKA_URL" in os.environ else ["broker/test_kafka.py"]
MakeApp = Callable[..., App]

examples.register_profile("house", deadline=None)  # a slow machine is no finding
examples.load_profile("house")


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """`database_url("notes")`: a database of this test alone with the tables of the block; the same name is the same
    database. SQLite, or PostgreSQL where `POSTGRES_URL` names a server."""
    urls: dict[str, str] = {}
    with ExitStack() as databases:

        def of(name: str) -> str:
            if name not in urls:
                made = servers.database(tmp_path / name, "note-block", note_block.make_tables)
                urls[name] = databases.enter_context(made)
            return urls[name]

        yield of


@pytest.fixture
def make_settings(
    tmp_path: Path, database_url: Callable[[str], str], speaker: Speaker
) -> Callable[..., ServiceSettings]:
    """`make_settings(database="notes", **settings)`: the same name is the same database."""
    keys = str(speaker.write_keys(tmp_path))

    def make(database: str = "notes", **settings: Any) -> ServiceSettings:
        return ServiceSettings(port=0, database_url=database_url(database), context_keys=keys, **settings)

    return make


@pytest.fixture
def settings(make_settings: Callable[..., ServiceSettings]) -> ServiceSettings:
    return make_settings()


@pytest.fixture
def make_app(
    make_settings: Callable[..., ServiceSettings],
    clock: FixedClock,
    broker: EmbeddedLog,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MakeApp]:
    """`make_app(service=…, spans=…, database=…, **settings)`; apps of one database are a block that was restarted."""
    note_block.promise(monkeypatch)
    made: list[App] = []

    def make(service: Any = None, spans: Any = None, **settings: Any) -> App:
        made.append(note_block.build(make_settings(**settings), clock, broker, service=service, spans=spans))
        return made[-1]

    yield make
    for app in made:
        app.workers.stop()
        app.runtime.database.close()


@pytest.fixture
def app(make_app: MakeApp) -> App:
    return make_app()


@pytest.fixture
def client(app: App, speaker: Speaker) -> Callable[..., Client]:
    def speak(**caller: object) -> Client:
        return Client(app, speaker, "notes", {"scopes": ["notes.write"], "subject": "ann"} | caller)

    return speak


@pytest.fixture
def store(database_url: Callable[[str], str]) -> Iterator[Database]:
    """A database with the platform's tables, without an app around it."""
    database = Database(database_url("store"))
    yield database
    database.close()
