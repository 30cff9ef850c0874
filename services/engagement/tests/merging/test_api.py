"""Proposals that ask the same become one; support goes along only when its giver says so."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any

import pytest

from chassis import ids
from chassis.app import App
from chassis.testing.client import Client, assert_problem
from engagement.merging import actions
from engagement.merging.model import AlreadyMerged
from engagement.processes.model import State
from engagement.proposals import store as proposals
from engagement.proposals.model import Submission, Verification
from engagement.tables import decision, endorsement, merged_proposal, proposal

TITLE = {"title": {"en": "Lamps at all three corners"}}


@pytest.fixture
def place(world: Any, make: ModuleType) -> Any:
    """A sealed process, three valid proposals of Ana's, and Ben, who supports two of them."""
    process = world.process(state=State.ANALYSING)
    ana, ben = world.participant(process, "ana"), world.participant(process, "ben")
    made = [world.proposal(process, ana, number=number, verification=Verification.VALID) for number in (1, 2, 3)]
    with world.app.runtime.transaction() as tx:
        for _ in made:
            proposals.next_number(tx, process.id)
        for each in made[:2]:
            support = each.endorsed_by(ben, make.NOON)
            row = {column.name: getattr(support, column.name) for column in endorsement.columns}
            tx.execute(endorsement.insert().values(row))
    return process, made


@pytest.fixture
def merge(official: Callable[..., Client], place: Any) -> Any:
    """Olga merges the first two."""
    body = TITLE | {"originalIds": [str(each.id) for each in place[1][:2]]}
    return official().post(f"/v1/processes/{place[0].id}/merges", body)


def test_a_merge_makes_an_official_proposal_and_keeps_the_originals(
    merge: Any, place: Any, public: Client, official: Callable[..., Client], world: Any
) -> None:
    assert merge.status == 201 and merge.body["merged"] == 2

    made = public.get(f"/v1/proposals/{merge.body['proposalId']}").body
    assert (made["title"], made["verification"], made["author"]) == (TITLE["title"], "valid", None)
    assert {(row.proposal_id, row.outcome) for row in world.rows(decision)} == {
        (each.id, "merged") for each in place[1][:2]
    }
    original = public.get(f"/v1/proposals/{place[1][0].id}/merge").body
    assert original["into"]["id"] == made["id"] and original["originals"] == []
    originals = public.get(f"/v1/proposals/{made['id']}/merge").body["originals"]
    assert [each["id"] for each in originals] == [str(each.id) for each in place[1][:2]]
    assert public.get(f"/v1/proposals/{place[1][0].id}").status == 200
    waiting = official().get(f"/v1/processes/{place[0].id}/proposals?work=to_decide").body["items"]
    assert {each["id"] for each in waiting} == {made["id"], str(place[1][2].id)}


def test_each_supporter_is_asked_once_and_support_never_goes_along_by_itself(
    merge: Any, citizen: Callable[..., Client], world: Any
) -> None:
    its = f"/v1/proposals/{merge.body['proposalId']}/carried-support"
    (asked,) = world.events("engagement.merge-notice-due.v1")
    before = [row for row in world.rows(endorsement) if str(row.proposal_id) == merge.body["proposalId"]]

    carried = citizen("ben").post(its)

    assert (asked.data["recipient"], before) == ("entry-ben", [])
    assert carried.status == 201 and carried.body["receipt"]["code"]
    assert_problem(citizen("ben").post(its), 409, "already-endorsed")
    assert_problem(citizen("ana").post(its), 409, "nothing-to-carry")
    assert_problem(citizen("eve").post(its), 403, "not-a-participant")


def test_nothing_is_carried_once_the_answers_are_public(
    merge: Any, place: Any, citizen: Callable[..., Client], official: Callable[..., Client]
) -> None:
    accept = {"outcome": "accepted", "reasonCode": "included_in_plan"}
    for each in (merge.body["proposalId"], str(place[1][2].id)):
        official().put(f"/v1/proposals/{each}/decision", accept)
    assert official().post(f"/v1/processes/{place[0].id}/answers").status == 200

    carried = citizen("ben").post(f"/v1/proposals/{merge.body['proposalId']}/carried-support")

    assert_problem(carried, 409, "nothing-to-carry")


def test_what_was_merged_is_not_merged_again(merge: Any, place: Any, official: Callable[..., Client]) -> None:
    its = f"/v1/processes/{place[0].id}/merges"
    for other in (str(place[1][0].id), merge.body["proposalId"]):
        body = TITLE | {"originalIds": [str(place[1][2].id), other]}
        assert_problem(official().post(its, body), 409, "already-merged")


def test_officials_who_merge_at_once_make_one_proposal(app: App, place: Any, make: ModuleType, world: Any) -> None:
    def run(number: int) -> bool:
        wanted = Submission(make.content(f"Lamps, version {number} of them"))
        try:
            with app.runtime.transaction() as tx:
                chosen = {each.id for each in place[1]}
                actions.merge(tx, place[0].id, chosen, wanted, by=make.OFFICIAL, at=make.NOON)
        except AlreadyMerged:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(run, range(4))).count(True) == 1
    assert (len(world.rows(merged_proposal)), len(world.rows(proposal))) == (3, 4)


@pytest.mark.parametrize(
    ("change", "status", "slug"),
    [
        ({"title": {"en": "Short"}}, 400, "outside-limits"),
        ({"originalIds": []}, 400, "invalid"),
        ({"draft": True}, 400, "invalid"),
    ],
)
def test_a_merge_keeps_the_limits_of_proposals(
    official: Callable[..., Client], place: Any, world: Any, change: dict[str, Any], status: int, slug: str
) -> None:
    body = TITLE | {"originalIds": [str(each.id) for each in place[1]]} | change

    assert_problem(official().post(f"/v1/processes/{place[0].id}/merges", body), status, slug)
    assert world.rows(merged_proposal) == []


def test_only_valid_proposals_of_a_sealed_process_are_merged(
    official: Callable[..., Client], place: Any, world: Any
) -> None:
    open_ = world.process(state=State.CLOSED)
    early = [str(world.proposal(open_, number=number, verification=Verification.VALID).id) for number in (1, 2)]
    elsewhere = TITLE | {"originalIds": [str(place[1][0].id), early[0]]}

    assert_problem(official().post(f"/v1/processes/{place[0].id}/merges", elsewhere), 409, "proposal-closed")
    body = TITLE | {"originalIds": early}
    assert_problem(official().post(f"/v1/processes/{open_.id}/merges", body), 409, "not-sealed")


def test_officials_alone_merge(client: Callable[..., Client], citizen: Any, place: Any, public: Client) -> None:
    without_role = client(subject="eve", roles=["participant"], scopes=["engagement.decide"])
    its, body = f"/v1/processes/{place[0].id}/merges", TITLE | {"originalIds": [str(each.id) for each in place[1]]}

    assert_problem(citizen().post(its, body), 403, "missing-scope")
    assert_problem(without_role.post(its, body), 403, "not-an-official")
    assert_problem(public.get(f"/v1/proposals/{ids.new()}/merge"), 404, "not-found")
    assert_problem(citizen().post(f"/v1/proposals/{ids.new()}/carried-support"), 404, "not-found")
