"""Every switch of a phase does what it says."""

from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from chassis.clock import FixedClock, text
from chassis.testing.client import Client, assert_problem
from engagement.contributions import Kind
from engagement.processes import tools
from engagement.processes.model import PhaseOrder, State

PROPOSAL = {"title": {"en": "Trees along the river"}}


@pytest.mark.parametrize("kind", ["proposal", "comment", "endorsement"])
def test_a_kind_is_taken_only_where_it_is_switched_on(
    kind: str, citizen: Callable[..., Client], world: Any, make: ModuleType
) -> None:
    for switched_on, status in ((frozenset({Kind(kind)}), 201), (tools.kinds() - {kind}, 409)):
        process = world.process(phases=(make.phase(accepts=switched_on),))
        ana = world.participant(process)
        subject = f"/v1/proposals/{world.proposal(process, ana, number=9).id}"
        asked = {
            "proposal": (f"/v1/processes/{process.id}/proposals", PROPOSAL),
            "comment": (f"{subject}/comments", {"body": {"en": "Yes."}}),
            "endorsement": (f"{subject}/endorsements", None),
        }[kind]

        reply = citizen().post(*asked)

        assert reply.status == status
        if status == 409:
            assert_problem(reply, 409, "phase-closed")


@pytest.mark.parametrize(("grace", "seconds_late", "status"), [(0, 0, 409), (15, 899, 201), (15, 900, 409)])
def test_what_was_begun_before_the_end_is_taken_in_the_grace(
    grace: int,
    seconds_late: int,
    status: int,
    citizen: Callable[..., Client],
    clock: FixedClock,
    world: Any,
    make: ModuleType,
) -> None:
    process = world.process(phases=(make.phase(grace_minutes=grace),))
    world.participant(process)
    clock.move(seconds=timedelta(days=1).total_seconds() + seconds_late)

    assert citizen().post(f"/v1/processes/{process.id}/proposals", PROPOSAL).status == status


def test_the_scheduler_hears_the_end_with_its_grace(
    official: Callable[..., Client], world: Any, make: ModuleType
) -> None:
    phase = make.phase(opens_at=make.NOON, grace_minutes=10)
    process = world.process(phases=(phase,), state=State.IN_REVIEW, approved_by=None)

    official("otto").post(f"/v1/processes/{process.id}/approval")

    (told,) = world.events("engagement.process-approved.v1")
    assert told.data["phases"][0]["closesAt"] == text(phase.closes_at + timedelta(minutes=10))


def test_hidden_results_are_in_no_answer_until_the_phase_has_closed(
    public: Client, official: Callable[..., Client], clock: FixedClock, world: Any, make: ModuleType, settle: Any
) -> None:
    process = world.process(phases=(make.phase(hides_results=True),))
    ana = world.participant(process)
    its = f"/v1/processes/{process.id}"
    world.proposal(process, ana)
    _counted(world, process)
    none = {"proposals": 0, "comments": 0, "endorsements": 0}

    listed = next(each for each in public.get("/v1/processes").body["items"] if each["id"] == str(process.id))
    for shown in (public.get(its).body, listed):
        assert (shown["resultsHidden"], shown["counts"]) == (True, none)
    seen = official().get(its).body
    assert (seen["resultsHidden"], seen["counts"]["proposals"]) == (False, 5)

    clock.move(days=2)

    shown = public.get(its).body
    assert (shown["resultsHidden"], shown["counts"]["proposals"]) == (False, 5)


def test_phases_overlap_only_where_they_may(make: ModuleType) -> None:
    first = make.phase(opens_at=make.NOON, closes_at=make.NOON + 3 * make.DAY)
    inside = {"opens_at": make.NOON + make.DAY, "closes_at": make.NOON + 2 * make.DAY}
    later = {"opens_at": make.NOON + 2 * make.DAY, "closes_at": make.NOON + 4 * make.DAY}

    make.process(phases=(first, make.phase(**inside, may_overlap=True))).ordered()
    for wrong in (
        (first, make.phase(**inside)),
        (first, make.phase(**inside, may_overlap=True), make.phase(**later)),
        (make.phase(**inside), make.phase(**first_span(first), may_overlap=True)),
    ):
        with pytest.raises(PhaseOrder) as refused:
            make.process(phases=wrong).ordered()
        assert refused.value.errors[0][0].endswith("/opensAt")


def test_what_stands_above_a_phase_is_shown_and_told(
    official: Callable[..., Client], public: Client, world: Any, make: ModuleType
) -> None:
    process = world.process()
    its = f"/v1/processes/{process.id}"
    address = f"{its}/phases/{process.phases[0].id}/announcement"

    official().put(address, {"announcement": {"en": "Meeting on Friday at six."}})

    assert public.get(its).body["phases"][0]["announcement"] == {"en": "Meeting on Friday at six."}
    assert len(world.events("engagement.phase-announced.v1")) == 1
    assert "announcement" not in official().put(address, {}).body["phases"][0]
    assert_problem(official().put(f"{its}/phases/{process.id}/announcement", {}), 404, "not-found")


def test_switches_come_back_as_they_were_set(official: Callable[..., Client], make: ModuleType) -> None:
    switches = {
        "kind": "vote",
        "mayOverlap": True,
        "graceMinutes": 5,
        "hidesResults": True,
        "announcement": {"en": "Soon."},
    }
    phase = {"title": {"en": "Vote"}, "opensAt": text(make.NOON), "closesAt": text(make.NOON + make.DAY)}
    draft = {"slug": "vote", "title": {"en": "Vote"}, "languages": ["en"]}

    made = official().post("/v1/processes", draft | {"phases": [phase | {"accepts": ["endorsement"]} | switches]})
    plain = official().post("/v1/processes", draft | {"slug": "plain", "phases": [phase | {"accepts": []}]})

    assert {name: made.body["phases"][0][name] for name in switches} == switches
    shown = plain.body["phases"][0]
    assert (shown["kind"], shown["mayOverlap"], shown["graceMinutes"], shown["hidesResults"]) == (
        "collect",
        False,
        0,
        False,
    )
    long = phase | {"accepts": [], "graceMinutes": 16}
    assert_problem(official().post("/v1/processes", draft | {"slug": "x", "phases": [long]}), 400, "invalid")


def first_span(of: Any) -> dict[str, Any]:
    return {"opens_at": of.opens_at, "closes_at": of.closes_at}


def _counted(world: Any, process: Any) -> None:
    from engagement.counts import store as counts

    with world.app.runtime.transaction() as tx:
        counts.add_to_process(tx, process.id, proposals=5)
