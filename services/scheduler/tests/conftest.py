"""What the scheduler's tests stand on; the chassis' plugin gives database, broker, app and client."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import orjson
import pytest
from sqlalchemy import select

import contracts
from chassis.app import App
from chassis.broker import Message
from chassis.broker.embedded import EmbeddedLog
from chassis.clock import FixedClock, text
from chassis.consumer import Consumer
from chassis.events import Event
from chassis.runtime import Service
from chassis.settings import ServiceSettings
from chassis.tables import outbox
from chassis.testing.client import Client
from scheduler.app import SERVICE
from scheduler.settings import Settings

HEADERS = {"ce_specversion": "1.0", "ce_source": "/engagement"}


@pytest.fixture
def service() -> Service:
    return SERVICE


@pytest.fixture
def settings_type() -> type[ServiceSettings]:
    return Settings


@pytest.fixture
def official(client: Callable[..., Client]) -> Client:
    """An official with all scopes of the scheduler."""
    return client(subject="official-1", roles={"official"}, scopes={"scheduler.read", "scheduler.write"})


@pytest.fixture
def new_entity(official: Client) -> Callable[..., str]:
    """Registers an entity; its id on the wire."""

    def new(name: str = "Town library", category: str = "library", **details: str) -> str:
        reply = official.post("/entity/new", {"details": {"name": name, "category": category, **details}})
        assert reply.status == 200, reply
        return str(reply.body)

    return new


@pytest.fixture
def new_event(official: Client, new_entity: Callable[..., str]) -> Callable[..., str]:
    """Adds an event on 2 June 2026, ten to noon unless told otherwise; its ids on the wire."""

    def new(host: str | None = None, name: str = "Reading", slots: list[dict[str, str]] | None = None) -> str:
        times = slots or [{"from": "2026-06-02T10:00:00Z", "to": "2026-06-02T12:00:00Z"}]
        details = {"name": name, "category": "reading", "host_entity_id": host or new_entity(), "slots": times}
        reply = official.post("/event/new", {"details": details})
        assert reply.status == 200, reply
        return str(reply.body)

    return new


@pytest.fixture
def new_alert(official: Client) -> Callable[..., str]:
    """Schedules an alert for 2 June 2026, nine o'clock unless told otherwise; its id on the wire."""

    def new(event_id: str, at: str = "2026-06-02T09:00:00Z") -> str:
        reply = official.post("/alert_schedule/new", {"details": {"event_id": event_id, "alert_datetime": at}})
        assert reply.status == 200, reply
        return str(reply.body)

    return new


@pytest.fixture
def deliver(app: App, broker: EmbeddedLog) -> Iterator[Callable[[Event], None]]:
    """Hands an event to the block as the broker would."""
    consumer = Consumer(app.runtime, broker)

    def hand(event: Event) -> None:
        headers = HEADERS | {"ce_id": str(event.id), "ce_type": event.type, "ce_time": text(event.at)}
        broker.publish([Message(contracts.topic_of(event.type), event.key, orjson.dumps(event.data), headers)])
        while consumer.once(0.2):
            pass

    yield hand
    consumer.close()


@pytest.fixture
def approved(clock: FixedClock) -> Callable[..., Event]:
    """The approval of a process with one phase, opening and closing at these instants."""

    def make(opens_at: datetime, closes_at: datetime, phase_id: str, process_id: str | None = None) -> Event:
        process = process_id or str(uuid4())
        phase = {"phaseId": phase_id, "opensAt": text(opens_at), "closesAt": text(closes_at)}
        return Event("engagement.process-approved.v1", process, clock(), {"processId": process, "phases": [phase]})

    return make


@pytest.fixture
def rescheduled(clock: FixedClock) -> Callable[..., Event]:
    """A phase moved to these instants."""

    def make(opens_at: datetime, closes_at: datetime, phase_id: str, process_id: str) -> Event:
        data = {"processId": process_id, "phaseId": phase_id, "opensAt": text(opens_at), "closesAt": text(closes_at)}
        return Event("engagement.phase-rescheduled.v1", process_id, clock(), data)

    return make


@pytest.fixture
def told(app: App) -> Callable[[], list[dict[str, Any]]]:
    """What the block has told so far, oldest first."""

    def read() -> list[dict[str, Any]]:
        with app.runtime.reading() as tx:
            rows = tx.execute(select(outbox.c.key, outbox.c.type, outbox.c.data).order_by(outbox.c.seq)).mappings()
            return [{"key": row["key"], "type": row["type"], **row["data"]} for row in rows]

    return read
