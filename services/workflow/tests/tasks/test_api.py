"""Tasks over HTTP."""

from collections.abc import Callable
from uuid import uuid4

from chassis.events import Event
from chassis.testing.client import Client, assert_problem


def test_the_task_of_a_process_is_listed_in_three_languages(
    official: Client, fact: Callable[..., Event], deliver: Callable[[Event], None]
) -> None:
    process_id = str(uuid4())
    deliver(fact("process-drafted", process_id))

    [task] = official.get(f"/v1/tasks?state=open&kind=approve&processId={process_id}").body["items"]

    assert (task["kind"], task["processId"], task["lane"]) == ("approve", process_id, "officials")
    assert set(task["title"]) == {"en", "ca", "ar"}
    assert task["openedAt"] == "2026-06-01T12:00:00.000Z" and "completedAt" not in task
    assert official.get(f"/v1/tasks/{task['id']}").body == task
    assert official.get("/v1/tasks?state=completed").body["items"] == []
    assert official.get("/v1/tasks?kind=verify").body["items"] == []


def test_a_task_that_a_fact_completes_is_not_completed_by_hand(
    official: Client, fact: Callable[..., Event], deliver: Callable[[Event], None]
) -> None:
    deliver(fact("process-drafted", str(uuid4())))
    [task] = official.get("/v1/tasks").body["items"]

    assert_problem(official.post(f"/v1/tasks/{task['id']}/completion", {}), 409, "completed-by-event")


def test_tasks_are_paged_newest_first(official: Client, administrator: Client, deploy, errand: str) -> None:
    definition_id = deploy(errand)
    for _ in range(3):
        administrator.post(f"/processes/{definition_id}/start", {})

    first = official.get("/v1/tasks?limit=2").body
    second = official.get(f"/v1/tasks?limit=2&cursor={first['next']}").body

    ids = [each["id"] for each in first["items"] + second["items"]]
    assert len(set(ids)) == 3 and ids == sorted(ids, reverse=True)
    assert second["next"] is None
    assert_problem(official.get("/v1/tasks?cursor=WzFd"), 400, "bad-cursor")


def test_tasks_are_for_those_who_work_on_them(client: Callable[..., Client], official: Client) -> None:
    participant = client(subject="p", roles={"participant"}, scopes={"workflow.read"})

    assert_problem(participant.get("/v1/tasks"), 403, "missing-scope")
    assert_problem(official.get(f"/v1/tasks/{uuid4()}"), 404, "not-found")
