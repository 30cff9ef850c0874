"""From a promise to what was reached, in everybody's sight."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis import ids
from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem
from engagement.processes.model import State
from engagement.proposals.model import Verification
from engagement.tables import commitment

TREES = {"title": {"en": "Forty trees"}, "office": "Office of parks", "dueOn": "2026-12-31"}
STEP = {"status": "started", "progress": 40, "dueOn": "2026-12-31", "version": 1}


@pytest.fixture
def process(world: Any) -> Any:
    return world.process(state=State.DECIDED)


@pytest.fixture
def its(process: Any) -> str:
    return f"/v1/processes/{process.id}/commitments"


def test_a_commitment_is_public_with_its_parts_and_milestones(
    official: Callable[..., Client], public: Client, its: str, world: Any
) -> None:
    whole = official().post(its, TREES | {"budget": 9000, "currency": "EUR", "startsOn": "2026-07-01"}).body
    parts = [official().post(its, TREES | {"parentId": whole["id"], "weight": weight}).body for weight in (3, 1)]

    official().put(f"/v1/commitments/{parts[0]['id']}/progress", STEP | {"progress": 100})
    milestone = {"reachedOn": "2026-08-01", "words": {"en": "The first ten stand."}}
    official().post(f"/v1/commitments/{whole['id']}/milestones", milestone)

    shown = public.get(f"/v1/commitments/{whole['id']}").body
    assert (shown["commitment"]["progress"], shown["commitment"]["budget"]) == (75, 9000)
    assert [each["progress"] for each in shown["commitment"]["parts"]] == [100, 0]
    assert [(each["reachedOn"], each["words"]) for each in shown["milestones"]] == [tuple(milestone.values())]
    (listed,) = public.get(its).body["items"]
    assert listed == shown["commitment"]
    told = [row.type.split(".")[1] for row in world.events()]
    assert told == ["commitment-made"] * 3 + ["commitment-updated"] * 2


def test_a_commitment_is_overdue_two_weeks_after_its_day(
    official: Callable[..., Client], public: Client, its: str, clock: FixedClock
) -> None:
    made = official().post(its, TREES | {"dueOn": clock().date().isoformat()}).body
    address = f"/v1/commitments/{made['id']}"
    seen = [made["overdue"]]

    for _ in range(2):
        clock.move(days=14)
        seen.append(public.get(address).body["commitment"]["overdue"])
    step = STEP | {"status": "done", "progress": 10, "dueOn": made["dueOn"]}
    done = official().put(f"{address}/progress", step).body

    assert seen == [False, False, True]
    assert (done["overdue"], done["progress"]) == (False, 100)


def test_progress_that_someone_else_reported_is_not_overwritten(official: Callable[..., Client], its: str) -> None:
    address = f"/v1/commitments/{official().post(its, TREES).body['id']}/progress"

    assert official().put(address, STEP).body["version"] == 2
    assert_problem(official("otto").put(address, STEP), 409, "stale")
    assert_problem(official().put(address, STEP | {"status": "dropped", "version": 2}), 400, "dropped-without-reason")
    assert_problem(official().put(address, STEP | {"progress": 101, "version": 2}), 400, "invalid")


def test_parts_stand_two_levels_deep(official: Callable[..., Client], its: str) -> None:
    parent = official().post(its, TREES).body["id"]
    for _ in range(2):
        parent = official().post(its, TREES | {"parentId": parent}).body["id"]

    assert_problem(official().post(its, TREES | {"parentId": parent}), 409, "too-deep")


def test_a_commitment_names_what_is_of_its_process(official: Callable[..., Client], its: str, world: Any) -> None:
    other = world.process(state=State.DECIDED)
    elsewhere = official().post(f"/v1/processes/{other.id}/commitments", TREES).body["id"]

    assert_problem(official().post(its, TREES | {"parentId": elsewhere}), 404, "not-found")
    assert_problem(official().post(its, TREES | {"proposalId": str(world.proposal(other).id)}), 404, "not-found")
    assert len(world.rows(commitment)) == 1


@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"startsOn": "2027-01-01"}, "due-before-start"),
        ({"budget": 5}, "cost-without-currency"),
        ({"dueOn": "soon"}, "invalid"),
        ({"title": {}}, "invalid"),
        ({"weight": 0}, "invalid"),
    ],
)
def test_an_unsound_promise_is_refused(
    official: Callable[..., Client], its: str, world: Any, change: dict[str, Any], slug: str
) -> None:
    assert_problem(official().post(its, TREES | change), 400, slug)
    assert world.rows(commitment) == []


def test_commitments_come_in_pages_newest_first(
    official: Callable[..., Client], public: Client, its: str, clock: FixedClock, statements: Any
) -> None:
    made = []
    for _ in range(5):
        made.append(official().post(its, TREES).body["id"])
        official().post(its, TREES | {"parentId": made[-1]})
        clock.move(minutes=1)
    seen, cursor, costs = [], "", []

    while cursor is not None:
        with statements() as said:
            body = public.get(f"{its}?limit=2{cursor and f'&cursor={cursor}'}").body
        seen += [each["id"] for each in body["items"]]
        costs.append(len(said))
        cursor = body["next"]

    assert seen == made[::-1]
    assert max(costs) <= 5


def test_the_way_of_a_proposal_is_public_with_its_decision(
    official: Callable[..., Client], public: Client, world: Any
) -> None:
    process = world.process(state=State.ANALYSING)
    proposal = world.proposal(process, verification=Verification.VALID)
    its, address = f"/v1/processes/{process.id}", f"/v1/proposals/{proposal.id}/trace"
    text = {"en": "As agreed."}
    criterion = {"code": "cost", "name": text, "description": text, "weight": 1, "scale": 10}
    official().put(f"{its}/criteria", {"criteria": [criterion], "version": 0})
    official().post(f"{its}/criteria/publication")
    for name, points in (("olga", 10), ("otto", 5)):
        official(name).put(f"{its}/evaluators/me", {"office": name})
        assessed = {"conflict": False, "scores": {"cost": points}, "note": "A secret note."}
        official(name).put(f"/v1/proposals/{proposal.id}/assessment", assessed)
    official().put(f"/v1/proposals/{proposal.id}/decision", {"outcome": "accepted", "reasonCode": "included_in_plan"})

    before = public.get(address).body
    official().post(f"{its}/answers")
    official().post(f"{its}/commitments", TREES | {"proposalId": str(proposal.id)})
    after = public.get(address).body

    assert before == {"proposalId": str(proposal.id), "commitments": []}
    assert (after["found"]["total"], after["decision"]["outcome"]) == (750, "accepted")
    assert [each["title"] for each in after["commitments"]] == [TREES["title"]]
    assert "secret" not in str(after)


def test_officials_alone_promise(client: Callable[..., Client], citizen: Callable[..., Client], its: str) -> None:
    without_role = client(subject="eve", roles=["participant"], scopes=["engagement.decide"])
    unknown = f"/v1/commitments/{ids.new()}"

    assert_problem(citizen().post(its, TREES), 403, "missing-scope")
    for verb, address, body in (
        ("POST", its, TREES),
        ("PUT", f"{unknown}/progress", STEP),
        ("POST", f"{unknown}/milestones", {"reachedOn": "2026-08-01", "words": {"en": "Ten."}}),
    ):
        assert_problem(without_role(verb, address, body), 403, "not-an-official")


def test_unknown_things_are_not_found(official: Callable[..., Client], public: Client, world: Any) -> None:
    unknown = f"/v1/commitments/{ids.new()}"
    draft = world.process(state=State.DRAFT)
    hidden = official().post(f"/v1/processes/{draft.id}/commitments", TREES).body["id"]

    for address in (unknown, f"/v1/commitments/{hidden}", f"/v1/proposals/{ids.new()}/trace"):
        assert_problem(public.get(address), 404, "not-found")
    assert_problem(official().put(f"{unknown}/progress", STEP), 404, "not-found")
    assert_problem(official().post(f"/v1/processes/{ids.new()}/commitments", TREES), 404, "not-found")
