"""Process definitions over HTTP."""

from collections.abc import Callable
from dataclasses import replace

from chassis.app import App
from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem
from workflow.definitions import actions, store
from workflow.definitions.model import LIFECYCLE


def test_a_deployed_definition_is_shown_nested_and_flat(
    administrator: Client, deploy: Callable[..., str], errand: str
) -> None:
    definition_id = deploy(errand, description="Fetch wood.")

    shown = administrator.get(f"/processes/{definition_id}").body

    assert shown["name"] == shown["processDefinition"]["name"] == "Errand"
    assert shown["processDefinition"]["processBody"] == [{"code": "bpmn", "value": errand}]
    assert [each["id"] for each in administrator.get("/processes").body] == [definition_id]


def test_without_definitions_the_list_is_empty(administrator: Client) -> None:
    assert administrator.get("/processes").body == []


def test_a_malformed_definition_is_refused(administrator: Client, errand: str) -> None:
    body = {"name": "x", "type": "None", "version": "1"}

    for xml in ("<not-closed", "<a/>", errand.replace("userTask", "serviceTask"), f"<!DOCTYPE a>{errand}"):
        reply = administrator.post("/processes", body | {"processBody": [{"code": "bpmn", "value": xml}]})
        assert_problem(reply, 400, "malformed-bpmn")
    assert_problem(administrator.post("/processes", body), 400, "invalid")


def test_a_revision_is_another_version_and_running_instances_keep_theirs(
    administrator: Client, official: Client, deploy: Callable[..., str], errand: str
) -> None:
    definition_id = deploy(errand)
    body = {"name": "Errand", "type": "Public", "version": "2"}
    old = administrator.post(f"/processes/{definition_id}/start", {}).body["id"]

    revised = errand.replace("fetch", "carry")
    reply = administrator.put(
        f"/processes/{definition_id}", body | {"processBody": [{"code": "bpmn", "value": revised}]}
    )
    new = administrator.post(f"/processes/{definition_id}/start", {}).body["id"]

    assert reply.status == 204
    assert administrator.get(f"/processes/{definition_id}").body["deployedVersion"] == 2
    kinds = {each["instanceId"]: each["kind"] for each in official.get("/v1/tasks").body["items"]}
    assert kinds == {old: "fetch", new: "carry"}
    assert administrator.get(f"/instances/{old}").body["deployedVersion"] == 1


def test_a_removed_definition_is_gone_and_its_instances_go_on(
    administrator: Client, official: Client, deploy: Callable[..., str], errand: str
) -> None:
    definition_id = deploy(errand)
    administrator.post(f"/processes/{definition_id}/start", {})

    removed = administrator.delete(f"/processes/{definition_id}")

    assert (removed.status, removed.body["id"]) == (200, definition_id)
    assert_problem(administrator.get(f"/processes/{definition_id}"), 404, "not-found")
    assert_problem(administrator.delete(f"/processes/{definition_id}"), 404, "not-found")
    assert_problem(administrator.post(f"/processes/{definition_id}/start", {}), 404, "not-found")
    [task] = official.get("/v1/tasks").body["items"]
    values = {"values": [{"code": "enough", "value": True}]}
    assert official.post(f"/v1/tasks/{task['id']}/completion", values).status == 200


def test_a_closed_definition_starts_nothing(administrator: Client, deploy: Callable[..., str], errand: str) -> None:
    closed = deploy(errand, isClosed=True)

    assert_problem(administrator.post(f"/processes/{closed}/start", {}), 409, "definition-closed")


def test_the_lifecycle_is_brought_once_and_a_later_version_of_an_administrator_stands(
    app: App, clock: FixedClock, administrator: Client
) -> None:
    with app.runtime.transaction() as tx:
        first = actions.ensure_lifecycle(tx, at=clock())
        again = actions.ensure_lifecycle(tx, at=clock())
        own = replace(first.facts, label="ours", xml=first.facts.xml.replace("Approve the process", "Approve it"))
        actions.revise(tx, first.id, own, at=clock())
        later = actions.ensure_lifecycle(tx, at=clock())
        known = store.of_package(tx, LIFECYCLE)

    assert first == again and later == known and later.newest == 2
    assert_problem(administrator.delete(f"/processes/{first.id}"), 409, "definition-kept")


def test_deploying_is_for_administrators(official: Client) -> None:
    assert_problem(official.delete("/processes/x"), 403, "missing-scope")
