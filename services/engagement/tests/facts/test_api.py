"""Facts with sources, and rumours with answers."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis import ids
from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem
from engagement.tables import fact_box, rumour

FACTS = {
    "body": {"en": "The river floods every ten years."},
    "sources": [{"title": "Gauge", "address": "https://a.example"}],
}
RUMOUR = {"claim": {"en": "All trees will be cut."}, "status": "false", "answer": {"en": "Forty are planted."}}


@pytest.fixture
def its(world: Any) -> str:
    return f"/v1/processes/{world.process().id}"


def test_facts_follow_one_another_and_the_old_ones_stay(
    official: Callable[..., Client], public: Client, its: str
) -> None:
    assert_problem(public.get(f"{its}/facts"), 404, "not-found")

    first = official().post(f"{its}/facts", FACTS | {"after": 0})
    second = official().post(f"{its}/facts", FACTS | {"body": {"en": "It floods every eight years."}, "after": 1})

    assert [first.body["number"], second.body["number"]] == [1, 2]
    assert public.get(f"{its}/facts").body == second.body
    assert public.get(f"{its}/fact-versions").body["items"] == [second.body, first.body]


def test_facts_that_someone_else_changed_are_not_overwritten(
    official: Callable[..., Client], its: str, world: Any
) -> None:
    official().post(f"{its}/facts", FACTS | {"after": 0})

    assert_problem(official("otto").post(f"{its}/facts", FACTS | {"after": 0}), 409, "stale")
    assert len(world.rows(fact_box)) == 1


def test_versions_come_in_pages(official: Callable[..., Client], public: Client, its: str) -> None:
    for number in range(5):
        official().post(f"{its}/facts", FACTS | {"after": number})
    seen, cursor = [], ""

    while cursor is not None:
        body = public.get(f"{its}/fact-versions?limit=2{cursor and f'&cursor={cursor}'}").body
        seen += [each["number"] for each in body["items"]]
        cursor = body["next"]

    assert seen == [5, 4, 3, 2, 1]
    assert_problem(public.get(f"{its}/fact-versions?cursor=WyJ4Il0"), 400, "bad-cursor")


def test_a_rumour_is_answered_anew_and_its_old_answer_kept(
    official: Callable[..., Client], public: Client, its: str, world: Any, clock: FixedClock
) -> None:
    registered = official().post(f"{its}/rumours", RUMOUR | {"sources": FACTS["sources"]}).body
    clock.move(minutes=1)
    said = {"status": "misleading", "answer": {"en": "Two are cut."}, "sources": FACTS["sources"]}
    answer = f"/v1/rumours/{registered['id']}/answer"

    answered = official().put(answer, said | {"number": 1})

    assert (answered.body["number"], answered.body["status"]) == (2, "misleading")
    assert public.get(f"{its}/rumours").body["items"] == [answered.body]
    assert sorted((row.number, row.current) for row in world.rows(rumour)) == [(1, False), (2, True)]
    assert_problem(official("otto").put(answer, said | {"number": 1}), 409, "stale")


def test_rumours_come_in_pages_the_newest_answer_first(
    official: Callable[..., Client], public: Client, its: str, clock: FixedClock
) -> None:
    for _ in range(5):
        official().post(f"{its}/rumours", RUMOUR | {"sources": FACTS["sources"]})
        clock.move(minutes=1)
    seen, cursor = [], ""

    while cursor is not None:
        body = public.get(f"{its}/rumours?limit=2{cursor and f'&cursor={cursor}'}").body
        seen += [each["at"] for each in body["items"]]
        cursor = body["next"]

    assert len(seen) == 5 and seen == sorted(seen, reverse=True)


@pytest.mark.parametrize(
    "change", [{"sources": []}, {"body": {}}, {"sources": [{"title": "x", "address": "ftp://a"}]}, {"after": -1}]
)
def test_facts_without_a_source_are_refused(official: Callable[..., Client], its: str, change: Any) -> None:
    assert_problem(official().post(f"{its}/facts", FACTS | {"after": 0} | change), 400, "invalid")


def test_officials_alone_state_facts(client: Callable[..., Client], citizen: Callable[..., Client], its: str) -> None:
    without_role = client(subject="eve", roles=["participant"], scopes=["engagement.draft"])
    body, claim = FACTS | {"after": 0}, RUMOUR | {"sources": FACTS["sources"]}

    assert_problem(citizen().post(f"{its}/facts", body), 403, "missing-scope")
    assert_problem(without_role.post(f"{its}/facts", body), 403, "not-an-official")
    assert_problem(without_role.post(f"{its}/rumours", claim), 403, "not-an-official")
    answer = {"number": 1, "status": "true", "answer": {"en": "Yes."}, "sources": FACTS["sources"]}
    assert_problem(without_role.put(f"/v1/rumours/{ids.new()}/answer", answer), 403, "not-an-official")


def test_unknown_things_are_not_found(official: Callable[..., Client], public: Client) -> None:
    unknown = f"/v1/processes/{ids.new()}"

    for address in ("facts", "fact-versions", "rumours"):
        assert_problem(public.get(f"{unknown}/{address}"), 404, "not-found")
    assert_problem(official().post(f"{unknown}/facts", FACTS | {"after": 0}), 404, "not-found")
    answer = {"number": 1, "status": "true", "answer": {"en": "Yes."}, "sources": FACTS["sources"]}
    assert_problem(official().put(f"/v1/rumours/{ids.new()}/answer", answer), 404, "not-found")
