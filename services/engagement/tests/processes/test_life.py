"""A process that comes back from review, is cancelled, watched and filed."""

from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from chassis.app import App
from chassis.clock import text
from chassis.events import Event
from chassis.testing.client import Client, assert_problem
from engagement.contributions import Kind
from engagement.processes import consumers
from engagement.processes.model import NotDecided, NotRunning, PeriodTooShort, State

ADDRESSES = {"cancellation": {"reason": {"en": "The budget was cut."}}, "monitoring": None, "archive": None}


def test_a_review_ends_with_a_note_and_the_draft_is_a_draft_again(
    official: Callable[..., Client], public: Client, world: Any, make: ModuleType
) -> None:
    ideas = (make.phase(accepts=frozenset({Kind("proposal")})),)  # other tools have checklists of their own
    process = world.process(state=State.IN_REVIEW, author="olga", approved_by=None, phases=ideas)
    its = f"/v1/processes/{process.id}"
    note = {"note": "The notice is not clear."}

    assert_problem(official("olga").post(f"{its}/return", note), 403, "four-eyes")
    returned = official("otto").post(f"{its}/return", note).body

    assert (returned["state"], returned["reviewNote"]) == ("draft", "The notice is not clear.")
    assert_problem(official("otto").post(f"{its}/return", note), 409, "not-in-review")
    again = official("olga").post(f"{its}/review").body
    assert again["state"] == "in_review" and "reviewNote" not in again
    assert_problem(public.get(its), 404, "not-found")


@pytest.mark.parametrize(
    ("transition", "allowed", "refusal"),
    [
        (
            lambda process: process.cancelled({"en": "No money."}),
            {State.SCHEDULED, State.OPEN, State.CLOSED, State.ANALYSING},
            NotRunning,
        ),
        (lambda process: process.monitored(), {State.DECIDED}, NotDecided),
        (lambda process: process.archived(), {State.DECIDED, State.MONITORED}, NotDecided),
    ],
)
def test_an_end_is_reached_from_its_states_and_from_no_other(
    make: ModuleType, transition: Callable[[Any], Any], allowed: set[State], refusal: type[Exception]
) -> None:
    for state in State:
        process = make.process(state=state)
        if state in allowed:
            assert transition(process).version == process.version + 1
        else:
            with pytest.raises(refusal):
                transition(process)


def test_a_cancelled_process_says_why_and_takes_nothing_more(
    app: App, official: Callable[..., Client], citizen: Callable[..., Client], public: Client, world: Any
) -> None:
    process = world.process()
    world.participant(process)
    its = f"/v1/processes/{process.id}"

    official().post(f"{its}/cancellation", ADDRESSES["cancellation"])

    shown = public.get(its).body
    assert (shown["state"], shown["cancelledBecause"]) == ("cancelled", {"en": "The budget was cut."})
    assert len(world.events("engagement.process-cancelled.v1")) == 1
    refused = citizen().post(f"{its}/proposals", {"title": {"en": "Trees along the river"}})
    assert_problem(refused, 409, "phase-closed")
    for kind in ("phase-opens", "phase-closes"):
        _fire(app, kind, process)
    assert public.get(its).body["state"] == "cancelled"


def test_a_decided_process_is_watched_and_then_filed(
    official: Callable[..., Client], public: Client, world: Any
) -> None:
    process = world.process(state=State.DECIDED)
    its = f"/v1/processes/{process.id}"

    assert official().post(f"{its}/monitoring").body["state"] == "monitored"
    assert official().post(f"{its}/archive").body["state"] == "archived"
    assert_problem(official().post(f"{its}/monitoring"), 409, "not-decided")
    assert public.get(f"{its}").body["state"] == "archived"
    assert len(world.events("engagement.process-monitored.v1")) == len(world.events("engagement.process-archived.v1"))


@pytest.mark.parametrize("step", ADDRESSES)
def test_citizens_end_nothing(step: str, client: Callable[..., Client], world: Any) -> None:
    process = world.process()
    eve = client(subject="eve", roles=["participant"], scopes=["engagement.approve"])

    assert_problem(eve.post(f"/v1/processes/{process.id}/{step}", ADDRESSES[step]), 403, "not-an-official")


@pytest.mark.parametrize(
    ("opens_days", "closes_days", "long_enough"),
    [
        ((0,), (30,), True),
        ((-5,), (29,), False),
        ((-5,), (30,), True),
        ((0, 10), (10, 29), False),
        ((0, 5), (10, 30), True),
    ],
)
def test_the_law_is_given_its_days_from_the_publication_on(
    make: ModuleType, opens_days: tuple[int, ...], closes_days: tuple[int, ...], long_enough: bool
) -> None:
    phases = tuple(
        make.phase(opens_at=make.NOON + opens * make.DAY, closes_at=make.NOON + closes * make.DAY, may_overlap=True)
        for opens, closes in zip(opens_days, closes_days, strict=True)
    )
    quiet = make.phase(opens_at=make.NOON, closes_at=make.NOON + 90 * make.DAY, accepts=frozenset(), may_overlap=True)
    law = {"mandatory": True, "legal_basis": {"en": "Act 4"}, "notice": {"en": "Notice"}, "minimum_days": 30}
    process = make.process(state=State.IN_REVIEW, phases=(*phases, quiet), strategy=make.strategy(**law))

    if long_enough:
        assert process.approved("otto", make.NOON).state is State.SCHEDULED
    else:
        with pytest.raises(PeriodTooShort):
            process.approved("otto", make.NOON)


def test_a_phase_is_not_moved_below_what_the_law_asks(
    official: Callable[..., Client], world: Any, make: ModuleType
) -> None:
    law = {"mandatory": True, "legal_basis": {"en": "Act 4"}, "notice": {"en": "Notice"}, "minimum_days": 30}
    phase = make.phase(opens_at=make.NOON, closes_at=make.NOON + 30 * make.DAY)
    process = world.process(phases=(phase,), strategy=make.strategy(**law), published_at=make.NOON)
    address = f"/v1/processes/{process.id}/phases/{phase.id}"

    longer = {"opensAt": text(make.NOON), "closesAt": text(make.NOON + 31 * make.DAY)}
    shorter = {"opensAt": text(make.NOON), "closesAt": text(make.NOON + timedelta(days=29))}

    assert official().put(address, longer).status == 200
    assert_problem(official().put(address, shorter), 400, "period-too-short")


def test_a_law_makes_the_checklist_ask_for_more(make: ModuleType) -> None:
    process = make.process(strategy=make.strategy(mandatory=True))

    assert process.missing() == ["/strategy/legal_basis", "/strategy/notice", "/strategy/minimum_days"]


def test_what_officials_did_is_read_by_officials(
    official: Callable[..., Client], client: Callable[..., Client], world: Any
) -> None:
    process = world.process()
    its = f"/v1/processes/{process.id}"
    official().post(f"{its}/cancellation", ADDRESSES["cancellation"])

    (entry,) = official().get(f"{its}/audit").body["items"]

    assert (entry["action"], entry["by"]) == ("process cancelled", "olga")
    eve = client(subject="eve", roles=["participant"], scopes=["engagement.draft"])
    assert_problem(eve.get(f"{its}/audit"), 403, "not-an-official")


def test_the_audit_is_read_page_by_page(official: Callable[..., Client], world: Any) -> None:
    process = world.process()
    address = f"/v1/processes/{process.id}/phases/{process.phases[0].id}/announcement"
    for number in range(5):
        official().put(address, {"announcement": {"en": f"Notice {number}"}})

    first = official().get(f"/v1/processes/{process.id}/audit?limit=3").body
    rest = official().get(f"/v1/processes/{process.id}/audit?limit=3&cursor={first['next']}").body

    assert len({each["id"] for each in [*first["items"], *rest["items"]]}) == 5
    assert rest["next"] is None


def _fire(app: App, kind: str, process: Any) -> None:
    phase = process.phases[0]
    told = {"alertId": str(phase.id), "subject": str(phase.id), "kind": kind, "dueAt": text(phase.closes_at)}
    with app.runtime.transaction() as tx:
        consumers.on_alert_fired(tx, Event("scheduler.alert-fired.v1", str(phase.id), phase.closes_at, told))
