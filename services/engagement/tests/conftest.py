"""What engagement's tests stand on; the chassis' plugin gives database, broker, app and client."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from chassis.app import App
from chassis.broker.embedded import EmbeddedLog
from chassis.consumer import Consumer
from chassis.relay import relay_once
from chassis.runtime import Service
from chassis.settings import ServiceSettings
from chassis.tables import outbox
from chassis.testing.client import Client
from chassis.web import VISITOR_KEY
from engagement.access.model import new_key
from engagement.app import SERVICE
from engagement.comments import store as comments
from engagement.participants import store as participants
from engagement.participants.model import Participant
from engagement.processes import store as processes
from engagement.processes.model import Process
from engagement.proposals import store as proposals
from engagement.proposals.model import Proposal
from engagement.settings import Settings

OFFICIAL_SCOPES = ("draft", "approve", "schedule", "enter", "verify", "decide", "read")


@pytest.fixture
def service() -> Service:
    return SERVICE


@pytest.fixture
def settings_type() -> type[ServiceSettings]:
    return Settings


@pytest.fixture
def settings(settings: ServiceSettings) -> ServiceSettings:
    """With a key that a second app over the same database has too."""
    return replace(settings, sealing_key="5e" * 32)


@pytest.fixture(scope="session")
def make() -> ModuleType:
    """The builders of `make.py`."""
    spec = spec_from_file_location("make", Path(__file__).parent / "make.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass
class World:
    """Puts things into the block's database, each in a transaction of its own, as if they had long been there."""

    app: App
    make: ModuleType

    def process(self, **values: Any) -> Process:
        return self.stored(processes.add, self.make.process(**values))

    def participant(self, process: Process, subject: str = "ana", **values: Any) -> Participant:
        joined = self.make.participant(process.id, subject, **values)
        with self.app.runtime.transaction() as tx:
            participants.add(tx, joined, self.app.runtime.sealer)
            participants.note(tx, joined.id, recipient=joined.recipient)
        return joined

    def proposal(self, process: Process, author: Participant | None = None, **values: Any) -> Proposal:
        return self.stored(proposals.add, self.make.proposal(process.id, author, **values))

    def draft(self, process: Process, author: Participant, **values: Any) -> Proposal:
        return self.stored(proposals.add, self.make.draft(process.id, author, **values))

    def comment(self, on: Proposal, author: Participant | None = None, **values: Any) -> Any:
        return self.stored(comments.add, self.make.comment(on, author, **values))

    def stored(self, add: Callable[..., None], thing: Any) -> Any:
        with self.app.runtime.transaction() as tx:
            add(tx, thing)
        return thing

    def events(self, of_type: str | None = None) -> list[Any]:
        """What the outbox holds, oldest first."""
        query = select(outbox).order_by(outbox.c.seq)
        with self.app.runtime.reading() as tx:
            return [row for row in tx.execute(query) if of_type in (None, row.type)]

    def rows(self, table: Any) -> list[Any]:
        with self.app.runtime.reading() as tx:
            return list(tx.execute(select(table)))


@pytest.fixture
def world(app: App, make: ModuleType) -> World:
    return World(app, make)


@pytest.fixture
def citizen(client: Callable[..., Client]) -> Callable[..., Client]:
    """`citizen("ana")` calls as a person with the scopes of a participant."""

    def speak(subject: str = "ana") -> Client:
        return client(subject=subject, roles=["participant"], scopes=["engagement.read", "engagement.contribute"])

    return speak


@dataclass
class Visitor:
    """Calls without an account, by the key that her browser keeps."""

    client: Client
    key: str

    def get(self, path: str) -> Any:
        return self.client("GET", path, headers={VISITOR_KEY: self.key})

    def post(self, path: str, body: Any = None) -> Any:
        return self.client("POST", path, body, {VISITOR_KEY: self.key})


@pytest.fixture
def visitor(client: Callable[..., Client]) -> Callable[..., Visitor]:
    """`visitor(process)` has a new key for the process, `visitor(process, key)` comes with that one."""

    def speak(process: Process, key: str = "") -> Visitor:
        portal = client(scopes=["engagement.read", "engagement.contribute"])
        return Visitor(portal, key or new_key(process.id))

    return speak


@pytest.fixture
def official(client: Callable[..., Client]) -> Callable[..., Client]:
    def speak(subject: str = "olga") -> Client:
        scopes = [f"engagement.{name}" for name in OFFICIAL_SCOPES]
        return client(subject=subject, roles=["official"], scopes=scopes)

    return speak


@pytest.fixture
def moderator(client: Callable[..., Client]) -> Client:
    return client(subject="mira", roles=["moderator"], scopes=["engagement.read", "engagement.moderate"])


@pytest.fixture
def public(client: Callable[..., Client]) -> Client:
    """An application that asks for nobody."""
    return client(scopes=["engagement.read"])


@pytest.fixture
def settle(app: App, broker: EmbeddedLog) -> Callable[[], None]:
    """Relay all that was told, and hear it."""

    def run() -> None:
        while relay_once(app.runtime, broker):
            pass
        consumer = Consumer(app.runtime, broker)
        while consumer.once(0):
            pass
        consumer.close()

    return run


@pytest.fixture
def statements() -> Callable[[], AbstractContextManager[list[str]]]:
    """`with statements() as said:` collects every statement that databases are told."""

    @contextmanager
    def watch() -> Iterator[list[str]]:
        said: list[str] = []

        def hear(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if not statement.startswith(("BEGIN", "SET TRANSACTION", "SAVEPOINT", "RELEASE")):
                said.append(statement)

        event.listen(Engine, "before_cursor_execute", hear)
        try:
            yield said
        finally:
            event.remove(Engine, "before_cursor_execute", hear)

    return watch
