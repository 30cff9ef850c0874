"""Events over HTTP."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem

MORNING = {"from": "2026-06-02T10:00:00Z", "to": "2026-06-02T12:00:00Z"}


def test_an_event_of_two_slots_becomes_two_events(official: Client, new_event: Callable[..., str]) -> None:
    evening = {"from": "2026-06-02T18:00:00+02:00", "to": "2026-06-02T20:00:00+02:00"}

    first, second = new_event(slots=[MORNING, evening]).split(",")

    assert first.startswith("event_id:") and first != second
    [[shown]] = official.get(f"/event/list_details?event_id={second}").body
    assert (shown["details"]["from"], shown["details"]["to"]) == (
        "2026-06-02T16:00:00.000Z",
        "2026-06-02T18:00:00.000Z",
    )


def test_lists_are_filtered_and_paged(official: Client, new_entity, new_event: Callable[..., str]) -> None:
    host = new_entity()
    first, second = new_event(host), new_event(host, "Singing")
    new_event(new_entity("Museum"), "Painting")

    by_host = official.get(f"/event/list_details?host_entity_id={host}").body
    by_name = official.get("/event/list_details?name=Singing").body
    rest = official.get(f"/event/list_details?host_entity_id={host}&limit=1&after={first}").body
    later = official.get("/event/list_details?from=2026-06-03T00:00:00Z").body

    assert [each["event_id"] for each in by_host[0]] == [first, second]
    assert [each["event_id"] for each in by_name[0]] == [second]
    assert [each["event_id"] for each in rest[0]] == [second]
    assert later == [[]]


def test_an_overlap_is_refused(official: Client, new_entity, new_event: Callable[..., str]) -> None:
    host = new_entity()
    new_event(host)
    details = {"name": "Reading", "category": "reading", "host_entity_id": host}

    again = official.post("/event/new", {"details": details | {"slots": [MORNING]}})
    itself = official.post("/event/new", {"event_details": details | {"name": "Other", "slots": [MORNING, MORNING]}})

    assert_problem(again, 400, "slot-overlap")
    assert_problem(itself, 400, "slot-overlap")


def test_of_many_at_once_one_gets_the_place(official: Client, new_entity: Callable[..., str]) -> None:
    host = new_entity()
    details = {"name": "Reading", "category": "reading", "host_entity_id": host, "slots": [MORNING]}

    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda _: official.post("/event/new", {"details": details}), range(6)))

    assert sorted(reply.status for reply in replies) == [200, 400, 400, 400, 400, 400]


def test_a_modified_event_keeps_what_is_not_named(official: Client, new_event: Callable[..., str]) -> None:
    event_id = new_event()
    change = {"terms": "Bring a book.", "to": "2026-06-02T13:00:00Z", "venue": {"city": "Mombasa"}}

    reply = official.put("/event/modifications", {"event_id": event_id, "details": change})

    assert (reply.status, reply.body) == (200, event_id)
    details = official.get("/event/list_details").body[0][0]["details"]
    assert details["name"] == "Reading" and details["venue"] == {"city": "Mombasa"}
    assert (details["from"], details["to"]) == ("2026-06-02T10:00:00.000Z", "2026-06-02T13:00:00.000Z")


def test_nothing_is_added_or_changed_after_the_end(
    official: Client, clock: FixedClock, new_entity, new_event: Callable[..., str]
) -> None:
    host = new_entity()
    event_id = new_event(host)
    clock.move(days=1, hours=1)

    details = {"name": "Late", "category": "reading", "host_entity_id": host, "slots": [MORNING]}
    added = official.post("/event/new", {"details": details})
    modified = official.put("/event/modifications", {"event_id": event_id, "details": {"name": "Renamed"}})
    removed = official("DELETE", "/event", {"event_id": event_id})

    assert_problem(added, 400, "slot-over")
    assert_problem(modified, 400, "slot-over")
    assert_problem(removed, 400, "slot-over")


def test_a_removed_event_takes_its_alerts_along(
    official: Client, new_event: Callable[..., str], new_alert: Callable[..., str]
) -> None:
    event_id = new_event()
    new_alert(event_id)

    reply = official("DELETE", "/event", {"event_id": event_id})

    assert (reply.status, reply.body) == (200, event_id)
    assert official.get("/event/list_details").body == [[]]
    assert official.get("/alert_schedule/list_details").body == [[]]
    assert_problem(official("DELETE", "/event", {"event_id": event_id}), 404, "not-found")


def test_writing_takes_the_scope(client: Callable[..., Client]) -> None:
    reader = client(subject="p", roles={"participant"}, scopes={"scheduler.read"})

    assert_problem(reader("DELETE", "/event", {"event_id": "x"}), 403, "missing-scope")
    assert reader.get("/event/list_details").status == 200
