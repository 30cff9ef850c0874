"""From chosen criteria to scores that two evaluators gave, blind to each other."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis import ids
from chassis.testing.client import Client, assert_problem
from engagement.processes import store as processes
from engagement.processes.model import State
from engagement.proposals.model import Verification
from engagement.tables import assessment, audit

TEXT = {"en": "As agreed in the council."}
CRITERIA = [
    {"code": "cost", "name": TEXT, "description": TEXT, "weight": 3, "scale": 10},
    {"code": "reach", "name": TEXT, "description": TEXT, "weight": 1, "scale": 5},
]
HIGH, LOW = {"cost": 10, "reach": 5}, {"cost": 5, "reach": 5}
ACCEPT = {"outcome": "accepted", "reasonCode": "included_in_plan"}


@pytest.fixture
def place(world: Any, official: Callable[..., Client]) -> Any:
    """A sealed process with published criteria, a proposal in it, and Olga and Otto as evaluators."""
    process = world.process(state=State.ANALYSING)
    its = f"/v1/processes/{process.id}"
    assert official().put(f"{its}/criteria", {"criteria": CRITERIA, "version": 0}).status == 200
    assert official().post(f"{its}/criteria/publication").status == 200
    for name in ("olga", "otto"):
        assert official(name).put(f"{its}/evaluators/me", {"office": f"Office of {name}"}).status == 200
    return process, world.proposal(process, verification=Verification.VALID)


def assess(official: Callable[..., Client], name: str, proposal: Any, scores: Any, **more: Any) -> Any:
    body = {"conflict": scores is None} | ({"scores": scores} if scores else {}) | more
    return official(name).put(f"/v1/proposals/{proposal.id}/assessment", body)


def test_criteria_are_public_once_they_are_published_and_stand(
    official: Callable[..., Client], public: Client, world: Any
) -> None:
    its = f"/v1/processes/{world.process().id}/criteria"
    chosen = official().put(its, {"criteria": CRITERIA, "version": 0})

    before = public.get(its)
    published = official().post(f"{its}/publication")

    assert chosen.body["criteria"] == CRITERIA
    assert_problem(before, 404, "not-found")
    assert public.get(its).body == published.body
    assert published.body["publishedAt"]
    assert_problem(official().put(its, {"criteria": [], "version": 2}), 409, "criteria-published")
    assert_problem(official().post(f"{its}/publication"), 409, "criteria-published")
    assert len(world.events("engagement.criteria-published.v1")) == 1


def test_criteria_that_someone_else_changed_are_not_overwritten(official: Callable[..., Client], world: Any) -> None:
    its = f"/v1/processes/{world.process().id}/criteria"
    wanted = {"criteria": CRITERIA, "version": 0}

    assert official().put(its, wanted).status == 200
    assert_problem(official("otto").put(its, wanted), 409, "stale")


def test_evaluators_are_blind_until_both_have_assessed(official: Callable[..., Client], place: Any) -> None:
    its = f"/v1/proposals/{place[1].id}/assessments"
    assess(official, "olga", place[1], HIGH, note="It is cheap.")
    alone = official("olga").get(its).body
    blind = official("otto").get(its).body

    assess(official, "otto", place[1], LOW)

    assert alone["mine"]["total"] == 1000 and "found" not in alone and alone["others"] == []
    assert "mine" not in blind and blind["others"] == [] and blind["assessments"] == 1
    open_ = official("otto").get(its).body
    assert (open_["found"]["total"], open_["found"]["spread"]) == (812, 375)
    assert [each["note"] for each in open_["others"]] == ["It is cheap."]


def test_a_third_evaluator_is_blind_until_her_own(official: Callable[..., Client], place: Any) -> None:
    its = f"/v1/proposals/{place[1].id}/assessments"
    official("ugo").put(f"/v1/processes/{place[0].id}/evaluators/me", {"office": "Budget"})
    assess(official, "olga", place[1], HIGH)
    assess(official, "otto", place[1], LOW)

    before = official("ugo").get(its).body
    (listed,) = official("ugo").get(f"/v1/processes/{place[0].id}/scores").body["items"]
    assess(official, "ugo", place[1], LOW)

    assert "found" not in before and (listed["total"], listed["assessments"]) == (None, 2)
    assert official("ugo").get(its).body["found"]["assessments"] == 3
    assert official("nora").get(its).body["found"]["assessments"] == 3


def test_what_was_opened_is_final_and_what_was_not_may_change(official: Callable[..., Client], place: Any) -> None:
    assert assess(official, "olga", place[1], LOW).status == 200
    assert assess(official, "olga", place[1], HIGH).body["total"] == 1000
    assess(official, "otto", place[1], LOW)

    assert_problem(assess(official, "olga", place[1], LOW), 409, "assessment-final")


def test_a_conflict_of_interest_counts_for_nothing(official: Callable[..., Client], place: Any, world: Any) -> None:
    assess(official, "olga", place[1], None, note="My street.")
    assess(official, "otto", place[1], LOW)

    looked = official("otto").get(f"/v1/proposals/{place[1].id}/assessments").body

    assert looked["assessments"] == 1 and "found" not in looked
    assert ("conflict of interest declared", "olga") in [(row.action, row.by) for row in world.rows(audit)]


@pytest.mark.parametrize(
    ("scores", "slug"),
    [({"cost": 11, "reach": 1}, "outside-scale"), ({"cost": 1}, "outside-scale"), ({"cost": "high"}, "invalid")],
)
def test_points_outside_a_scale_are_refused(
    official: Callable[..., Client], place: Any, world: Any, scores: Any, slug: str
) -> None:
    assert_problem(assess(official, "olga", place[1], scores), 400, slug)
    assert world.rows(assessment) == []


def test_only_evaluators_assess_by_published_criteria_in_time(
    official: Callable[..., Client], place: Any, world: Any
) -> None:
    early = world.proposal(world.process(), number=1)
    invalid = world.proposal(place[0], number=2, verification="invalid", status="invalidated")

    assert_problem(assess(official, "nora", place[1], HIGH), 403, "not-an-evaluator")
    assert_problem(assess(official, "olga", invalid, HIGH), 409, "proposal-closed")
    official().put(f"/v1/processes/{early.process_id}/evaluators/me", {"office": "Streets"})
    assert_problem(assess(official, "olga", early, HIGH), 409, "no-criteria")
    official().put(f"/v1/processes/{early.process_id}/criteria", {"criteria": CRITERIA, "version": 0})
    official().post(f"/v1/processes/{early.process_id}/criteria/publication")
    assert_problem(assess(official, "olga", early, HIGH), 409, "not-sealed")


def test_a_decision_follows_two_assessments(official: Callable[..., Client], place: Any) -> None:
    its = f"/v1/proposals/{place[1].id}/decision"
    together = f"/v1/processes/{place[0].id}/decisions"
    assess(official, "olga", place[1], HIGH)

    assert_problem(official().put(its, ACCEPT), 409, "not-assessed")
    assert_problem(official().post(together, ACCEPT | {"proposalIds": [str(place[1].id)]}), 409, "not-assessed")
    assess(official, "otto", place[1], LOW)
    assert official().put(its, ACCEPT).status == 200


def test_scores_come_in_pages_and_are_public_with_the_answers(
    official: Callable[..., Client], public: Client, place: Any, world: Any, app: Any
) -> None:
    its = f"/v1/processes/{place[0].id}/scores"
    for number in range(2, 6):
        world.proposal(place[0], number=number, verification=Verification.VALID)
    assess(official, "olga", place[1], HIGH)
    assess(official, "otto", place[1], LOW)
    seen, cursor = [], ""

    while cursor is not None:
        body = official().get(f"{its}?limit=2{cursor and f'&cursor={cursor}'}").body
        seen += [(each["reference"][-5:], each["total"]) for each in body["items"]]
        cursor = body["next"]

    assert seen == [("00001", 812), *((f"0000{number}", None) for number in range(2, 6))]
    assert_problem(public.get(its), 403, "not-an-official")
    with app.runtime.transaction() as tx:
        processes.save(tx, processes.find(tx, place[0].id).decided())
    assert public.get(its).body["items"][0]["total"] == 812


def test_the_list_of_scores_costs_the_same_however_long_it_is(
    official: Callable[..., Client], place: Any, world: Any, statements: Any
) -> None:
    costs = []
    for number in (10, 20):
        for each in range(5):
            world.proposal(place[0], number=number + each, verification=Verification.VALID)
        with statements() as said:
            official().get(f"/v1/processes/{place[0].id}/scores?limit=100")
        costs.append(len(said))

    assert costs[0] == costs[1] <= 6


def test_evaluators_are_listed_by_office(official: Callable[..., Client], place: Any) -> None:
    its = f"/v1/processes/{place[0].id}/evaluators"
    official("otto").put(f"{its}/me", {"office": "Office of parks"})

    listed = official("otto").get(its).body["items"]

    assert [(each["office"], each["me"]) for each in listed] == [("Office of olga", False), ("Office of parks", True)]


def test_officials_alone_assess(client: Callable[..., Client], citizen: Callable[..., Client], place: Any) -> None:
    without_role = client(subject="eve", roles=["participant"], scopes=["engagement.decide"])
    its, about = f"/v1/processes/{place[0].id}", f"/v1/proposals/{place[1].id}"

    assert_problem(citizen().get(f"{about}/assessments"), 403, "missing-scope")
    for verb, address, body in (
        ("PUT", f"{its}/criteria", {"criteria": [], "version": 0}),
        ("POST", f"{its}/criteria/publication", None),
        ("PUT", f"{its}/evaluators/me", {"office": "Eve"}),
        ("GET", f"{its}/evaluators", None),
        ("PUT", f"{about}/assessment", {"conflict": False, "scores": HIGH}),
        ("GET", f"{about}/assessments", None),
    ):
        assert_problem(without_role(verb, address, body), 403, "not-an-official")


def test_unknown_things_are_not_found(official: Callable[..., Client], public: Client) -> None:
    process, proposal = f"/v1/processes/{ids.new()}", f"/v1/proposals/{ids.new()}"

    for address in (f"{process}/criteria", f"{process}/evaluators", f"{process}/scores", f"{proposal}/assessments"):
        assert_problem(official().get(address), 404, "not-found")
    assert_problem(official().put(f"{proposal}/assessment", {"conflict": True}), 404, "not-found")
    assert_problem(official().put(f"{process}/criteria", {"criteria": [], "version": 0}), 404, "not-found")
