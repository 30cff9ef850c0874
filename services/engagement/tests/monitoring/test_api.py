"""Running figures: they say what the rows say, whatever happened in between."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from chassis.app import App
from chassis.clock import FixedClock
from chassis.testing.client import Client
from engagement.monitoring import actions, store
from engagement.monitoring.model import OFFICE
from engagement.processes import tools
from engagement.proposals import store as proposals
from engagement.tables import activity_due, participation_alert

PEOPLE = ("ana", "ben", "cem")


@pytest.fixture
def fold(app: App, settle: Callable[[], None]) -> Callable[[], None]:
    """Hear all that was told and fold it."""

    def run() -> None:
        settle()
        actions.fold(app.runtime)

    return run


@pytest.fixture
def busy(world: Any, citizen: Callable[..., Client], official: Callable[..., Client]) -> Any:
    """A process with three people's contributions through the doors, and a meeting's."""
    process = world.process()
    for name in PEOPLE:
        world.participant(process, name)
    idea = citizen("ana").post(f"/v1/processes/{process.id}/proposals", {"title": {"en": "Trees along the river"}}).body
    said = {"title": {"en": "Benches in the shade"}, "channel": "meeting", "meeting": "Library"}
    official().post(f"/v1/processes/{process.id}/proposals", said)
    for name in PEOPLE:
        citizen(name).post(f"/v1/proposals/{idea['id']}/endorsements")
    root = citizen("ben").post(f"/v1/proposals/{idea['id']}/comments", {"body": {"en": "Yes"}, "position": "in_favour"})
    answer = {"body": {"en": "Why?"}, "parentId": root.body["id"]}
    citizen("cem").post(f"/v1/proposals/{idea['id']}/comments", answer)
    return process, idea, root.body


def test_figures_say_what_was_contributed(busy: Any, fold: Any, public: Client) -> None:
    fold()

    kpi = public.get(f"/v1/processes/{busy[0].id}/kpi").body

    assert (kpi["participants"], kpi["contributions"]) == (3, 7)
    assert kpi["depth"] == 2.0
    assert kpi["deliberationRatio"] == 0.5
    assert [each["code"] for each in kpi["byKind"]] == ["endorsement", "comment", "proposal"]
    assert [(each["contributions"], each["newcomers"]) for each in kpi["days"]] == [(7, 3)]
    assert "alerts" not in kpi


def test_parts_of_fewer_than_ten_are_for_officials(
    busy: Any, fold: Any, public: Client, official: Callable[..., Client]
) -> None:
    fold()

    assert {each["number"] for each in public.get(f"/v1/processes/{busy[0].id}/kpi").body["byChannel"]} == {None}
    seen = official().get(f"/v1/processes/{busy[0].id}/kpi").body
    assert {each["code"]: each["number"] for each in seen["byChannel"]} == {"web": 6, "meeting": 1}
    assert seen["alerts"] == []


def test_what_is_taken_back_hidden_or_shown_again_is_followed(
    busy: Any, fold: Any, public: Client, citizen: Callable[..., Client], moderator: Client
) -> None:
    process, idea, root = busy
    fold()
    about = {"subject": {"kind": "comment", "id": root["id"]}, "rule": "spam", "reason": "It advertises a shop."}

    def figures() -> tuple[int, int]:
        fold()
        kpi = public.get(f"/v1/processes/{process.id}/kpi").body
        return kpi["participants"], kpi["contributions"]

    citizen("ben").delete(f"/v1/proposals/{idea['id']}/endorsements/mine")
    assert figures() == (3, 6)
    moderator.post("/v1/moderation/hidings", about)
    assert figures() == (2, 5)
    moderator.post("/v1/moderation/restorations", about)
    assert figures() == (3, 6)
    citizen("ben").post(f"/v1/proposals/{idea['id']}/endorsements")
    assert figures() == (3, 7)


def test_running_figures_equal_those_of_the_rows(busy: Any, fold: Any, app: App, citizen: Any, settle: Any) -> None:
    process, idea, _root = busy
    fold()
    citizen("cem").delete(f"/v1/proposals/{idea['id']}/endorsements/mine")
    settle()
    actions.fold(app.runtime)
    actions.fold(app.runtime)  # a second time changes nothing

    with app.runtime.reading() as tx:
        found = store.of_process(tx, process.id)
        rows = [(each.kind, row) for each in tools.all_taken() for row in tx.execute(each.ledger)]

    counted = [(kind, row) for kind, row in rows if row.status == "counted"]
    people = Counter(row.actor_key for _, row in counted if not row.actor_key.startswith(OFFICE))
    assert found.sums("kind") == dict(Counter(kind for kind, _ in counted))
    assert found.sums("channel") == dict(Counter(row.channel for _, row in counted))
    assert dict(found.spread) == dict(Counter(people.values()))
    assert sum(day.newcomers for day in found.days) == len(people)


def test_folding_costs_the_same_however_much_there_is(world: Any, app: App, statements: Any, make: ModuleType) -> None:
    process = world.process()
    ana = world.participant(process)
    costs = []
    for number in (3, 10, 40):
        with app.runtime.transaction() as tx:
            for each in range(number):
                idea = make.proposal(process.id, ana, number=number * 100 + each)
                proposals.add(tx, idea)
                store.note(tx, "proposal", idea.id)
        with statements() as said:
            actions.fold(app.runtime)
        costs.append(len(said))
        assert world.rows(activity_due) == []

    assert costs[2] <= costs[1] <= costs[0]


def test_an_open_process_that_is_behind_is_told_once(
    world: Any, app: App, clock: FixedClock, make: ModuleType, official: Callable[..., Client]
) -> None:
    long = make.phase(opens_at=make.NOON - 10 * make.DAY, closes_at=make.NOON + 10 * make.DAY)
    process = world.process(phases=(long,), strategy=make.strategy(target_participants=100))

    actions.watch(app.runtime)
    actions.watch(app.runtime)

    told = world.events("engagement.participation-low.v1")
    assert sorted(row.data["reason"] for row in told) == ["behind", "quiet"]
    assert len(world.rows(participation_alert)) == 2
    shown = official().get(f"/v1/processes/{process.id}/kpi").body["alerts"]
    assert {(each["reason"], each["expected"]) for each in shown} == {("behind", 50), ("quiet", None)}


def test_answers_are_counted_with_their_days(
    busy: Any, app: App, make: ModuleType, official: Callable[..., Client], fold: Any
) -> None:
    process, idea, _ = busy
    fold()
    with app.runtime.transaction() as tx:
        actions.answered(tx, process.id, make.new_id(), at=make.NOON)
        actions.answered(tx, process.id, UUID(idea["id"]), at=make.NOON + timedelta(days=12, hours=5))

    found = official().get(f"/v1/processes/{process.id}/kpi").body["responsiveness"]

    assert found == {"answered": 1, "answeredShare": 0.5, "medianDays": 12.0, "inTimeShare": 1.0}
