"""Instances over HTTP, alone and in a crowd."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from chassis import app as chassis_app
from chassis.app import App
from chassis.clock import FixedClock
from chassis.errors import Stale
from chassis.settings import ServiceSettings
from chassis.testing.client import Client, Speaker, assert_problem
from workflow.app import SERVICE
from workflow.definitions import actions as definitions
from workflow.instances import actions, store
from workflow.instances.model import Kind, Step

ENOUGH = {"values": [{"code": "enough", "value": True}]}
MORE = {"values": [{"code": "enough", "value": False}]}


@contextmanager
def another(settings: ServiceSettings, clock: FixedClock, failpoints: str = "") -> Iterator[App]:
    """A second process of the block on the same database."""
    app = chassis_app.create(SERVICE, replace(settings, failpoints=failpoints), at=clock, roles=())
    yield app
    app.close()


def task_of(official: Client, instance_id: str) -> str:
    [task] = [each for each in official.get("/v1/tasks?state=open").body["items"] if each["instanceId"] == instance_id]
    return str(task["id"])


def test_an_instance_starts_and_is_shown(administrator: Client, deploy: Callable[..., str], errand: str) -> None:
    definition_id = deploy(errand)

    body = {"processStartedBy": "me", "InstanceValues": [{"code": "enough", "value": True}]}
    first = administrator.post(f"/processes/{definition_id}/start", body)
    second = administrator.post(f"/processes/{definition_id}/start", {})

    assert first.status == 201 and first.body["id"] != second.body["id"]
    assert {name: first.body[name] for name in ("processRef", "suspended", "ended", "state")} == {
        "processRef": definition_id,
        "suspended": False,
        "ended": False,
        "state": "Active",
    }
    shown = administrator.get(f"/instances/{first.body['id']}").body
    assert (shown["initTime"], shown["state"]) == ("2026-06-01T12:00:00.000Z", "Active")
    assert "processId" not in shown


def test_both_spellings_of_the_list_answer_alike(administrator: Client, started: str) -> None:
    plain, slashed = administrator.get("/instances"), administrator.get("/instances/")

    assert (plain.status, slashed.status) == (200, 200)
    assert plain.body == slashed.body and [each["id"] for each in plain.body] == [started]
    assert administrator.get(f"/instances?processId={uuid4()}").body == []
    assert administrator.get(f"/instances?after={started}").body == []


def test_the_state_is_what_the_history_leads_to(
    app: App, administrator: Client, official: Client, started: str
) -> None:
    for values in (MORE, MORE, ENOUGH):
        official.post(f"/v1/tasks/{task_of(official, started)}/completion", values)

    history = administrator.get(f"/v1/instances/{started}/history").body["items"]

    assert [(each["number"], each["kind"]) for each in history] == [
        (1, "started"), (2, "task-completed"), (3, "task-completed"), (4, "task-completed"),
    ]  # fmt: skip
    assert administrator.get(f"/instances/{started}").body["state"] == "Completed"
    with app.runtime.reading() as tx:
        assert actions.agrees_with_history(tx, UUID(started))


def test_stopping_twice_is_stopping_once(administrator: Client, official: Client, started: str) -> None:
    first = administrator.post(f"/instances/{started}/stop")
    second = administrator.post(f"/instances/{started}/stop")

    assert (first.status, second.status) == (201, 201) and first.body == second.body
    assert (first.body["state"], first.body["ended"]) == ("Terminated", True)
    assert [each["state"] for each in official.get("/v1/tasks").body["items"]] == ["cancelled"]
    assert len(administrator.get(f"/v1/instances/{started}/history").body["items"]) == 2


def test_a_completed_instance_stays_completed_when_it_is_stopped(
    administrator: Client, official: Client, started: str
) -> None:
    official.post(f"/v1/tasks/{task_of(official, started)}/completion", ENOUGH)

    assert administrator.post(f"/instances/{started}/stop").body["state"] == "Completed"


def test_unknown_things_are_not_found(administrator: Client) -> None:
    for path in ("/instances/12345", f"/instances/{uuid4()}", "/processes/12345", f"/v1/instances/{uuid4()}/history"):
        assert_problem(administrator.get(path), 404, "not-found")
    assert_problem(administrator.post(f"/processes/{uuid4()}/start", {}), 404, "not-found")
    assert_problem(administrator.post(f"/instances/{uuid4()}/stop"), 404, "not-found")


def test_the_lifecycle_starts_once_a_process(app: App, clock: FixedClock, administrator: Client) -> None:
    with app.runtime.transaction() as tx:
        definition = definitions.ensure_lifecycle(tx, at=clock())
    path = f"/processes/{definition.id}/start"
    body = {"InstanceValues": [{"code": "processId", "value": str(uuid4())}]}

    administrator.get("/processes")  # an app is put together by its first request

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _: administrator.post(path, body), range(4)))

    assert sorted(reply.status for reply in replies) == [201, 409, 409, 409]
    assert_problem(administrator.post(path, body), 409, "instance-exists")
    assert_problem(administrator.post(path, {}), 400, "invalid")


def test_a_repeated_start_with_one_key_is_one_instance(
    administrator: Client, deploy: Callable[..., str], errand: str
) -> None:
    path = f"/processes/{deploy(errand)}/start"

    first = administrator.post(path, {}, Idempotency_Key="start-0001")
    second = administrator.post(path, {}, Idempotency_Key="start-0001")

    assert first.body == second.body
    assert len(administrator.get("/instances").body) == 1


def test_a_start_that_the_data_does_not_allow_leaves_nothing(
    administrator: Client, official: Client, started: str
) -> None:
    refused = official.post(f"/v1/tasks/{task_of(official, started)}/completion", {})

    assert_problem(refused, 409, "cannot-go-on")
    assert len(administrator.get(f"/v1/instances/{started}/history").body["items"]) == 1


def test_two_workers_complete_one_task_once(
    app: App, settings: ServiceSettings, clock: FixedClock, speaker: Speaker, official: Client, started: str
) -> None:
    task_id = task_of(official, started)
    caller = {"subject": "official-2", "roles": {"official"}, "scopes": {"workflow.complete"}}

    with another(settings, clock) as second, ThreadPoolExecutor(6) as pool:
        other = Client(second, speaker, SERVICE.name, caller)
        path = f"/v1/tasks/{task_id}/completion"
        other.get("/v1/tasks")  # an app is put together by its first request
        replies = list(pool.map(lambda n: (official, other)[n % 2].post(path, MORE), range(6)))

    assert sorted(reply.status for reply in replies) == [200, 409, 409, 409, 409, 409]
    with app.runtime.reading() as tx:
        assert store.find(tx, UUID(started)).version == 2
        assert actions.agrees_with_history(tx, UUID(started))


def test_a_step_over_an_older_version_is_stale(app: App, clock: FixedClock, official: Client, started: str) -> None:
    with app.runtime.reading() as tx:
        seen = store.find(tx, UUID(started))
    official.post(f"/v1/tasks/{task_of(official, started)}/completion", MORE)

    with app.runtime.transaction() as tx, pytest.raises(Stale):
        store.save(tx, seen.stopped(clock()), Step(2, clock(), Kind.STOPPED, "late"))


def test_a_fall_between_step_and_answer_is_one_step(
    app: App, settings: ServiceSettings, clock: FixedClock, speaker: Speaker, official: Client, started: str
) -> None:
    path, key = f"/v1/tasks/{task_of(official, started)}/completion", {"Idempotency_Key": "complete-01"}
    caller = {"subject": "official-1", "roles": {"official"}, "scopes": {"workflow.complete"}}
    with another(settings, clock, "request.after_commit:error") as falling:
        fallen = Client(falling, speaker, SERVICE.name, caller).post(path, ENOUGH, **key)

    again = official.post(path, ENOUGH, **key)

    assert (fallen.status, again.status, again.body["state"]) == (500, 200, "completed")
    with app.runtime.reading() as tx:
        assert len(store.steps(tx, UUID(started))) == 2


def test_a_fall_before_the_commit_leaves_the_task_open_for_another_worker(
    settings: ServiceSettings, clock: FixedClock, speaker: Speaker, official: Client, started: str
) -> None:
    path = f"/v1/tasks/{task_of(official, started)}/completion"
    caller = {"subject": "official-1", "roles": {"official"}, "scopes": {"workflow.complete"}}
    with another(settings, clock, "request.before_commit:error") as falling:
        fallen = Client(falling, speaker, SERVICE.name, caller).post(path, ENOUGH)

    assert (fallen.status, official.post(path, ENOUGH).status) == (500, 200)
