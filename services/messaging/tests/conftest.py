"""What messaging's tests stand on: a scripted mail server, a mediator with a registry, and a hand on the queue."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import RowMapping, text

import contracts
from chassis.app import App
from chassis.broker import Message
from chassis.broker.embedded import EmbeddedLog
from chassis.clock import text as instant
from chassis.consumer import Consumer
from chassis.events import Event
from chassis.runtime import Service
from chassis.settings import ServiceSettings
from chassis.testing.client import Client, Speaker
from messaging.app import SERVICE
from messaging.deliveries import jobs
from messaging.settings import Settings

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent / "support"))

import fake_gateway
import fake_smtp
from fake_gateway import FakeGateway
from fake_smtp import FakeSmtp

SCOPES = ["messaging.send", "messaging.read", "messaging.audit", "messaging.read-caught"]


@pytest.fixture
def service() -> Service:
    return SERVICE


@pytest.fixture
def settings_type() -> type[ServiceSettings]:
    return Settings


@pytest.fixture
def smtp() -> Iterator[FakeSmtp]:
    with fake_smtp.running() as server:
        yield server


@pytest.fixture
def gateway() -> Iterator[FakeGateway]:
    with fake_gateway.running() as server:
        server.contacts["entry-ann"] = {"id": "entry-ann", "displayName": "Ann", "email": "ann@example.org"}
        yield server


@pytest.fixture
def settings(tmp_path: Path, database_url: str, speaker: Speaker, smtp: FakeSmtp, gateway: FakeGateway) -> Settings:
    return Settings(
        port=0,
        database_url=database_url,
        context_keys=str(speaker.write_keys(tmp_path)),
        gateway_url=gateway.url,
        portal_url="https://portal.example",
        sealing_key="07" * 32,
        smtp_port=smtp.port,
        smtp_timeout_seconds=1.0,
        catcher=True,
    )


@pytest.fixture
def demo(client: Callable[..., Client]) -> Client:
    """An application with every scope of messaging."""
    return client(application="BARAZA/GOV/1001/demo", scopes=SCOPES)


@pytest.fixture
def hear(app: App, broker: EmbeddedLog) -> Callable[..., None]:
    """`hear(event, …)`: the broker brings these events, in this order."""

    def deliver(*events: Event) -> None:
        topics = {event.type: SERVICE.subscriptions[event.type] for event in events}
        assert topics
        broker.publish([_message(event) for event in events])
        consumer = Consumer(app.runtime, broker)
        while consumer.once(0.1):
            pass
        consumer.close()

    return deliver


@pytest.fixture
def deliver(app: App) -> Callable[..., int]:
    """`deliver()`: one attempt at everything that is due, in order; how many."""

    def run(**settings: Any) -> int:
        runtime = replace(app.runtime, settings=replace(app.runtime.settings, **settings))
        with closing(jobs.channel(runtime)) as way:
            return jobs.deliver_due(runtime, way)

    return run


@pytest.fixture
def rows(app: App) -> Callable[[str], list[RowMapping]]:
    """`rows("message")`: a table as it stands."""

    def read(table: str) -> list[RowMapping]:
        with app.runtime.reading() as tx:
            return list(tx.execute(text(f"SELECT * FROM {table} ORDER BY 1")).mappings())  # noqa: S608 - a table of ours

    return read


def _message(event: Event) -> Message:
    headers = {"ce_id": str(event.id), "ce_type": event.type, "ce_time": instant(event.at), "ce_source": "/engagement"}
    return Message(contracts.topic_of(event.type), event.key, orjson.dumps(event.data), headers)
