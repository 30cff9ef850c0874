"""What the workflow's tests stand on; the chassis' plugin gives database, broker, app and client."""

from collections.abc import Callable, Iterator
from typing import Any

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
from workflow.app import SERVICE
from workflow.settings import Settings

HEADERS = {"ce_specversion": "1.0", "ce_source": "/engagement"}


@pytest.fixture
def service() -> Service:
    return SERVICE


@pytest.fixture
def settings_type() -> type[ServiceSettings]:
    return Settings


@pytest.fixture
def make_bpmn() -> Callable[..., str]:
    """A definition from the nodes and flows of its process: `flows` is `[(source, target, condition or None)]`."""

    def make(nodes: str, flows: list[tuple[str, str, str | None]], outside: str = "") -> str:
        arrows = "".join(
            f'<sequenceFlow id="flow-{n}" sourceRef="{source}" targetRef="{target}">'
            + (f"<conditionExpression><![CDATA[{condition}]]></conditionExpression>" if condition else "")
            + "</sequenceFlow>"
            for n, (source, target, condition) in enumerate(flows)
        )
        return (
            f'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">{outside}'
            f'<process id="p" isExecutable="true">{nodes}{arrows}</process></definitions>'
        )

    return make


@pytest.fixture
def errand(make_bpmn: Callable[..., str]) -> str:
    """A definition of one user task, `fetch`, that is done again until `enough` is true."""
    nodes = (
        '<startEvent id="start"/><userTask id="fetch" name="Fetch wood"/>'
        '<exclusiveGateway id="gate" default="flow-2"/><endEvent id="end"/>'
    )
    flows = [("start", "fetch", None), ("fetch", "gate", None), ("gate", "fetch", None), ("gate", "end", "enough")]
    return make_bpmn(nodes, flows)


@pytest.fixture
def administrator(client: Callable[..., Client]) -> Client:
    """Deploys and starts."""
    scopes = {"workflow.read", "workflow.define", "workflow.start"}
    return client(subject="administrator-1", roles={"administrator"}, scopes=scopes)


@pytest.fixture
def official(client: Callable[..., Client]) -> Client:
    """Works on tasks."""
    scopes = {"workflow.read", "workflow.start", "workflow.work", "workflow.complete"}
    return client(subject="official-1", roles={"official"}, scopes=scopes)


@pytest.fixture
def deploy(administrator: Client) -> Callable[..., str]:
    """Deploys a definition; its id."""

    def new(xml: str, **fields: Any) -> str:
        body = {"name": "Errand", "type": "Private", "version": "1", "processBody": [{"code": "bpmn", "value": xml}]}
        reply = administrator.post("/processes", body | fields)
        assert reply.status == 201, reply
        return str(reply.body["id"])

    return new


@pytest.fixture
def started(deploy: Callable[..., str], errand: str, administrator: Client) -> str:
    """An instance of the errand; its id."""
    reply = administrator.post(f"/processes/{deploy(errand)}/start", {"InstanceValues": []})
    assert reply.status == 201, reply
    return str(reply.body["id"])


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
def fact(clock: FixedClock) -> Callable[..., Event]:
    """`fact("process-drafted", process_id)`: a fact of engagement about this process."""
    more: dict[str, dict[str, Any]] = {
        "process-drafted": {"slug": "green-streets"},
        "process-approved": {
            "phases": [
                {
                    "phaseId": "01900000-0000-7000-8000-000000000003",
                    "opensAt": "2026-06-01T08:00:00Z",
                    "closesAt": "2026-06-30T22:00:00Z",
                }
            ]
        },
        "phase-closed": {"phaseId": "01900000-0000-7000-8000-000000000003", "last": True},
    }

    def make(name: str, process_id: str, **data: Any) -> Event:
        said = {"processId": process_id} | more.get(name, {}) | data
        return Event(f"engagement.{name}.v1", process_id, clock(), said)

    return make


@pytest.fixture
def told(app: App) -> Callable[[], list[tuple[str, str]]]:
    """What the block has told so far, oldest first: (type, kind)."""

    def read() -> list[tuple[str, str]]:
        with app.runtime.reading() as tx:
            rows = tx.execute(select(outbox.c.type, outbox.c.data).order_by(outbox.c.seq))
            return [(row.type, row.data["kind"]) for row in rows]

    return read
