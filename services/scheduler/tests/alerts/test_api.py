"""Alert schedules over HTTP."""

from collections.abc import Callable

from chassis.app import App
from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem
from scheduler.firing import jobs


def test_a_scheduled_alert_is_listed_until_it_is_cancelled(
    official: Client, new_event: Callable[..., str], new_alert: Callable[..., str]
) -> None:
    event_id = new_event()
    alert_id = new_alert(event_id)

    [[shown]] = official.get(f"/alert_schedule/list_details?event_id={event_id}").body
    cancelled = official("DELETE", "/alert_schedule", {"alert_schedule_id": alert_id})

    assert shown["alert_schedule_id"] == alert_id
    assert shown["details"]["alert_datetime"] == "2026-06-02T09:00:00.000Z"
    assert (shown["details"]["kind"], shown["details"]["state"]) == ("event-alert", "waiting")
    assert (cancelled.status, cancelled.body) == (200, alert_id)
    assert official.get("/alert_schedule/list_details").body == [[]]


def test_a_fired_alert_is_not_reused(
    app: App, clock: FixedClock, official: Client, new_event: Callable[..., str], new_alert: Callable[..., str]
) -> None:
    alert_id = new_alert(new_event())
    clock.move(hours=21, minutes=30)
    jobs.fire_due(app.runtime)

    change = {"alert_schedule_id": alert_id, "details": {"alert_datetime": "2026-06-02T11:00:00Z"}}
    modified = official.put("/alert_schedule/modifications", change)
    cancelled = official("DELETE", "/alert_schedule", {"alert_schedule_id": alert_id})

    assert_problem(modified, 400, "alert-spent")
    assert_problem(cancelled, 400, "alert-spent")
    [[shown]] = official.get("/alert_schedule/list_details").body
    assert (shown["details"]["state"], shown["details"]["fired_at"]) == ("fired", "2026-06-02T09:30:00.000Z")


def test_a_modified_alert_fires_at_its_new_instant_alone(
    app: App, clock: FixedClock, official: Client, new_event: Callable[..., str], new_alert: Callable[..., str], told
) -> None:
    alert_id = new_alert(new_event())
    details = {"alert_datetime": "2026-06-02T11:00:00Z", "message_id": "m-1", "target_category": "resources"}
    official.put("/alert_schedule/modifications", {"alert_schedule_id": alert_id, "alert_schedule_details": details})

    clock.move(hours=22)
    jobs.fire_due(app.runtime)
    early = told()
    clock.move(hours=2)
    jobs.fire_due(app.runtime)

    assert early == []
    assert [each["dueAt"] for each in told()] == ["2026-06-02T11:00:00.000Z"]


def test_an_alert_needs_an_event_and_an_instant_to_come(official: Client, new_event: Callable[..., str]) -> None:
    nobody = {"event_id": "event_id:12345", "alert_datetime": "2026-06-02T09:00:00Z"}
    passed = {"event_id": new_event(), "alert_datetime": "2026-05-02T09:00:00Z"}
    no_zone = passed | {"alert_datetime": "next week"}

    assert_problem(official.post("/alert_schedule/new", {"details": nobody}), 404, "not-found")
    assert_problem(official.post("/alert_schedule/new", {"details": passed}), 400, "alert-past")
    assert_problem(official.post("/alert_schedule/new", {"details": no_zone}), 400, "invalid")
