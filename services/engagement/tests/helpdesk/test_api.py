"""The help desk: asked by anybody, answered by officials, forgotten after a while."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis.app import App
from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem
from engagement.tables import help_case

QUESTION = {"topic": "registration", "question": "How do I open an account?", "language": "ca"}
ANSWER = {"answer": "Press “Sign in”, then “New account”."}


@pytest.fixture
def portal(client: Callable[..., Client]) -> Client:
    return client(scopes=["engagement.read", "engagement.contribute"])


def test_a_question_is_asked_without_an_account_and_answered(
    portal: Client, official: Callable[..., Client], world: Any
) -> None:
    asked = portal.post("/v1/help-cases", QUESTION)
    (waiting,) = official().get("/v1/help-cases").body["items"]
    answered = official().post(f"/v1/help-desk/{waiting['id']}/answer", ANSWER)
    found = portal.get(f"/v1/help-cases/{asked.body['code']}")

    assert (asked.status, asked.body["state"], answered.status) == (201, "open", 200)
    assert (found.body["state"], found.body["answer"]) == ("answered", ANSWER["answer"])
    assert official().get("/v1/help-cases").body["items"] == []
    assert len(official().get("/v1/help-cases?state=answered").body["items"]) == 1


def test_officials_do_not_see_the_code_and_the_words_lie_sealed(
    portal: Client, official: Callable[..., Client], world: Any
) -> None:
    asked = portal.post("/v1/help-cases", QUESTION).body
    (waiting,) = official().get("/v1/help-cases").body["items"]
    official().post(f"/v1/help-desk/{waiting['id']}/answer", ANSWER)

    assert asked["code"] not in repr(waiting)
    assert "account" not in repr(world.rows(help_case))


def test_who_waits_longest_comes_first_a_page_at_a_time(
    portal: Client, official: Callable[..., Client], clock: FixedClock
) -> None:
    for number in range(3):
        portal.post("/v1/help-cases", QUESTION | {"question": f"Question number {number}"})
        clock.move(minutes=1)

    first = official().get("/v1/help-cases?limit=2").body
    second = official().get(f"/v1/help-cases?limit=2&cursor={first['next']}").body

    said = [each["question"] for each in (*first["items"], *second["items"])]
    assert said == [f"Question number {number}" for number in range(3)]
    assert second["next"] is None


def test_the_same_form_sent_twice_is_one_case(portal: Client, world: Any) -> None:
    first, second = (portal.post("/v1/help-cases", QUESTION, Idempotency_Key="form-number-1") for _ in range(2))

    assert first.body["code"] == second.body["code"]
    assert len(world.rows(help_case)) == 1


def test_a_case_is_answered_once(portal: Client, official: Callable[..., Client]) -> None:
    portal.post("/v1/help-cases", QUESTION)
    (waiting,) = official().get("/v1/help-cases").body["items"]
    official().post(f"/v1/help-desk/{waiting['id']}/answer", ANSWER)

    again = official("otto").post(f"/v1/help-desk/{waiting['id']}/answer", {"answer": "Something else."})

    assert_problem(again, 409, "case-answered")


def test_citizens_neither_list_nor_answer(citizen: Callable[..., Client], client: Callable[..., Client]) -> None:
    pretender = client(subject="eve", roles=["participant"], scopes=["engagement.verify"])

    assert_problem(citizen().get("/v1/help-cases"), 403, "missing-scope")
    assert_problem(pretender.get("/v1/help-cases"), 403, "not-an-official")


@pytest.mark.parametrize(
    "change", [{"topic": "weather"}, {"question": "?"}, {"question": "x" * 2001}, {"more": 1}, {"processId": "x"}]
)
def test_a_question_that_is_none_opens_no_case(change: dict[str, Any], portal: Client, world: Any) -> None:
    assert_problem(portal.post("/v1/help-cases", QUESTION | change), 400, "invalid")
    assert world.rows(help_case) == []


def test_no_code_opens_no_case(portal: Client) -> None:
    assert_problem(portal.get("/v1/help-cases/00000-00000-00000-00000"), 404, "not-found")


def test_answered_cases_are_dropped_after_half_a_year(
    portal: Client, official: Callable[..., Client], app: App, world: Any, clock: FixedClock
) -> None:
    for question in ("First question", "Second question"):
        portal.post("/v1/help-cases", QUESTION | {"question": question})
    (first, _) = official().get("/v1/help-cases").body["items"]
    official().post(f"/v1/help-desk/{first['id']}/answer", ANSWER)
    forget = next(tick.run for tick in app.runtime.service.ticks if tick.name == "old-help-cases")

    clock.move(days=179)
    forget(app.runtime)
    assert len(world.rows(help_case)) == 2
    clock.move(days=2)
    forget(app.runtime)

    assert [row.state for row in world.rows(help_case)] == ["open"]
