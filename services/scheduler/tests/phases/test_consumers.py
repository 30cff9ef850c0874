"""The scheduler follows participation processes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

import contracts
from chassis.app import App
from chassis.clock import FixedClock
from chassis.events import Event
from chassis.testing.client import Client, assert_problem
from chassis.testing.plugin import NOON
from scheduler.app import SERVICE
from scheduler.firing import jobs

OPENS, CLOSES = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
PHASE = str(uuid4())


def alerts(official: Client) -> list[tuple[str, str, str]]:
    """(kind, instant, state) of the phase's alerts, by kind and instant."""
    [shown] = official.get(f"/alert_schedule/list_details?subject={PHASE}").body
    return sorted((each["details"]["kind"], each["details"]["alert_datetime"][11:16], each["details"]["state"])
                  for each in shown)  # fmt: skip


def test_an_approved_process_gets_an_entity_a_slot_and_two_alerts(
    official: Client, approved: Callable[..., Event], deliver: Callable[[Event], None]
) -> None:
    event = approved(OPENS, CLOSES, PHASE)

    deliver(event)
    deliver(event)
    deliver(approved(OPENS, CLOSES, PHASE, event.key))

    [[host]] = official.get("/entity/list_details").body
    [[slot]] = official.get("/event/list_details").body
    assert host["details"]["category"] == "participation-process"
    assert slot["details"]["host_entity_id"] == host["entity_id"]
    assert alerts(official) == [("phase-closes", "14:00", "waiting"), ("phase-opens", "13:00", "waiting")]


def test_a_rescheduled_phase_moves_its_alerts(
    official: Client, approved, rescheduled: Callable[..., Event], deliver: Callable[[Event], None]
) -> None:
    event = approved(OPENS, CLOSES, PHASE)
    deliver(event)

    deliver(rescheduled(OPENS + timedelta(hours=3), CLOSES + timedelta(hours=3), PHASE, event.key))

    assert alerts(official) == [("phase-closes", "17:00", "waiting"), ("phase-opens", "16:00", "waiting")]


def test_a_fired_opening_stays_fired_and_a_moved_closing_fires_anew(
    app: App, clock: FixedClock, official: Client, approved, rescheduled, deliver, told: Callable[[], list[Any]]
) -> None:
    event = approved(OPENS, CLOSES, PHASE)
    deliver(event)
    clock.move(hours=1)
    jobs.fire_due(app.runtime)

    deliver(rescheduled(OPENS + timedelta(hours=1), CLOSES + timedelta(hours=1), PHASE, event.key))
    clock.move(hours=5)
    jobs.fire_due(app.runtime)

    assert alerts(official) == [("phase-closes", "15:00", "fired"), ("phase-opens", "13:00", "fired")]
    assert [(each["kind"], each["subject"], each["key"]) for each in told()] == [
        ("phase-opens", PHASE, PHASE),
        ("phase-closes", PHASE, PHASE),
    ]


def test_an_older_fact_that_comes_late_moves_nothing(
    clock: FixedClock, official: Client, approved, rescheduled, deliver: Callable[[Event], None]
) -> None:
    approval = approved(OPENS, CLOSES, PHASE)
    clock.move(minutes=1)
    later = rescheduled(OPENS + timedelta(hours=3), CLOSES + timedelta(hours=3), PHASE, approval.key)

    deliver(later)
    deliver(approval)

    assert alerts(official) == [("phase-closes", "17:00", "waiting"), ("phase-opens", "16:00", "waiting")]


def test_what_follows_a_process_is_not_changed_by_hand(
    official: Client, approved: Callable[..., Event], deliver: Callable[[Event], None]
) -> None:
    deliver(approved(OPENS, CLOSES, PHASE))
    [[host]], [[slot]] = official.get("/entity/list_details").body, official.get("/event/list_details").body
    alert = official.get("/alert_schedule/list_details").body[0][0]
    entity_id, event_id, alert_id = host["entity_id"], slot["event_id"], alert["alert_schedule_id"]
    times = [{"from": "2026-06-02T10:00:00Z", "to": "2026-06-02T12:00:00Z"}]
    new_event = {"name": "x", "category": "x", "host_entity_id": entity_id, "slots": times}
    new_alert = {"event_id": event_id, "alert_datetime": "2026-06-01T12:30:00Z"}

    replies = [
        official("DELETE", "/entity", {"entity_id": entity_id}),
        official("DELETE", "/event", {"event_id": event_id}),
        official("DELETE", "/alert_schedule", {"alert_schedule_id": alert_id}),
        official.put("/entity/modifications", {"entity_id": entity_id, "details": {"name": "x"}}),
        official.put("/event/modifications", {"event_id": event_id, "details": {"name": "x"}}),
        official.put("/alert_schedule/modifications", {"alert_schedule_id": alert_id, "details": {}}),
        official.post("/event/new", {"details": new_event}),
        official.post("/alert_schedule/new", {"details": new_alert}),
    ]

    for reply in replies:
        assert_problem(reply, 400, "follows-a-process")


@pytest.mark.parametrize("event_type", sorted(SERVICE.subscriptions))
def test_every_example_of_the_catalogue_is_taken(event_type: str, app: App, clock: FixedClock) -> None:
    for example in contracts.event_examples(event_type):
        with app.runtime.transaction() as tx:
            SERVICE.subscriptions[event_type](tx, Event(event_type, example["processId"], clock(), example))


def test_a_phase_whose_instants_have_passed_fires_at_once(
    app: App, clock: FixedClock, approved, deliver, told: Callable[[], list[Any]]
) -> None:
    past: datetime = NOON - timedelta(hours=2)
    deliver(approved(past, past + timedelta(hours=1), PHASE))

    jobs.fire_due(app.runtime)

    assert [each["kind"] for each in told()] == ["phase-opens", "phase-closes"]
