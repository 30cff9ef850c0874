"""Rules of a process, and what they change."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem
from engagement.tables import endorsement

TREES = {"title": {"en": "Trees along the river"}}


@pytest.fixture
def rules(official: Callable[..., Client], world: Any) -> Callable[..., Any]:
    """A process whose rules an official set."""

    def made(process: Any = None, **wanted: Any) -> Any:
        process = process or world.process()
        reply = official().put(f"/v1/processes/{process.id}/proposal-rules", {"version": 0} | wanted)
        assert reply.status == 200, reply.body
        return process

    return made


def test_rules_are_the_defaults_until_an_official_sets_them(
    official: Callable[..., Client], citizen: Callable[..., Client], public: Client, world: Any
) -> None:
    its = f"/v1/processes/{world.process().id}/proposal-rules"
    wanted = {"supportMost": 5, "threshold": {"measure": "supporters", "value": 100}, "otherNames": False}

    assert (public.get(its).body["version"], public.get(its).body["supportMost"]) == (0, None)
    set_ = official().put(its, wanted | {"version": 0})

    assert set_.body == public.get(its).body
    assert {name: set_.body[name] for name in wanted} == wanted
    assert set_.body["amendments"] is True
    assert_problem(official().put(its, {"version": 0}), 409, "stale")
    assert_problem(citizen().put(its, {"version": 1}), 403, "missing-scope")
    assert official().put(its, {"version": 1}).body["supportMost"] is None


def test_a_percentage_needs_a_population(official: Callable[..., Client], world: Any, make: Any) -> None:
    wanted = {"version": 0, "threshold": {"measure": "percent", "value": 2}}
    unknown, known = world.process(), world.process(strategy=make.strategy(eligible_population=1000))

    refused = official().put(f"/v1/processes/{unknown.id}/proposal-rules", wanted)

    assert_problem(refused, 400, "population-unknown")
    assert refused.body["errors"][0]["pointer"] == "/threshold/measure"
    assert official().put(f"/v1/processes/{known.id}/proposal-rules", wanted).status == 200


def test_a_person_supports_as_many_as_the_phase_allows(
    citizen: Callable[..., Client], world: Any, rules: Callable[..., Any]
) -> None:
    process = rules(supportMost=2)
    world.participant(process, "ana")
    first, second, third = (f"/v1/proposals/{world.proposal(process, number=n).id}/endorsements" for n in (1, 2, 3))
    ana = citizen("ana")

    assert [ana.post(each).status for each in (first, second)] == [201, 201]
    assert_problem(ana.post(third), 409, "support-limit-reached")
    ana.delete(f"{first}/mine")

    assert ana.post(third).status == 201
    assert_problem(ana.post(first), 409, "support-limit-reached")


def test_each_phase_has_a_limit_of_its_own(
    citizen: Callable[..., Client], world: Any, rules: Callable[..., Any], make: Any, clock: FixedClock
) -> None:
    second = make.phase(opens_at=make.NOON + make.DAY, closes_at=make.NOON + 3 * make.DAY)
    process = rules(world.process(phases=(make.phase(), second)), supportMost=1)
    world.participant(process, "ana")
    one, other = (f"/v1/proposals/{world.proposal(process, number=n).id}/endorsements" for n in (1, 2))
    citizen("ana").post(one)
    assert_problem(citizen("ana").post(other), 409, "support-limit-reached")

    clock.move(days=2)

    assert citizen("ana").post(other).status == 201


def test_a_limit_holds_when_a_person_supports_many_at_once(
    citizen: Callable[..., Client], world: Any, rules: Callable[..., Any]
) -> None:
    process = rules(supportMost=3)
    world.participant(process, "ana")
    addresses = [f"/v1/proposals/{world.proposal(process, number=n).id}/endorsements" for n in range(1, 11)]

    with ThreadPoolExecutor(5) as pool:
        statuses = list(pool.map(lambda address: citizen("ana").post(address).status, addresses))

    assert (statuses.count(201), statuses.count(409)) == (3, 7)
    assert len(world.rows(endorsement)) == 3


def test_other_names_are_refused_where_the_rules_say_so(
    citizen: Callable[..., Client], world: Any, rules: Callable[..., Any]
) -> None:
    process = rules(otherNames=False)
    world.participant(process, "ana")

    reply = citizen("ana").post(f"/v1/processes/{process.id}/proposals", TREES | {"display": "anonymous"})

    assert_problem(reply, 400, "name-not-allowed")
    assert citizen("ana").post(f"/v1/processes/{process.id}/proposals", TREES).status == 201
