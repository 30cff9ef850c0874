"""The log over HTTP."""

from collections.abc import Callable

from chassis.app import App
from chassis.clock import FixedClock
from chassis.testing.client import Client
from scheduler.firing import jobs


def test_the_log_tells_who_did_what_and_what_fired(
    app: App, clock: FixedClock, official: Client, new_event: Callable[..., str], new_alert: Callable[..., str]
) -> None:
    event_id = new_event()
    alert_id = new_alert(event_id)
    clock.move(days=1)
    jobs.fire_due(app.runtime)

    [lines] = official.get("/log/list_details").body
    [fired] = official.get("/log/list_details?category=alert-fired&from=2026-06-02T00:00:00Z").body

    told = [(line["details"]["log_category"], line["details"]["logger_role"]) for line in lines]
    assert sorted(told) == [
        ("alert-fired", "scheduler"),
        ("alert-scheduled", "official"),
        ("entity-registered", "official"),
        ("event-added", "official"),
    ]
    assert [line["details"]["log_data"] for line in fired] == [alert_id]
    assert official.get("/log/list_details?to=2026-06-01T00:00:00Z").body == [[]]
