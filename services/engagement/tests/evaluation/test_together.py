"""Decisions on several proposals at once, and what a decision says beside its reason."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis import ids
from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem
from engagement.processes.model import State
from engagement.proposals.model import Verification
from engagement.tables import decision

ACCEPT = {"outcome": "accepted", "reasonCode": "included_in_plan"}
DETAILS = {
    "office": "Office of streets",
    "cost": 12000,
    "currency": "EUR",
    "timeline": {"en": "By the summer of 2027."},
    "legalBasis": {"en": "Street act, article 4."},
}


@pytest.fixture
def place(world: Any) -> Any:
    """A sealed process with three valid proposals."""
    process = world.process(state=State.ANALYSING)
    return process, [world.proposal(process, number=each, verification=Verification.VALID) for each in (1, 2, 3)]


def named(proposals: Any) -> dict[str, Any]:
    return {"proposalIds": [str(each.id) for each in proposals]}


def test_one_decision_on_several_proposals(official: Callable[..., Client], place: Any, world: Any) -> None:
    process, proposals = place

    together = official().post(f"/v1/processes/{process.id}/decisions", ACCEPT | DETAILS | named(proposals[:2]))

    assert together.body == {"decided": 2}
    assert {(row.proposal_id, row.office, row.cost) for row in world.rows(decision)} == {
        (each.id, "Office of streets", 12000) for each in proposals[:2]
    }
    listed = official().get(f"/v1/processes/{process.id}/proposals?work=to_decide").body["items"]
    assert [each["id"] for each in listed] == [str(proposals[2].id)]


@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"verification": Verification.PENDING}, "proposal-closed"),
        ({"verification": Verification.INVALID, "status": "invalidated"}, "proposal-closed"),
        ({"state": "hidden", "status": "hidden"}, "proposal-closed"),
    ],
)
def test_all_are_decided_or_none(
    official: Callable[..., Client], place: Any, world: Any, change: dict[str, Any], slug: str
) -> None:
    other = world.proposal(place[0], number=4, **change)

    refused = official().post(f"/v1/processes/{place[0].id}/decisions", ACCEPT | named([*place[1], other]))

    assert_problem(refused, 409, slug)
    assert refused.body["detail"].startswith("1 ")
    assert world.rows(decision) == []


def test_proposals_of_another_process_are_not_decided_here(
    official: Callable[..., Client], place: Any, world: Any
) -> None:
    other = world.proposal(world.process(state=State.ANALYSING), verification=Verification.VALID)

    refused = official().post(f"/v1/processes/{place[0].id}/decisions", ACCEPT | named([*place[1], other]))

    assert_problem(refused, 409, "proposal-closed")


def test_a_decision_on_many_costs_what_one_on_few_does(
    official: Callable[..., Client], place: Any, world: Any, statements: Any
) -> None:
    more = [world.proposal(place[0], number=each, verification=Verification.VALID) for each in range(10, 60)]
    costs = []

    for few_or_many in (place[1], more):
        with statements() as said:
            body = ACCEPT | named(few_or_many)
            assert official().post(f"/v1/processes/{place[0].id}/decisions", body).status == 200
        costs.append(len(said))

    assert costs[0] == costs[1]


def test_the_details_of_a_decision_are_public_with_it(
    official: Callable[..., Client], public: Client, place: Any
) -> None:
    process, proposals = place
    its = f"/v1/proposals/{proposals[0].id}/decision"
    official().post(f"/v1/processes/{process.id}/decisions", ACCEPT | DETAILS | named(proposals))

    internal = official().get(its).body
    hidden = public.get(its)
    official().post(f"/v1/processes/{process.id}/answers")
    shown = public.get(its).body

    assert {name: internal[name] for name in DETAILS} == DETAILS
    assert_problem(hidden, 404, "not-found")
    assert shown == internal | {"publishedAt": shown["publishedAt"]}


def test_a_decision_is_not_public_before_its_instant(
    official: Callable[..., Client], place: Any, clock: FixedClock, make: Any
) -> None:
    process, proposals = place
    later = {"publishAt": "2030-01-01T08:00:00Z"}
    official().post(f"/v1/processes/{process.id}/decisions", ACCEPT | named(proposals))
    official().put(f"/v1/proposals/{proposals[0].id}/decision", ACCEPT | later)
    answers = f"/v1/processes/{process.id}/answers"

    assert_problem(official().post(answers), 409, "not-before")
    official().put(f"/v1/proposals/{proposals[0].id}/decision", ACCEPT)
    assert official().post(answers).status == 200


@pytest.mark.parametrize("code", ["infeasible_technical", "infeasible_legal", "infeasible_cost"])
def test_a_rejection_says_in_what_way_it_is_infeasible(official: Callable[..., Client], place: Any, code: str) -> None:
    why = {"reason": {"en": "The slope is steeper than the norm for ramps allows."}}
    its = f"/v1/proposals/{place[1][0].id}/decision"

    assert official().put(its, {"outcome": "rejected", "reasonCode": code} | why).body["reasonCode"] == code
    assert_problem(official().put(its, {"outcome": "rejected", "reasonCode": code}), 400, "reason-missing")


@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"cost": 5}, "cost-without-currency"),
        ({"currency": "EUR"}, "cost-without-currency"),
        ({"cost": -5, "currency": "EUR"}, "invalid"),
        ({"currency": "euro", "cost": 5}, "invalid"),
        ({"proposalIds": []}, "invalid"),
    ],
)
def test_a_malformed_decision_is_refused(
    official: Callable[..., Client], place: Any, world: Any, change: dict[str, Any], slug: str
) -> None:
    body = ACCEPT | named(place[1]) | change

    assert_problem(official().post(f"/v1/processes/{place[0].id}/decisions", body), 400, slug)
    assert world.rows(decision) == []


def test_officials_alone_decide_together(client: Callable[..., Client], citizen: Any, place: Any) -> None:
    without_role = client(subject="eve", roles=["participant"], scopes=["engagement.decide"])
    its, body = f"/v1/processes/{place[0].id}/decisions", ACCEPT | named(place[1])

    assert_problem(citizen().post(its, body), 403, "missing-scope")
    assert_problem(without_role.post(its, body), 403, "not-an-official")


def test_unknown_things_are_not_found(official: Callable[..., Client], public: Client, place: Any) -> None:
    body = ACCEPT | named(place[1])

    assert_problem(official().post(f"/v1/processes/{ids.new()}/decisions", body), 404, "not-found")
    assert_problem(public.get(f"/v1/proposals/{ids.new()}/decision"), 404, "not-found")
    assert_problem(public.get(f"/v1/proposals/{place[1][0].id}/decision"), 404, "not-found")
