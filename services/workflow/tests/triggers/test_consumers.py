"""Facts of engagement move the instance of their process, in any order, each once."""

from collections.abc import Callable
from itertools import permutations
from random import Random
from uuid import UUID, uuid4

import pytest

import contracts
from chassis import app as chassis_app
from chassis.app import App
from chassis.broker.embedded import EmbeddedLog
from chassis.clock import FixedClock
from chassis.events import Event
from chassis.settings import ServiceSettings
from chassis.testing.client import Client
from workflow.app import SERVICE
from workflow.instances import actions
from workflow.instances import store as instances
from workflow.tasks import store as tasks

FACTS = ["process-drafted", "process-approved", "phase-closed", "results-sealed", "process-decided"]
WHOLE = [
    ("workflow.task-opened.v1", "approve"),
    ("workflow.task-completed.v1", "approve"),
    ("workflow.task-opened.v1", "verify"),
    ("workflow.task-completed.v1", "verify"),
    ("workflow.task-opened.v1", "decide"),
    ("workflow.task-completed.v1", "decide"),
]
Told = Callable[[], list[tuple[str, str]]]


def test_the_whole_life_of_a_process(
    app: App, administrator: Client, official: Client, fact: Callable[..., Event], deliver, told: Told
) -> None:
    process_id = str(uuid4())

    for name in FACTS:
        deliver(fact(name, process_id))

    assert told() == WHOLE
    [instance] = administrator.get("/instances").body
    assert (instance["state"], instance["processId"]) == ("Completed", process_id)
    assert {each["state"] for each in official.get("/v1/tasks").body["items"]} == {"completed"}
    with app.runtime.reading() as tx:
        assert actions.agrees_with_history(tx, UUID(instance["id"]))


@pytest.mark.parametrize("order", Random(7).sample(list(permutations(range(5))), 10))
def test_facts_in_any_order_and_twice_lead_to_the_same_life(
    app: App, clock: FixedClock, fact: Callable[..., Event], told: Told, order: tuple[int, ...]
) -> None:
    process_id = str(uuid4())

    for name in [FACTS[n] for n in (*order, *order)]:
        event = fact(name, process_id)
        with app.runtime.transaction() as tx:
            SERVICE.subscriptions[event.type](tx, event)

    assert told() == WHOLE
    figures = app.runtime.metrics.exposition().decode()
    assert 'workflow_triggers{state="applied"} 4.0' in figures
    assert 'workflow_instances{state="Completed"} 1.0' in figures


def test_a_closing_that_is_not_the_last_moves_nothing(fact: Callable[..., Event], deliver, told: Told) -> None:
    process_id = str(uuid4())
    deliver(fact("process-drafted", process_id))
    deliver(fact("process-approved", process_id))

    deliver(fact("phase-closed", process_id, last=False))

    assert told()[-1] == ("workflow.task-completed.v1", "approve")


def test_one_instance_a_process_however_often_it_is_drafted(
    administrator: Client, fact: Callable[..., Event], deliver: Callable[[Event], None]
) -> None:
    process_id = str(uuid4())
    event = fact("process-drafted", process_id)

    deliver(event)
    deliver(event)
    deliver(fact("process-drafted", process_id))
    deliver(fact("process-drafted", str(uuid4())))

    assert len(administrator.get("/instances").body) == 2
    assert len(administrator.get("/processes").body) == 1


def test_a_restart_in_the_middle_goes_on_where_it_stood(
    app: App, settings: ServiceSettings, clock: FixedClock, broker: EmbeddedLog, fact, deliver, told: Told
) -> None:
    process_id = str(uuid4())
    for name in FACTS[:3]:
        deliver(fact(name, process_id))
    app.runtime.database.close()

    later = chassis_app.create(SERVICE, settings, at=clock, broker=broker, roles=())
    for name in FACTS[3:]:
        event = fact(name, process_id)
        with later.runtime.transaction() as tx:
            SERVICE.subscriptions[event.type](tx, event)
    with later.runtime.reading() as tx:
        instance = instances.of_process(tx, UUID(process_id))
        left = tasks.open_of(tx, instance.id)
    later.runtime.database.close()

    assert told() == WHOLE
    assert not instance.is_active and left == []


def test_facts_about_a_stopped_instance_are_void(
    app: App, administrator: Client, fact: Callable[..., Event], deliver: Callable[[Event], None]
) -> None:
    process_id = str(uuid4())
    deliver(fact("process-drafted", process_id))
    [instance] = administrator.get("/instances").body
    administrator.post(f"/instances/{instance['id']}/stop")

    deliver(fact("process-approved", process_id))

    assert 'workflow_triggers{state="void"} 1.0' in app.runtime.metrics.exposition().decode()


@pytest.mark.parametrize("event_type", sorted(SERVICE.subscriptions))
def test_every_example_of_the_catalogue_is_taken(event_type: str, app: App, clock: FixedClock) -> None:
    for example in contracts.event_examples(event_type):
        with app.runtime.transaction() as tx:
            SERVICE.subscriptions[event_type](tx, Event(event_type, example["processId"], clock(), example))
